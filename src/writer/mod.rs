//! Report -> bytes: workbook, PDF, data files. Nothing is computed here; what is shown is what the report says.

pub mod chart;
pub mod data;
mod deflate;
pub mod drawing;
pub mod font;
pub mod payload;
pub mod pdf;
pub mod svg;
pub mod theme;
pub mod xlsx;

pub use payload::Payload;
