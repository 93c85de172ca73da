//! `factsheet man`: the manual pages.

use super::terminal::Terminal;
use super::{End, Failure};
use crate::files;
use clap::CommandFactory as _;
use clap_mangen::Man;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  factsheet man | man -l -                          read the main page
  factsheet man ~/.local/share/man/man1             write a page for each subcommand";

/// Print the manual page, or write one for each subcommand to a folder
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Folder to write factsheet.1, factsheet-build.1, … to
    folder: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<End, Failure> {
    let mut command = super::Arguments::command().disable_help_subcommand(true);
    command.build();
    let page = |command: clap::Command, name: &str| -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        Man::new(command).title(name).render(&mut bytes)?;
        Ok(bytes)
    };
    let Some(folder) = &arguments.folder else {
        terminal.bytes(&page(command.clone(), "factsheet")?);
        return Ok(End::Done);
    };
    let pages = command.get_subcommands().map(|sub| (format!("factsheet-{}", sub.get_name()), sub));
    for (name, sub) in pages.chain([("factsheet".to_owned(), &command)]) {
        let path = folder.join(format!("{name}.1"));
        files::write_file(&path, &page(sub.clone(), &name)?)?;
        terminal.data(&path.display().to_string());
    }
    Ok(End::Done)
}
