//! A number with its uncertainty.

use std::fmt;

/// A value, or the distribution that a draw samples it from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Uncertain {
    /// Known, or chosen.
    Fixed(f64),
    /// Every value from low to high as likely.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// Most likely at the mode, falling to nothing at low and high.
    Triangular {
        /// Least value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
}

impl Uncertain {
    /// The value at a uniform number in (0, 1), by inversion: a greater `u` never gives a smaller
    /// value.
    pub fn at(self, u: f64) -> f64 {
        match self {
            Self::Fixed(value) => value,
            Self::Uniform { low, high } => low + u * (high - low),
            Self::Triangular { low, mode, high } => {
                let width = high - low;
                if width <= 0.0 {
                    return mode;
                }
                let left = (mode - low) / width;
                if u < left {
                    low + (u * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - mode)).sqrt()
                }
            }
        }
    }

    /// The value shown where one number must stand for the distribution.
    pub fn central(self) -> f64 {
        match self {
            Self::Fixed(value) => value,
            Self::Uniform { low, high } => f64::midpoint(low, high),
            Self::Triangular { mode, .. } => mode,
        }
    }

    /// Name of the shape in files.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Fixed(_) => "fixed",
            Self::Uniform { .. } => "uniform",
            Self::Triangular { .. } => "triangular",
        }
    }

    /// Least and greatest value.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Fixed(value) => (value, value),
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } => (low, high),
        }
    }

    /// Always exactly this value.
    pub fn is_exactly(self, value: f64) -> bool {
        let (low, high) = self.range();
        let same = |end: f64| (value..=value).contains(&end);
        same(low) && same(high)
    }

    /// The distribution with its named points sent through a monotone function: exact where the
    /// function is linear, the same shape between the right ends where it is not.
    pub fn map(self, function: impl Fn(f64) -> f64) -> Self {
        let ordered = |a: f64, b: f64| if a <= b { (a, b) } else { (b, a) };
        match self {
            Self::Fixed(value) => Self::Fixed(function(value)),
            Self::Uniform { low, high } => {
                let (low, high) = ordered(function(low), function(high));
                Self::Uniform { low, high }
            }
            Self::Triangular { low, mode, high } => {
                let mode = function(mode);
                let (low, high) = ordered(function(low), function(high));
                Self::Triangular { low, mode, high }
            }
        }
    }

    /// Finite numbers in the right order, or what is wrong.
    pub fn check(self) -> Result<(), String> {
        let numbers: &[(&str, f64)] = match self {
            Self::Fixed(value) => &[("the value", value)],
            Self::Uniform { low, high } => &[("`low`", low), ("`high`", high)],
            Self::Triangular { low, mode, high } => &[
                ("`low`", low),
                ("the most likely value", mode),
                ("`high`", high),
            ],
        };
        if let Some((name, value)) = numbers.iter().find(|(_, value)| !value.is_finite()) {
            return Err(format!("{name} is {value}, not a number"));
        }
        match numbers.windows(2).find(|pair| pair[0].1 > pair[1].1) {
            Some([(first, a), (second, b)]) => Err(format!("{first} {a} is above {second} {b}")),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Uncertain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(value) => write!(f, "{value}"),
            Self::Uniform { low, high } => write!(f, "{low} to {high}, every value as likely"),
            Self::Triangular { low, mode, high } => write!(f, "{mode} ({low} to {high})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangular_quantiles_match_the_closed_form() {
        // F(x) = (x-low)^2 / (width * (mode-low)) left of the mode: F(1) = 1/8 for (0, 2, 4).
        let t = Uncertain::Triangular {
            low: 0.0,
            mode: 2.0,
            high: 4.0,
        };
        assert!((t.at(0.125) - 1.0).abs() < 1e-12);
        assert!((t.at(0.5) - 2.0).abs() < 1e-12);
        assert!((t.at(0.875) - 3.0).abs() < 1e-12);
    }
}
