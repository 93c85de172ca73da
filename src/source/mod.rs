//! Bytes -> Source: a file with its origin, decoded but not yet understood.

pub mod origin;
pub mod text;
pub mod workbook;

pub use origin::Origin;
pub use text::Text;
pub use workbook::Workbook;

/// A named file as it came in.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user names it, with `/`: `seeds/x.txt`.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// What `sources.toml` says about it; `None` for a file given on the command line.
    pub origin: Option<Origin>,
    pub bytes: Vec<u8>,
}

impl Source {
    pub fn new(name: impl Into<String>, origin: Option<Origin>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), sha256: sha256(&bytes), origin, bytes }
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
