//! The command `sendsim`: parse, carry out, say what went wrong, exit code.

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use sendsim::cli::{Cli, render};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let asked = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            // When standard error is gone there is nobody left to tell.
            let _ = error.print();
            return ExitCode::from(u8::from(!asked));
        }
    };
    match cli.command.carry_out() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            render::failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}
