//! Where children may go within a year, and how likely at most.

/// Bytes in a block of luck.
pub(super) const BYTES: usize = 16;

/// The destinations of each row (age and present setting or need).
#[derive(Debug)]
pub(super) struct Destinations {
    /// One bit a destination.
    open: Vec<u32>,
    /// The least first byte of each destination's uniform number at which its clock may ring within
    /// the year, in blocks of luck.
    least: Vec<[u8; BYTES]>,
    blocks: usize,
}

impl Destinations {
    /// The destinations of a row with a rate above zero, which no integrated rate of a year exceeds;
    /// all others than staying, at any rate, where a scenario may open them.
    pub(super) fn new(
        rows: usize,
        size: usize,
        all: bool,
        rate: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let most = |row: usize, to: usize| match (to == row % size, all) {
            (true, _) => 0.0,
            (false, true) => f64::INFINITY,
            (false, false) => rate(row, to),
        };
        let is_open = |row: usize, to: usize| to < size && most(row, to) > 0.0;
        let bits = |row: usize| {
            let open = (0..size).filter(|&to| is_open(row, to));
            open.fold(0, |bits, to| bits | 1 << to)
        };
        let blocks = size.div_ceil(BYTES);
        let block = |at: usize| -> [u8; BYTES] {
            let (row, first) = (at / blocks, at % blocks * BYTES);
            std::array::from_fn(|byte| {
                let to = first + byte;
                if is_open(row, to) {
                    least_byte(most(row, to))
                } else {
                    u8::MAX
                }
            })
        };
        Self {
            open: (0..rows).map(bits).collect(),
            least: (0..rows * blocks).map(block).collect(),
            blocks,
        }
    }

    /// The destinations of a row whose clocks may ring within a year, one bit each: `bytes` are the
    /// first bytes of their uniform numbers, by block of luck.
    #[inline]
    pub(super) fn may_ring(&self, row: usize, bytes: impl Fn(usize) -> [u8; BYTES]) -> u32 {
        let open = self.open[row];
        let mut ring = 0;
        for block in 0..self.blocks {
            let shift = block * BYTES;
            if (open >> shift) as u16 == 0 {
                continue;
            }
            let least = &self.least[row * self.blocks + block];
            let bytes = bytes(block);
            let bits =
                (0..BYTES).fold(0, |bits, at| bits | u32::from(bytes[at] >= least[at]) << at);
            ring |= bits << shift;
        }
        ring & open
    }
}

/// The least byte with which a uniform number may be so great that a clock of a rate rings within the
/// year: exp(-x) >= 1 - x, and the number is below the next byte.
fn least_byte(most: f64) -> u8 {
    (256.0 * (1.0 - most)).floor().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_clock_that_rings_within_the_year_is_left_out() {
        let rates = [0.0, 1e-6, 0.003_9, 0.003_91, 0.3, 0.999, 1.0, 40.0];
        let size = 17;
        let rate = |_: usize, to: usize| rates[to % rates.len()];
        let destinations = Destinations::new(size, size, false, rate);
        for byte in 0..=u8::MAX {
            let ring = destinations.may_ring(3, |_| [byte; BYTES]);
            for to in 0..size {
                let rate = if to == 3 { 0.0 } else { rate(3, to) };
                let rings_at_most = -libm::log((f64::from(byte) + 1.0) / 256.0) < rate;
                let may = ring >> to & 1 == 1;
                assert!(may || !rings_at_most, "byte {byte}, to {to}");
                assert!(rate > 0.0 || !may, "byte {byte}, to {to}");
            }
        }
        // Worked: at 0.3 a year, 256 * 0.7 = 179.2.
        assert_eq!(destinations.may_ring(3, |_| [178; BYTES]) >> 4 & 1, 0);
        assert_eq!(destinations.may_ring(3, |_| [179; BYTES]) >> 4 & 1, 1);
    }
}
