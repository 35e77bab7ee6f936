//! Narrowing the rows of a cell by department and by who is asked to pay.
//!
//! Never narrows what was not asked to be narrowed.

use super::ItemQuestion;
use crate::reports::Among;
use sqlx::{QueryBuilder, Sqlite};

/// Narrows to rows whose column is as asked, if that is asked.
pub(super) fn push_among<Id: ToString>(
    query: &mut QueryBuilder<Sqlite>,
    lead: &str,
    column: &str,
    among: Among<Id>,
) {
    match among {
        Among::All => {}
        Among::Without => {
            query.push(lead).push(column).push(" IS NULL");
        }
        Among::One(id) => {
            query.push(lead).push(column).push(" = ").push_bind(id.to_string());
        }
    }
}

/// Narrows to who is asked to pay the document whose id stands in a column. Where there is none,
/// it is the student.
pub(super) fn push_asked(
    query: &mut QueryBuilder<Sqlite>,
    question: &ItemQuestion,
    document: &str,
) {
    match question.payer {
        Among::All => {}
        Among::Without => {
            query.push(format!(
                " AND (SELECT payer_id FROM document WHERE id = {document}) IS NULL"
            ));
        }
        Among::One(payer) => {
            query.push(format!(" AND {document} IN (SELECT id FROM document WHERE payer_id = "));
            query.push_bind(payer.to_string()).push(")");
        }
    }
}
