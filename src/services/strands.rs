//! From how long children have waited to how fast the ways into a service are.
//!
//! A board's list is not one queue: localities, urgent and routine cases, kinds of need have lists of
//! their own, each first come, first served. How many children still wait after so many weeks, against
//! how many come, tells which part of them is on a list that is at least so long.

use super::published::{BANDS, EDGES};

/// One list within a service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Strand {
    /// Part of those who come.
    pub(super) share: f64,
    /// Length of the list [weeks].
    pub(super) weeks: f64,
}

/// The strands of a list, and how many came a week.
pub(super) fn strands(bands: &[f64; BANDS]) -> (Vec<Strand>, f64) {
    let widths: [f64; BANDS] = std::array::from_fn(|band| EDGES[band + 1] - EDGES[band]);
    let densities = never_rising(bands, &widths);
    let per_week = densities[0].max(1e-9);
    let still_there: Vec<f64> = densities.iter().map(|density| density / per_week).collect();
    let mut strands = Vec::with_capacity(BANDS);
    for band in 0..BANDS {
        let next = still_there.get(band + 1).copied().unwrap_or(0.0);
        let share = still_there[band] - next;
        if share > 1e-9 {
            strands.push(Strand {
                share,
                weeks: EDGES[band + 1],
            });
        }
    }
    (strands, per_week)
}

/// Children a week by band, pooled where longer waits hold more a week than shorter ones (isotonic
/// regression by pooling neighbours): fewer come than wait only when more came before.
fn never_rising(counts: &[f64; BANDS], widths: &[f64; BANDS]) -> [f64; BANDS] {
    let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(BANDS);
    for (count, width) in counts.iter().zip(widths) {
        let mut block = (*count, *width, 1);
        while let Some(&(before, wide, number)) = blocks.last() {
            if before / wide >= block.0 / block.1 {
                break;
            }
            blocks.pop();
            block = (block.0 + before, block.1 + wide, block.2 + number);
        }
        blocks.push(block);
    }
    let mut densities = [0.0; BANDS];
    let pooled = blocks
        .iter()
        .flat_map(|(count, width, number)| std::iter::repeat_n(count / width, *number));
    for (density, value) in densities.iter_mut().zip(pooled) {
        *density = value;
    }
    densities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_one_length_is_one_strand() {
        // 10 a week, all waiting 52 weeks.
        let (strands, per_week) = strands(&[40.0, 80.0, 60.0, 340.0, 0.0, 0.0]);
        assert!((per_week - 10.0).abs() < 1e-9);
        let one = Strand {
            share: 1.0,
            weeks: 52.0,
        };
        assert_eq!(strands, [one]);
    }

    #[test]
    fn speech_and_language_of_derbys_board() {
        // 200, 238, 133, 312, 1 and 0 children: 50, 29.75, 22.2, 9.2 a week still wait.
        let (strands, per_week) = strands(&[200.0, 238.0, 133.0, 312.0, 1.0, 0.0]);
        assert!((per_week - 50.0).abs() < 1e-9);
        let shares: Vec<f64> = strands
            .iter()
            .map(|s| (s.share * 1_000.0).round())
            .collect();
        assert_eq!(shares, [405.0, 152.0, 260.0, 183.0, 0.0]);
        let all: f64 = strands.iter().map(|strand| strand.share).sum();
        assert!((all - 1.0).abs() < 1e-9);
    }

    #[test]
    fn more_after_longer_waits_are_pooled() {
        let (strands, per_week) = strands(&[109.0, 233.0, 57.0, 553.0, 1_393.0, 819.0]);
        // 27.3 and 29.1 a week pool to 28.5; 9.5, 16.3 and 26.8 to 21.8; then 15.8.
        assert!((per_week - 28.5).abs() < 0.01);
        let weeks: Vec<f64> = strands.iter().map(|strand| strand.weeks).collect();
        assert_eq!(weeks, [12.0, 104.0, 156.0]);
        assert!((strands[0].share - 0.236).abs() < 0.001);
    }
}
