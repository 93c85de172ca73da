//! The words of official statistics: types that cannot be wrong, parsed once.
//!
//! Nothing here imports anything else of the project.

pub mod edtf;
pub mod figure;
pub mod flag;
pub mod geo;
pub mod indicator;
pub mod place;
pub mod time_period;
pub mod unit;
pub mod word;

pub use edtf::{DatePrecision, Edtf};
pub use figure::{Figure, Missing, ObsValue};
pub use flag::Flags;
pub use geo::Geo;
pub use indicator::{Indicator, Polarity};
pub use place::{Lines, Place, Spot};
pub use time_period::TimePeriod;
pub use unit::Unit;
pub use word::Word;
