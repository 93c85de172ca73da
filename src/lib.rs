//! From government texts and spreadsheets to checked workbooks and archivable factsheets.
//!
//! The program is one pure function from named bytes to named bytes; everything else is at its edges.
//!
//! ```text
//!  seeds/ texts ───┐
//!                  ├─▶ Source ─▶ Document ─▶ Dataset ─▶ Comparison ─▶ Report ─▶ xlsx, pdf, csv, parquet, json
//!  input/ sheets ──┘   bytes     shape, as   typed      country       what      ─▶ output/
//!                      decoded   printed     rows       beside EU     we say
//! ```
//!
//! Each noun is a module, declared below in the order of the flow. Imports point upstream only;
//! `tests/architecture.rs` holds that.

pub mod vocabulary;

pub mod diagnostic;

pub mod source;

pub mod settings;

pub mod document;

pub mod dataset;

pub mod comparison;

pub mod report;

pub mod writer;

pub mod check;

pub mod pipeline;

pub mod edition;

pub mod files;

pub mod cli;
