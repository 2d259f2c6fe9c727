//! Minimisation without derivatives.

/// Nelder and Mead's simplex search (Computer Journal 7, 1965), started from 5% steps (0.00025 at
/// zero). Ends when both the vertices and their values agree within the tolerances, or after
/// `evaluations`.
pub(super) fn nelder_mead<const N: usize>(
    start: [f64; N],
    value: impl Fn(&[f64; N]) -> f64,
    tolerance_at: f64,
    tolerance_value: f64,
    evaluations: usize,
) -> [f64; N] {
    let mut simplex: Vec<([f64; N], f64)> = (0..=N)
        .map(|vertex| {
            let mut at = start;
            if let Some(coordinate) = vertex.checked_sub(1) {
                let step = if at[coordinate].abs() < 1e-12 {
                    0.00025
                } else {
                    0.05 * at[coordinate]
                };
                at[coordinate] += step;
            }
            (at, value(&at))
        })
        .collect();
    let mut used = N + 1;
    while used < evaluations {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, worst) = (simplex[0], simplex[N]);
        let spread_at = simplex[1..]
            .iter()
            .flat_map(|(at, _)| at.iter().zip(best.0).map(|(a, b)| (a - b).abs()))
            .fold(0.0, f64::max);
        if spread_at <= tolerance_at && (worst.1 - best.1).abs() <= tolerance_value {
            break;
        }
        let centre: [f64; N] = std::array::from_fn(|i| {
            simplex[..N].iter().map(|(at, _)| at[i]).sum::<f64>() / N as f64
        });
        let along = |step: f64| -> [f64; N] {
            std::array::from_fn(|i| centre[i] + step * (worst.0[i] - centre[i]))
        };
        let mut try_at = |at: [f64; N]| {
            used += 1;
            (at, value(&at))
        };
        let reflected = try_at(along(-1.0));
        let taken = if reflected.1 < best.1 {
            let expanded = try_at(along(-2.0));
            Some(if expanded.1 < reflected.1 {
                expanded
            } else {
                reflected
            })
        } else if reflected.1 < simplex[N - 1].1 {
            Some(reflected)
        } else if reflected.1 < worst.1 {
            let outside = try_at(along(-0.5));
            (outside.1 <= reflected.1).then_some(outside)
        } else {
            let inside = try_at(along(0.5));
            (inside.1 < worst.1).then_some(inside)
        };
        if let Some(vertex) = taken {
            simplex[N] = vertex;
        } else {
            for vertex in &mut simplex[1..] {
                let at: [f64; N] =
                    std::array::from_fn(|i| best.0[i] + 0.5 * (vertex.0[i] - best.0[i]));
                *vertex = (at, value(&at));
                used += 1;
            }
        }
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    simplex[0].0
}

#[cfg(test)]
mod tests {
    use super::nelder_mead;

    #[test]
    fn the_valley_of_rosenbrock_is_followed_to_its_end() {
        let banana = |x: &[f64; 2]| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2);
        let found = nelder_mead([-1.2, 1.0], banana, 1e-8, 1e-12, 2_000);
        assert!((found[0] - 1.0).abs() < 1e-5 && (found[1] - 1.0).abs() < 1e-5);
    }

    /// A search that stops on equal values alone ends at the first step here.
    #[test]
    fn equal_values_at_different_places_do_not_end_the_search() {
        let bowl = |x: &[f64; 2]| (x[0] - 1.0).powi(2) + (x[1] - 2.0).powi(2);
        let found = nelder_mead([0.0, 0.0], bowl, 1e-8, 1e-10, 1_000);
        assert!((found[0] - 1.0).abs() < 1e-4 && (found[1] - 2.0).abs() < 1e-4);
    }
}
