//! The dates of a draft: read, or followed from its terms, and what is odd about them.
//!
//! Never refuses a date for being half typed: that is said as a check.

use super::checks::{error, fine, warning};
use crate::wire::invoices::{DraftInput, IssueCheck};
use crate::{payers, typed};
use chrono::NaiveDate;

/// The three dates of a draft, where they are whole.
pub(super) struct Dates {
    pub issue: Option<NaiveDate>,
    pub delivery: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
}

pub(super) fn check(draft: &DraftInput, today: NaiveDate, checks: &mut Vec<IssueCheck>) -> Dates {
    let before = checks.len();
    let mut read = |field: &str, text: &str| {
        let day = typed::date(field, text).ok();
        if day.is_none() {
            checks.push(error("dates", "bad_date", field));
        }
        day
    };
    let issue = read("issue_date", &draft.issue_date);
    let terms = draft.terms.as_ref().and_then(|given| payers::terms("terms", given).ok());
    let due = match (issue, terms) {
        (Some(issue), Some(terms)) => Some(terms.due(issue)),
        _ => read("due_date", &draft.due_date),
    };
    let delivery = match draft.delivery_date.as_deref() {
        None | Some("") => None,
        Some(text) => read("delivery_date", text),
    };
    if let (Some(issue), Some(due)) = (issue, due) {
        if due < issue {
            checks.push(error("dates", "due_before_issue", "due_date"));
        }
        if (due - issue).num_days() > 366 {
            checks.push(warning("dates", "due_far_off", "due_date"));
        }
        // A draft that is issued by itself is dated the day it is.
        if issue > today && draft.scheduled_on.is_none() {
            checks.push(warning("dates", "issue_in_future", "issue_date"));
        }
        if (today - issue).num_days() > 31 {
            checks.push(warning("dates", "issue_long_ago", "issue_date"));
        }
    }
    if checks.len() == before {
        checks.push(fine("dates", "dates_fine"));
    }
    Dates { issue, delivery, due }
}
