//! Settings are data: what `input/*.toml` tells.

pub mod methods;
pub mod waivers;

pub use methods::Methods;
