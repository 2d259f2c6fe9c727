//! The command `sendsim`: parse, carry out, say what went wrong, exit code.

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use sendsim::cli::{Cli, render, usage};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let asked = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            if asked {
                // When standard output is gone there is nobody left to tell.
                let _ = error.print();
                return ExitCode::SUCCESS;
            }
            render::message(&usage(&error));
            return ExitCode::from(1);
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
