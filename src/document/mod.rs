//! Source -> Document: what a source holds, in the order and the words in which it holds it. One folder per family;
//! the leaves are strings that know their lines.

pub mod dpa;
pub mod figures;
pub mod outline;
pub mod pattern;
pub mod progress;
