//! The command line: one file per subcommand. The only code that prints.

mod build;
mod check;
mod compare;
mod completions;
mod diff;
mod export;
mod inputs;
mod list;
mod man;
mod pages;
mod rules;
mod session;
mod terminal;
mod trace;
mod unlisted;
mod verify;

use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use terminal::{Loudness, Terminal};

const EXAMPLES: &str = "\
Examples:
  factsheet build                              both publications of seeds/ into output/
  factsheet build --source new.txt             one publication from a text of your own
  factsheet build --all --output /tmp/all      every country that has figures
  factsheet check                              may this edition go out?
  factsheet rules FIG003                       what a rule demands and what to do

Exit codes: 0 done; 1 the data has errors, nothing was replaced; 2 usage, settings or disk.";

/// From government texts and spreadsheets to checked workbooks and archivable PDF factsheets.
///
/// Reads the texts of seeds/ and the workbooks of input/, compares each country with the European average by published
/// rules, and writes a workbook, a PDF factsheet, data files and charts for each publication to output/.
#[derive(Debug, Parser)]
#[command(name = "factsheet", version, after_help = EXAMPLES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Folder with seeds/ and input/ [default: the current one, those above it, or the program's]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    project: Option<PathBuf>,
    /// Say nothing but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Everywhere")]
    quiet: bool,
    /// Say more: every warning, every file
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Trace(trace::Arguments),
    Diff(diff::Arguments),
    Verify(verify::Arguments),
    Compare(compare::Arguments),
    List(list::Arguments),
    Export(export::Arguments),
    Inputs(inputs::Arguments),
    Rules(rules::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// How a command ended, if the world let it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Exit code 0.
    Done,
    /// Exit code 1: the data has errors, or what was compared differs.
    Errors,
}

/// Usage, settings or disk: exit code 2.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program with its arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too; a reader that went away is no fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let loudness = match (arguments.quiet, arguments.verbose) {
        (true, _) => Loudness::Quiet,
        (false, true) => Loudness::Verbose,
        (false, false) => Loudness::Normal,
    };
    let terminal = Terminal::new(loudness);
    let project = arguments.project.as_deref();
    let end = match &arguments.command {
        Command::Build(command) => build::run(command, project, terminal),
        Command::Check(command) => check::run(command, project, terminal),
        Command::Trace(command) => trace::run(command, project, terminal),
        Command::Diff(command) => diff::run(command, project, terminal),
        Command::Verify(command) => verify::run(command, project, terminal),
        Command::Compare(command) => compare::run(command, project, terminal),
        Command::List(command) => list::run(command, project, terminal),
        Command::Export(command) => export::run(command, project, terminal),
        Command::Inputs(command) => inputs::run(command, project, terminal),
        Command::Rules(command) => rules::run(command, terminal),
        Command::Completions(command) => completions::run(command, terminal),
        Command::Man(command) => man::run(command, terminal),
    };
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Errors) => ExitCode::from(1),
        Err(Failure(message)) => {
            terminal.fail(&message);
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    /// The words of a line as a shell reads it, up to a pipe, a redirection or the comment behind two blanks.
    fn words(line: &str) -> Vec<String> {
        let line = line.trim_start();
        let line = &line[..line.find("  ").unwrap_or(line.len())];
        let parts = line.split('\'').enumerate();
        let words = parts.flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
        words.take_while(|word| !matches!(*word, "|" | ">")).map(str::to_owned).collect()
    }

    #[test]
    fn every_example_is_one_that_the_program_understands() {
        let command = Arguments::command();
        let helps = command.get_subcommands().chain([&command]).filter_map(|c| c.get_after_help()).map(ToString::to_string);
        let pages = [include_str!("../../README.md"), include_str!("../../input/README.md")].map(str::to_owned);
        let texts: Vec<String> = helps.chain(pages).collect();
        let examples: Vec<&str> = texts.iter().flat_map(|t| t.lines()).filter(|l| l.trim_start().starts_with("factsheet ")).collect();
        assert!(examples.len() > 50, "{examples:?}");
        for example in examples {
            if let Err(error) = Arguments::try_parse_from(words(example)) {
                panic!("{example}\n{error}");
            }
        }
    }
}
