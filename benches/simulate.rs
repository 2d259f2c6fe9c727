//! Simulation of the embedded Derby area, beside a plain loop over a cohort of 80,000 people with
//! three competing rates: the ratio of the two says what the full model costs.

use criterion::{Criterion, criterion_group, criterion_main};

use sendsim::area::AreaPack;
use sendsim::baseline::Draw;
use sendsim::random::{Luck, Process, exponential};
use sendsim::scenario::Scenario;
use sendsim::services::Services;
use sendsim::simulate::{Companion, Design, Kept, simulate_scenarios, simulate_with};
use sendsim::timeliness::Timeliness;

/// One future of ten years.
fn one_run(pack: &AreaPack) -> Design {
    Design {
        seed: 1,
        runs: 1,
        base_year: pack.manifest.base_year,
        years: 10,
    }
}

/// Ten years of one future of Derby, and the draw of its rates.
fn derby(criterion: &mut Criterion) {
    let Some(pack) = AreaPack::embedded("derby", &mut Vec::new()) else {
        return;
    };
    let baseline = sendsim::study::baseline(&pack, 10);
    let rates = |draw| baseline.rates(Draw::Sample { seed: 1, draw });
    let design = one_run(&pack);
    let nothing = Scenario::baseline();
    criterion.bench_function("derby, 10 years, one run", |b| {
        b.iter(|| simulate_scenarios(baseline.people(), &rates, &[&nothing], &design, &|_| ()));
    });
    criterion.bench_function("derby, rates of one draw", |b| b.iter(|| rates(7)));
}

/// The same with requests, their staff and their disputes, and with the lists of health services.
fn coupled(criterion: &mut Criterion) {
    let Some(pack) = AreaPack::embedded("derby", &mut Vec::new()) else {
        return;
    };
    let plain = sendsim::study::baseline(&pack, 10);
    let baseline = sendsim::study::with_process(plain, &pack);
    let rates = |draw| baseline.rates(Draw::Sample { seed: 1, draw });
    let design = one_run(&pack);
    let nothing = Scenario::baseline();
    let timeliness = Timeliness::new(pack.manifest.base_year, 10);
    let services = Services::new(&pack, pack.manifest.base_year, 10);
    let companions: [&dyn Companion; 2] = [&timeliness, &services];
    let scenarios = [(&nothing, Kept::ALL)];
    criterion.bench_function("derby, process and services, one run", |b| {
        b.iter(|| {
            let people = baseline.people();
            simulate_with(people, &rates, &scenarios, &design, &companions, &|_| ())
        });
    });
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
    targets = derby, coupled, plain_loop
}
criterion_main!(benches);
