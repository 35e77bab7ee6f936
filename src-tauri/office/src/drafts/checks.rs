//! What issuing checks, each with a code that has words in every language.
//!
//! Never a sentence: only codes and what goes with them.

use crate::wire::invoices::IssueCheck;
use std::collections::BTreeMap;

fn entry(check: &str, outcome: &str, code: &str) -> IssueCheck {
    IssueCheck {
        check: check.to_owned(),
        outcome: outcome.to_owned(),
        code: code.to_owned(),
        params: BTreeMap::new(),
        line: None,
        field: None,
    }
}

/// A check that passed.
pub(super) fn fine(check: &str, code: &str) -> IssueCheck {
    entry(check, "ok", code)
}

/// Something a person should see; it does not keep the document from being issued.
pub(super) fn warning(check: &str, code: &str, field: &str) -> IssueCheck {
    IssueCheck { field: Some(field.to_owned()), ..entry(check, "warning", code) }
}

/// What keeps the document from being issued.
pub(super) fn error(check: &str, code: &str, field: &str) -> IssueCheck {
    IssueCheck { field: Some(field.to_owned()), ..entry(check, "error", code) }
}

/// What is wrong with a line, its place counted from 0.
pub(super) fn line(place: usize, code: &str, field: &str) -> IssueCheck {
    let mut check = error("lines", code, field);
    check.line = u32::try_from(place).ok();
    check.params.insert("line".to_owned(), (place + 1).to_string());
    check
}

/// Adds something the words need.
pub(super) fn with(mut check: IssueCheck, name: &str, value: impl ToString) -> IssueCheck {
    check.params.insert(name.to_owned(), value.to_string());
    check
}

/// True where nothing keeps the document from being issued.
pub(super) fn pass(checks: &[IssueCheck]) -> bool {
    checks.iter().all(|check| check.outcome != "error")
}
