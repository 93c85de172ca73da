//! Settings are data: what `input/*.toml` tells.

pub mod methods;

pub use methods::Methods;
