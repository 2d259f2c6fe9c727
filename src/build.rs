//! Tells cargo that the files under `scenarios/` are part of the program.

fn main() {
    for folder in ["areas", "baseline", "."] {
        println!("cargo::rerun-if-changed=scenarios/{folder}");
    }
}
