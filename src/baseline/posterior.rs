//! Draws from the posteriors of counts.

use rand_distr::{Distribution, Gamma, StandardNormal};

use crate::random::Stream;

/// Where a draw's numbers come from: a sample of the posterior, or its centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// Every posterior at its mean, every range at its most likely value, no surprises in the trend.
    Central,
    /// A numbered sample under a seed.
    Sample {
        /// Seed of the study.
        seed: u64,
        /// Number of the draw.
        draw: u32,
    },
}

/// Sampler of one process in one draw.
#[derive(Debug)]
pub(super) struct Sampler(Option<Stream>);

impl Sampler {
    pub(super) fn new(draw: Draw, key: &str) -> Self {
        Self(match draw {
            Draw::Central => None,
            Draw::Sample { seed, draw } => Some(Stream::new(seed, draw, key)),
        })
    }

    /// A gamma number with a shape and a rate; its mean at the centre. A shape of zero gives zero.
    pub(super) fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        match (&mut self.0, Gamma::new(shape, 1.0 / rate)) {
            (Some(stream), Ok(gamma)) => gamma.sample(stream),
            _ => (shape / rate).max(0.0),
        }
    }

    /// A standard normal number; zero at the centre.
    pub(super) fn normal(&mut self) -> f64 {
        self.0
            .as_mut()
            .map_or(0.0, |stream| StandardNormal.sample(stream))
    }

    /// A uniform number; `None` at the centre.
    pub(super) fn uniform(&mut self) -> Option<f64> {
        self.0.as_mut().map(Stream::uniform)
    }

    /// A ratio with Poisson counts: events observed and expected, pooled around 1 with a strength.
    /// The posterior is Gamma(events + strength, expected + strength): never zero.
    pub(super) fn ratio(&mut self, events: f64, expected: f64, strength: f64) -> f64 {
        self.gamma(events + strength, expected + strength)
    }

    /// Shares from counts pooled with peers' shares: a Dirichlet number with parameters
    /// `counts + strength × peer`. A share that is zero at peers and in the area stays zero.
    pub(super) fn shares(&mut self, counts: &[f64], peers: &[f64], strength: f64, out: &mut [f64]) {
        let mut total = 0.0;
        for ((out, count), peer) in out.iter_mut().zip(counts).zip(peers) {
            *out = self.gamma(count + strength * peer, 1.0);
            total += *out;
        }
        if total > 0.0 {
            out.iter_mut().for_each(|share| *share /= total);
        }
    }
}
