//! Reading an area pack with all its checks, and fitting its baseline.

use criterion::{Criterion, criterion_group, criterion_main};

use sendsim::area::AreaPack;

fn pack(criterion: &mut Criterion) {
    criterion.bench_function("derby, read the pack", |b| {
        b.iter(|| AreaPack::embedded("derby", &mut Vec::new()));
    });
    let Some(pack) = AreaPack::embedded("derby", &mut Vec::new()) else {
        return;
    };
    criterion.bench_function("derby, fit the baseline", |b| {
        b.iter(|| sendsim::study::baseline(&pack, 10));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = pack
}
criterion_main!(benches);
