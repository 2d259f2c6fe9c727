//! `sendsim schema`: the JSON Schema of scenario files.

use super::{Failure, render};
use crate::scenario;

/// Prints the JSON Schema of scenario files, for editors that complete and check TOML.
///
/// Save it and name it in the first line of a scenario: #:schema scenario.schema.json
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {}

/// Prints the schema.
pub fn run(_: &SchemaArgs) -> Result<(), Failure> {
    render::result(&format!("{:#}", scenario::schema().to_value()))
}
