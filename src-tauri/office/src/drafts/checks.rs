//! What issuing checks, each with a code that has words in every language.
//!
//! Never a sentence: only codes and what goes with them.

use crate::wire::invoices::IssueCheck;
use finance::ids::DepartmentId;
use finance::line::LineItem;
use finance::mapping::{MappedKind, Mapping};
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

/// Says what is not mapped yet: the document can be issued, but its export will wait.
pub(super) fn mapping(
    connections: &[(String, Vec<Mapping>)],
    department: Option<DepartmentId>,
    items: &[LineItem],
    checks: &mut Vec<IssueCheck>,
) {
    for (company, mappings) in connections {
        let is_mapped = |kind: MappedKind, key: &str| {
            mappings.iter().any(|mapping| {
                let counts = mapping.department_id.is_none() || mapping.department_id == department;
                counts && mapping.kind == kind && mapping.local_key == key
            })
        };
        let missing: BTreeSet<String> = items
            .iter()
            .flat_map(|item| {
                let service = item.service_id.map(|id| id.to_string());
                let unmapped = service.filter(|id| !is_mapped(MappedKind::Service, id));
                let code = Some(item.tax.code.clone())
                    .filter(|code| !is_mapped(MappedKind::TaxCode, code))
                    .map(|_| item.tax.name.clone());
                [unmapped.map(|_| item.service_code.clone()), code]
            })
            .flatten()
            .collect();
        let check = if missing.is_empty() {
            fine("mapping", "all_mapped")
        } else {
            let names: Vec<String> = missing.into_iter().collect();
            with(warning("mapping", "not_mapped", "lines"), "names", names.join(", "))
        };
        checks.push(with(check, "company", company));
    }
}
