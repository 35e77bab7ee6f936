//! What became of each row, and the report of it.
//!
//! Never longer than a person can look through.

use super::file::ENCODINGS;
use crate::wire::imports::{ImportReport, ImportRow};
use crate::{show, typed};
use documents::csv_in::{Field, Table};
use finance::fact::FactBody;

/// The most rows of a report.
const MOST_ROWS: usize = 1_000;
/// The most letters of a cell that are shown.
const MOST_SHOWN: usize = 120;

/// Why a row is refused.
pub(super) struct Refusal {
    pub code: String,
    pub column: Option<&'static str>,
    pub value: Option<String>,
}

/// What became of a row.
pub(super) enum Outcome {
    Accepted {
        line: u64,
        label: String,
        bodies: Vec<FactBody>,
    },
    Unchanged {
        line: u64,
        label: String,
    },
    Refused {
        line: u64,
        label: String,
        refusal: Refusal,
    },
    /// There is nothing to bring in.
    LeftOut {
        line: u64,
        label: String,
        code: &'static str,
    },
}

/// The name of a column, as the words of every language know it.
pub(super) fn name(field: Field) -> &'static str {
    match field {
        Field::Number => "number",
        Field::Name => "name",
        Field::FirstName => "first_name",
        Field::LastName => "last_name",
        Field::Email => "email",
        Field::Phone => "phone",
        Field::Address => "address",
        Field::Address2 => "address2",
        Field::PostalCode => "postal_code",
        Field::City => "city",
        Field::Country => "country",
        Field::Department => "department",
        Field::Code => "code",
        Field::Kind => "kind",
        Field::Price => "price",
        Field::Vat => "vat",
        Field::Account => "account",
        Field::Date => "date",
        Field::Key => "key",
        Field::Booking => "booking",
        Field::Event => "event",
        Field::Quantity => "quantity",
        Field::InvoiceNumber => "invoice_number",
        Field::DueDate => "due_date",
        Field::Open => "open",
        Field::Total => "total",
        Field::VatAmount => "vat_amount",
        Field::Reference => "reference",
        Field::Amount => "amount",
        Field::Method => "method",
        Field::Applied => "applied",
        Field::Refunded => "refunded",
        Field::State => "state",
        Field::Void => "void",
    }
}

/// The report of a file; its kind, name and whether it was recorded are the caller's to fill in.
pub(super) fn report(table: &Table, outcomes: &[Outcome]) -> ImportReport {
    let count = |wanted: fn(&Outcome) -> bool| {
        let count = outcomes.iter().filter(|outcome| wanted(outcome)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let is_refused = |outcome: &&Outcome| matches!(outcome, Outcome::Refused { .. });
    let refused = outcomes.iter().filter(is_refused);
    let others = outcomes.iter().filter(|outcome| !is_refused(outcome));
    ImportReport {
        kind: String::new(),
        file_name: String::new(),
        source: String::new(),
        delimiter: table.delimiter.to_string(),
        encoding: show::name_of(&table.encoding, ENCODINGS),
        columns: table.columns.iter().map(|column| name(column.field).to_owned()).collect(),
        ignored_columns: table.ignored.iter().map(|heading| shown(heading)).collect(),
        read: u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        accepted: count(|outcome| matches!(outcome, Outcome::Accepted { .. })),
        refused: count(|outcome| matches!(outcome, Outcome::Refused { .. })),
        unchanged: count(|outcome| matches!(outcome, Outcome::Unchanged { .. })),
        left_out: count(|outcome| matches!(outcome, Outcome::LeftOut { .. })),
        recorded: false,
        import_id: None,
        rows: refused.chain(others).take(MOST_ROWS).map(row).collect(),
    }
}

fn row(outcome: &Outcome) -> ImportRow {
    let plain = |line: &u64, outcome: &str, label: &str| ImportRow {
        line: u32::try_from(*line).unwrap_or(u32::MAX),
        outcome: outcome.to_owned(),
        label: shown(label),
        code: None,
        column: None,
        value: None,
    };
    match outcome {
        Outcome::Accepted { line, label, .. } => plain(line, "accepted", label),
        Outcome::Unchanged { line, label } => plain(line, "unchanged", label),
        Outcome::LeftOut { line, label, code } => {
            ImportRow { code: Some((*code).to_owned()), ..plain(line, "left_out", label) }
        }
        Outcome::Refused { line, label, refusal } => ImportRow {
            code: Some(refusal.code.clone()),
            column: refusal.column.map(str::to_owned),
            value: refusal.value.as_deref().map(shown),
            ..plain(line, "refused", label)
        },
    }
}

/// A cell as it may be shown: short, and without what hides or reorders text.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(MOST_SHOWN).map(|c| if typed::deceives(c) { '\u{fffd}' } else { c }).collect()
}
