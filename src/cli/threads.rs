//! How many threads a command uses.

use super::Failure;

/// Sets the number of threads and returns it.
pub(super) fn start_threads(threads: Option<u32>) -> Result<usize, Failure> {
    if let Some(threads) = threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads as usize)
            .build_global()
            .map_err(|error| Failure::Machine {
                message: format!("cannot start {threads} threads: {error}"),
                hint: Some("choose fewer with `--threads`".to_owned()),
            })?;
    }
    Ok(rayon::current_num_threads())
}
