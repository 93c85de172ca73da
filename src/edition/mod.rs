//! An output as a whole: what it holds, replacing it, verifying it, tracing its figures, comparing two of them.

pub mod content;
pub mod diff;
pub mod earlier;
pub mod manifest;
pub mod replace;
pub mod trace;
pub mod verify;

pub use manifest::Manifest;

/// The file that says what an output folder holds and what it was made from.
pub const MANIFEST: &str = "manifest.json";

/// What the checks of the last run found: the only files that a failed build renews.
pub const CHECK_FILES: [&str; 2] = ["check.html", "check.json"];
