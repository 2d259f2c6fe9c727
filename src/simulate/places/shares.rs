//! Whole numbers shared out.

/// A whole number shared out by weights, by largest remainders.
pub(super) fn shared(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        let first = |at: usize| if at == 0 { total } else { 0 };
        return (0..weights.len()).map(first).collect();
    }
    let exact = |weight: f64| f64::from(total) * weight / sum;
    let mut shares: Vec<u32> = weights.iter().map(|&weight| exact(weight) as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let left_over = |at: usize| exact(weights[at]) - exact(weights[at]).floor();
    order.sort_by(|&a, &b| left_over(b).total_cmp(&left_over(a)).then(a.cmp(&b)));
    let given: u32 = shares.iter().sum();
    for &at in order.iter().take(total.saturating_sub(given) as usize) {
        shares[at] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_and_lose_nothing() {
        assert_eq!(shared(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(shared(7, &[0.0, 5.0]), [0, 7]);
        assert_eq!(shared(7, &[0.0, 0.0]), [7, 0]);
    }
}
