//! Reading the invented published files and building every pack from them.

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use sendsim::area::AreaPack;
use sendsim::data::read;
use sendsim::import::{Selection, import};

fn ingest(criterion: &mut Criterion) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/published");
    criterion.bench_function("read published files", |bencher| {
        bencher.iter(|| read(&source));
    });
    criterion.bench_function("import every area", |bencher| {
        bencher.iter(|| import(&source, &Selection::All, None));
    });
    criterion.bench_function("read a pack inside the program", |bencher| {
        bencher.iter(|| AreaPack::embedded("derby", &mut Vec::new()));
    });
}

criterion_group!(benches, ingest);
criterion_main!(benches);
