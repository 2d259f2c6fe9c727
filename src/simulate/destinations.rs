//! Where children may go within a year, and how likely at most.

/// The destinations of each row (age and present setting or need).
#[derive(Debug)]
pub(super) struct Destinations {
    size: usize,
    /// One bit a destination.
    open: Vec<u32>,
    /// No integrated rate of a year is above this, by destination.
    most: Vec<f64>,
}

impl Destinations {
    /// The destinations of a row with a rate above zero; all others than staying, at any rate,
    /// where a scenario may open them.
    pub(super) fn new(
        rows: usize,
        size: usize,
        all: bool,
        rate: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let cells = (0..rows * size).map(|cell| (cell / size, cell % size));
        let bound = |(row, to): (usize, usize)| match (to == row % size, all) {
            (true, _) => 0.0,
            (false, true) => f64::INFINITY,
            (false, false) => rate(row, to),
        };
        let most: Vec<f64> = cells.map(bound).collect();
        let bits = |most: &[f64]| {
            let open = (0..size).filter(|&to| most[to] > 0.0);
            open.fold(0, |bits, to| bits | 1 << to)
        };
        let open = most.chunks(size).map(bits).collect();
        Self { size, open, most }
    }

    /// The destinations of a row, one bit each, and a bound of the integrated rate of a year for
    /// every destination.
    #[inline]
    pub(super) fn of(&self, row: usize) -> (u32, &[f64]) {
        (self.open[row], &self.most[row * self.size..][..self.size])
    }
}
