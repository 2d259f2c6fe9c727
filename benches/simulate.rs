//! Simulation of the embedded Derby area, beside a plain loop over a cohort of 80,000 people with
//! three competing rates: the ratio of the two says what the full model costs.

use criterion::{Criterion, criterion_group, criterion_main};

use sendsim::area::AreaPack;
use sendsim::baseline::Draw;
use sendsim::random::{Luck, Process, exponential};
use sendsim::scenario::Scenario;
use sendsim::simulate::{Design, simulate_scenarios};

/// Ten years of one future of Derby, and the draw of its rates.
fn derby(criterion: &mut Criterion) {
    let Some(pack) = AreaPack::embedded("derby", &mut Vec::new()) else {
        return;
    };
    let baseline = sendsim::study::baseline(&pack, 10);
    let rates = |draw| baseline.rates(Draw::Sample { seed: 1, draw });
    let design = Design {
        seed: 1,
        runs: 1,
        base_year: pack.manifest.base_year,
        years: 10,
    };
    let nothing = Scenario::baseline();
    criterion.bench_function("derby, 10 years, one run", |b| {
        b.iter(|| simulate_scenarios(baseline.people(), &rates, &[&nothing], &design, &|_| ()));
    });
    criterion.bench_function("derby, rates of one draw", |b| b.iter(|| rates(7)));
}

/// The reference: 80,000 people, three competing rates, ten years, addressed draws.
fn plain_loop(criterion: &mut Criterion) {
    let luck = Luck::new(1, 0);
    criterion.bench_function("plain loop, 80,000 people, one run", |b| {
        b.iter(|| {
            let mut events = 0;
            for person in 0..80_000 {
                let words = luck.words(person, Process::Arrival, 0);
                let first = [0.01, 0.02, 0.03]
                    .iter()
                    .zip(words)
                    .map(|(rate, word)| exponential(word) / rate)
                    .fold(f64::INFINITY, f64::min);
                events += u32::from(first < 10.0);
            }
            events
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = derby, plain_loop
}
criterion_main!(benches);
