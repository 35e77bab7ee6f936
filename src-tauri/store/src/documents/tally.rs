//! What the views of the list come to where nothing else narrows it, out of the sums that triggers
//! keep (`document_tally`).
//!
//! Never answers for somebody who is limited to departments: the sums hold every department's.

use super::{DocumentFilter, InvoiceView};
use chrono::NaiveDate;
use sqlx::{QueryBuilder, Sqlite};

/// Whether the sums know what a filter finds: it names a view, and nothing else.
pub(super) fn knows(filter: &DocumentFilter) -> bool {
    filter.view != InvoiceView::ExportFailed
        && *filter == DocumentFilter { view: filter.view, ..DocumentFilter::default() }
}

fn push_view(query: &mut QueryBuilder<Sqlite>, view: InvoiceView, today: NaiveDate) {
    match view {
        InvoiceView::All => query.push("TRUE"),
        InvoiceView::Draft => query.push("standing = 'draft'"),
        InvoiceView::Open => query.push("standing IN ('open', 'part_paid')"),
        InvoiceView::Overdue => query
            .push("standing IN ('open', 'part_paid') AND late_once < ")
            .push_bind(today.to_string()),
        InvoiceView::PartPaid => query.push("standing = 'part_paid'"),
        InvoiceView::Paid => query.push("standing = 'paid'"),
        InvoiceView::Credited => query.push("standing = 'credited'"),
        InvoiceView::ExportFailed => query.push("FALSE"),
    };
}

/// How many there are of a view, their total and what is open of it.
pub(super) fn sums(view: InvoiceView, today: NaiveDate) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(
        "SELECT coalesce(sum(documents), 0), coalesce(sum(gross_minor), 0),
            coalesce(sum(open_minor), 0) FROM document_tally WHERE ",
    );
    push_view(&mut query, view, today);
    query
}

/// How many there are of each of some views.
pub(super) fn counts(views: &[InvoiceView], today: NaiveDate) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT ");
    for (place, view) in views.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " });
        query.push("coalesce(sum(documents) FILTER (WHERE ");
        push_view(&mut query, *view, today);
        query.push("), 0)");
    }
    query.push(" FROM document_tally");
    query
}
