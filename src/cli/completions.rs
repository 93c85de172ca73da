//! `factsheet completions`: what shells complete.

use super::terminal::Terminal;
use super::{End, Failure};
use clap::CommandFactory as _;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  factsheet completions bash > ~/.local/share/bash-completion/completions/factsheet
  factsheet completions fish > ~/.config/fish/completions/factsheet.fish
  factsheet completions zsh  > ~/.zfunc/_factsheet";

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    shell: Shell,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<End, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "factsheet", &mut bytes);
    terminal.bytes(&bytes);
    Ok(End::Done)
}
