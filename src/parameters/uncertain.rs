//! A number with its uncertainty.

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
