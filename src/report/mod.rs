//! Results to files that people use: one file per format.
