//! Windows and orders of long lists.
//!
//! Never lets a request ask for a whole table.

use crate::fault::Fault;
use crate::typed;
use crate::wire::common;

/// The most rows of one page.
const MOST_ROWS: u32 = 500;

/// A window of at most 500 rows; asking for none means 100.
pub fn window(window: &common::Window) -> store::Window {
    let limit = if window.limit == 0 { 100 } else { window.limit.min(MOST_ROWS) };
    store::Window { offset: window.offset, limit }
}

/// The order of a list, by the name of a column.
///
/// # Errors
/// [`crate::Code::Invalid`] where there is no such column to sort by.
pub fn order<Column: Copy>(
    order: Option<&common::Order>,
    columns: &[(&str, Column)],
) -> Result<Option<store::Order<Column>>, Fault> {
    order
        .map(|order| {
            let by = typed::one_of("order.by", &order.by, columns)?;
            Ok(store::Order { by, descending: order.descending })
        })
        .transpose()
}
