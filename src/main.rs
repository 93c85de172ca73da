//! The command line: arguments in, exit code out.

use std::process::ExitCode;

/// A build makes and drops millions of short texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    factsheet::cli::run(std::env::args_os())
}
