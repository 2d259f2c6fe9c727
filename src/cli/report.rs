//! `sendsim report DIR`: renders the reports again from a finished run's files.

use std::path::PathBuf;

use super::Failure;
use crate::report::{self, Format, ReportError};

/// Renders `report.html` and `workbook.xlsx` again from a finished run's files.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// Folder of a finished run.
    pub dir: PathBuf,
    /// Which reports.
    #[arg(long, value_delimiter = ',', default_values = ["xlsx", "html"])]
    pub format: Vec<Format>,
}

/// Runs the command.
pub fn report(args: &ReportArgs) -> Result<(), Failure> {
    Ok(report::render_again(&args.dir, &args.format)?)
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        let hint = Some(error.hint().to_owned());
        if error.is_input() {
            Self::input("run-folder", error.to_string(), hint)
        } else {
            Self::Machine {
                message: error.to_string(),
                hint,
            }
        }
    }
}

impl From<crate::files::FolderError> for Failure {
    fn from(error: crate::files::FolderError) -> Self {
        ReportError::from(error).into()
    }
}
