//! Published files to typed facts and findings.

pub mod facts;
