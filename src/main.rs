//! The command line: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    factsheet::cli::run(std::env::args_os())
}
