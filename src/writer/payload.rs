//! Written bytes, shared by every file and document that holds them.

use super::deflate;
use crate::source;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The bytes of a written file. A copy shares them, and with them what is made of them only once: hash and packed form.
#[derive(Clone)]
pub struct Payload(Arc<Shared>);

struct Shared {
    bytes: Vec<u8>,
    sha256: OnceLock<String>,
    packed: OnceLock<Vec<u8>>,
}

impl Payload {
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        self.0.sha256.get_or_init(|| source::sha256(&self.0.bytes))
    }

    /// The bytes packed as a stream of zlib (RFC 1950).
    pub fn packed(&self) -> &[u8] {
        self.0.packed.get_or_init(|| deflate::zlib(&self.0.bytes))
    }
}

impl From<Vec<u8>> for Payload {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Shared { bytes, sha256: OnceLock::new(), packed: OnceLock::new() }))
    }
}

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Payload {}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} bytes)", self.len())
    }
}
