//! What issuing checks, each with a code that has words in every language.
//!
//! Never a sentence: only codes and what goes with them.

use super::tables::Connected;
use crate::export::codes::rules_of;
use crate::export::ruled::of_item;
use crate::wire::invoices::IssueCheck;
use finance::booking_rule::{Booked, BookedDocument, SettingKind, decide};
use finance::ids::DepartmentId;
use finance::line::LineItem;
use finance::mapping::MappedKind;
use std::collections::{BTreeMap, BTreeSet};

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

/// Says what is not mapped yet and decided by no rule: the document can be issued, but its export
/// will wait.
pub(super) fn mapping(
    connections: &[Connected],
    department: Option<DepartmentId>,
    items: &[LineItem],
    checks: &mut Vec<IssueCheck>,
) {
    for of in connections {
        let missing: BTreeSet<String> =
            items.iter().flat_map(|item| of.missing(department, item)).collect();
        let check = if missing.is_empty() {
            fine("mapping", "all_mapped")
        } else {
            let names: Vec<String> = missing.into_iter().collect();
            with(warning("mapping", "not_mapped", "lines"), "names", names.join(", "))
        };
        checks.push(with(check, "company", &of.company));
    }
}

impl Connected {
    /// What of a line neither the mapping nor a rule has a place for there. Not all of a draft is
    /// known yet: a rule that asks about more decides nothing here.
    fn missing(&self, department: Option<DepartmentId>, item: &LineItem) -> Vec<String> {
        let is_mapped = |kind: MappedKind, key: &str| {
            self.mappings.iter().any(|mapping| {
                let counts = mapping.department_id.is_none() || mapping.department_id == department;
                counts && mapping.kind == kind && mapping.local_key == key
            })
        };
        let document = Some(BookedDocument::Invoice);
        let of = Booked { document, department, lines: vec![of_item(item)], ..Booked::default() };
        let is_ruled = |kind| decide(rules_of(&self.rules, department), &of, kind).is_some();
        let service = item.service_id.map(|id| id.to_string());
        let unmapped = service
            .filter(|id| !is_mapped(MappedKind::Service, id) && !is_ruled(SettingKind::Account));
        let code = Some(&item.tax.code).filter(|code| {
            !is_mapped(MappedKind::TaxCode, code) && !is_ruled(SettingKind::TaxCode)
        });
        let names = [unmapped.map(|_| &item.service_code), code.map(|_| &item.tax.name)];
        names.into_iter().flatten().cloned().collect()
    }
}
