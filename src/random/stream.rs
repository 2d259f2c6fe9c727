//! A stream of random words at one address: an uncertain parameter in a draw, a sampler in a run.

use std::convert::Infallible;

use super::philox4x32;

/// Random words at one address.
///
/// Samplers that reject (gamma, Poisson) use as many words as they need without disturbing any
/// other draw, and a new parameter leaves the draws of the rest unchanged.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    /// Address of the next block of words.
    next: [u32; 4],
    /// Which word of the address tells blocks apart, and by how much.
    step: (usize, u32),
    words: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream of the parameter `key` in a draw.
    pub fn new(seed: u64, draw: u32, key: &str) -> Self {
        let hash = fnv1a(key.as_bytes());
        // Streams live in another key space than the luck of runs.
        let key = [seed as u32 ^ 0x5EED_5EED, (seed >> 32) as u32 ^ 0x0DD5_0DD5];
        Self::at(key, [0, hash as u32, (hash >> 32) as u32, draw], (0, 1))
    }

    /// The stream that begins at an address under a key; each later block of words stands a step
    /// further in one word of the address.
    pub(super) const fn at(key: [u32; 2], first: [u32; 4], step: (usize, u32)) -> Self {
        Self {
            key,
            next: first,
            step,
            words: [0; 4],
            used: 4,
        }
    }

    /// A uniform number in (0, 1) with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        let bits = (u64::from(self.word()) << 32 | u64::from(self.word())) >> 11;
        (bits as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    #[inline]
    fn word(&mut self) -> u32 {
        if self.used == self.words.len() {
            self.words = philox4x32(self.next, self.key);
            let (at, by) = self.step;
            self.next[at] = self.next[at].wrapping_add(by);
            self.used = 0;
        }
        self.used += 1;
        self.words[self.used - 1]
    }
}

impl rand::TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.word()) | u64::from(self.word()) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.word().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// FNV-1a, 64 bits: a stable hash of a parameter's key.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_distr::{Distribution, Gamma};

    #[test]
    fn a_stream_depends_on_its_key_and_draw_only() {
        let first = |draw, key| Stream::new(1, draw, key).uniform();
        assert!(first(0, "a").to_bits() == first(0, "a").to_bits());
        assert!(first(0, "a").to_bits() != first(0, "b").to_bits());
        assert!(first(0, "a").to_bits() != first(1, "a").to_bits());
    }

    #[test]
    fn gamma_draws_across_keys_have_the_right_mean() {
        let gamma = Gamma::new(9.0, 0.5).expect("shape and scale are positive");
        let n = 20_000;
        let mean = (0..n)
            .map(|draw| gamma.sample(&mut Stream::new(3, draw, "x")))
            .sum::<f64>()
            / f64::from(n);
        // Mean 4.5, sd 1.5.
        assert!(
            (mean - 4.5).abs() < 4.0 * 1.5 / f64::from(n).sqrt(),
            "mean {mean}"
        );
    }
}
