//! Source -> Document: the shape of a text, as printed. One folder per family; leaves are strings with spans.

pub mod progress;
