//! Accounting by files: each batch becomes a CSV file in a folder, which a person carries over.
//!
//! Never leaves half a file: it gets its name when it is whole. Never makes the folder: one that
//! is gone is a disk that was taken out, and a new one in its place would hide that.

use super::key;
use crate::fault::{Code, Fault};
use crate::files;
use documents::csv_out::{self, Cell};
use finance::Money;
use providers::document::{
    AllocationDocument, CustomerDocument, DocumentKind, ExportDocument, ExternalRef,
    PaymentDocument, PushItem, SalesDocument,
};
use providers::error::ReferenceKind;
use providers::{Found, ProviderError, PushAnswer, Wanted};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The registry key of connections of this kind.
pub const PROVIDER: &str = "csv_files";

/// A folder that batches are written to.
#[derive(Clone, Debug)]
pub struct CsvFolder {
    folder: PathBuf,
}

const PERSON_COLUMNS: &[&str] = &[
    "reference",
    "number",
    "name",
    "email",
    "phone",
    "line1",
    "line2",
    "postal_code",
    "city",
    "country",
];
const SALES_COLUMNS: &[&str] = &[
    "reference",
    "number",
    "line",
    "customer",
    "date",
    "due_date",
    "currency",
    "description",
    "quantity",
    "unit_price",
    "discount_percent",
    "account",
    "tax_code",
    "net",
    "vat",
    "gross",
    "total_net",
    "total_vat",
    "total_gross",
];
const PAYMENT_COLUMNS: &[&str] = &["reference", "invoice", "account", "date", "currency", "amount"];
const ALLOCATION_COLUMNS: &[&str] =
    &["reference", "credit_note", "invoice", "date", "currency", "amount"];

impl CsvFolder {
    /// Batches go into this folder.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes one batch; the same batch again changes nothing.
    pub fn push(&self, items: &[PushItem]) -> PushAnswer {
        let written = self.write(items);
        let outcomes = items
            .iter()
            .map(|item| match &written {
                Ok(_) => Ok(there(&item.document)),
                Err(error) => Err(error.clone()),
            })
            .collect();
        let excerpt = written.unwrap_or_else(|error| error.to_string());
        PushAnswer { outcomes, status: None, request_id: None, excerpt }
    }

    /// Looks for records in the files that are there.
    ///
    /// # Errors
    /// [`ProviderError::MissingReference`] where the folder is gone, and what keeps a file from
    /// being read.
    pub fn find(&self, wanted: &[Wanted]) -> Result<Vec<Found>, ProviderError> {
        let mut found = Vec::new();
        let mut known: Option<(DocumentKind, HashSet<String>)> = None;
        for one in wanted {
            if known.as_ref().is_none_or(|(kind, _)| *kind != one.kind) {
                known = Some((one.kind, self.references(one.kind)?));
            }
            let is_there = !is_change(&one.document)
                && known
                    .as_ref()
                    .is_some_and(|(_, references)| references.contains(one.document.reference()));
            found.push(if is_there { Found::Ours(there(&one.document)) } else { Found::Absent });
        }
        Ok(found)
    }

    /// Whether the folder is there.
    ///
    /// # Errors
    /// [`ProviderError::MissingReference`] where it is not.
    pub fn check(&self) -> Result<(), ProviderError> {
        if self.folder.is_dir() {
            return Ok(());
        }
        Err(ProviderError::MissingReference {
            kind: ReferenceKind::Folder,
            name: self.folder.display().to_string(),
            text: "the folder is not there".to_owned(),
        })
    }

    /// The file's name follows from the keys: claimed a second time under the same keys, the batch
    /// must have the bytes it had the first time.
    fn write(&self, items: &[PushItem]) -> Result<String, ProviderError> {
        let Some(first) = items.first() else { return Ok(String::new()) };
        self.check()?;
        let keys: String = items.iter().map(|item| item.idempotency_key.as_str()).collect();
        let kind = kind_word(first.document.kind());
        let name = format!("{kind}-{}.csv", &key::body_hash(&keys)[..16]);
        let path = self.folder.join(&name);
        let bytes = table(items)?;
        if path.exists() {
            let before = std::fs::read(&path).map_err(|error| refused(&files::fault(&error)))?;
            let text = "a file of this name has other content".to_owned();
            return if before == bytes { Ok(name) } else { Err(ProviderError::Conflict { text }) };
        }
        files::write_whole(&path, &bytes).map_err(|fault| refused(&fault))?;
        Ok(name)
    }

    fn references(&self, kind: DocumentKind) -> Result<HashSet<String>, ProviderError> {
        self.check()?;
        let start = format!("{}-", kind_word(kind));
        let unread = |error: std::io::Error| refused(&files::fault(&error));
        let mut references = HashSet::new();
        for entry in std::fs::read_dir(&self.folder).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(&start) && name.ends_with(".csv") {
                collect(&path, &mut references).map_err(|error| unread(error.into()))?;
            }
        }
        Ok(references)
    }
}

fn collect(path: &Path, references: &mut HashSet<String>) -> Result<(), csv::Error> {
    for row in csv::Reader::from_path(path)?.records() {
        references.extend(row?.get(0).map(str::to_owned));
    }
    Ok(())
}

/// A full disk passes; a folder that may not be written is for a person.
fn refused(fault: &Fault) -> ProviderError {
    match fault.code {
        Code::DiskFull => ProviderError::Unavailable,
        _ => ProviderError::NotPermitted {
            text: fault.detail.as_deref().unwrap_or(&fault.message).to_owned(),
        },
    }
}

/// A change of what was written before; another file tells it.
const fn is_change(document: &ExportDocument) -> bool {
    matches!(document, ExportDocument::Customer(customer) if !customer.existing.is_empty())
}

fn there(document: &ExportDocument) -> ExternalRef {
    let (gross, vat) = super::agreement::ours(document);
    let number = match document {
        ExportDocument::Customer(customer) => customer.number.clone(),
        ExportDocument::Invoice(sales) | ExportDocument::CreditNote(sales) => sales.number.clone(),
        ExportDocument::OnAccount(_)
        | ExportDocument::Payment(_)
        | ExportDocument::CreditAllocation(_)
        | ExportDocument::Refund(_)
        | ExportDocument::Journal(_)
        | ExportDocument::Removal(_)
        | ExportDocument::Attachment(_) => document.reference().to_owned(),
    };
    ExternalRef { id: number.clone(), number, url: None, gross, vat }
}

const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Customer => "customers",
        DocumentKind::Invoice => "invoices",
        DocumentKind::CreditNote => "credit-notes",
        DocumentKind::OnAccount => "on-account",
        DocumentKind::Payment => "payments",
        DocumentKind::CreditAllocation => "credit-allocations",
        DocumentKind::Refund => "refunds",
        DocumentKind::Removal => "removals",
        DocumentKind::Attachment => "attachments",
        DocumentKind::Journal => "journals",
    }
}

/// The bytes of a file, with the mark that spreadsheets know UTF-8 by.
fn table(items: &[PushItem]) -> Result<Vec<u8>, ProviderError> {
    let mut header: &[&str] = &[];
    let mut rows = Vec::new();
    for item in items {
        match &item.document {
            ExportDocument::Customer(customer) => {
                header = PERSON_COLUMNS;
                rows.push(person_row(customer));
            }
            ExportDocument::Invoice(sales) | ExportDocument::CreditNote(sales) => {
                header = SALES_COLUMNS;
                rows.extend(sales_rows(sales));
            }
            ExportDocument::Payment(payment) => {
                header = PAYMENT_COLUMNS;
                rows.push(payment_row(payment));
            }
            ExportDocument::CreditAllocation(share) => {
                header = ALLOCATION_COLUMNS;
                rows.push(allocation_row(share));
            }
            // A file that was carried away already cannot be taken back, money that is paid back
            // is told to a person, and money kept as credit when an invoice takes it. Files hold documents, never journal entries.
            ExportDocument::OnAccount(_)
            | ExportDocument::Refund(_)
            | ExportDocument::Removal(_)
            | ExportDocument::Journal(_)
            | ExportDocument::Attachment(_) => {
                return Err(ProviderError::Unsupported);
            }
        }
    }
    let made = csv_out::table(header, rows, true);
    let made =
        made.map_err(|error| ProviderError::Rejected { field: None, text: error.to_string() });
    Ok(made?.bytes)
}

fn words(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}

fn currency(amount: &Money) -> Cell<'static> {
    Cell::Text(amount.currency().code().to_owned().into())
}

fn person_row(customer: &CustomerDocument) -> Vec<Cell<'_>> {
    let address = &customer.address;
    [
        &customer.reference,
        &customer.number,
        &customer.name,
        &customer.email,
        &customer.phone,
        &address.line1,
        &address.line2,
        &address.postal_code,
        &address.city,
        &address.country,
    ]
    .map(|text| words(text))
    .into()
}

fn sales_rows(sales: &SalesDocument) -> impl Iterator<Item = Vec<Cell<'_>>> {
    sales.lines.iter().enumerate().map(|(place, line)| {
        vec![
            words(&sales.reference),
            words(&sales.number),
            Cell::Number(Decimal::from(place + 1)),
            words(&sales.customer),
            Cell::Date(sales.date),
            Cell::Date(sales.due_date),
            words(sales.currency.code()),
            words(&line.description),
            Cell::Number(line.quantity),
            Cell::Number(line.unit_price),
            Cell::Number(line.discount_percent),
            words(&line.account),
            words(&line.tax_code),
            Cell::Amount(line.net.amount()),
            Cell::Amount(line.vat.amount()),
            Cell::Amount(line.gross.amount()),
            Cell::Amount(sales.net.amount()),
            Cell::Amount(sales.vat.amount()),
            Cell::Amount(sales.gross.amount()),
        ]
    })
}

fn payment_row(payment: &PaymentDocument) -> Vec<Cell<'_>> {
    vec![
        words(&payment.reference),
        words(&payment.invoice),
        words(&payment.account),
        Cell::Date(payment.date),
        currency(&payment.amount),
        Cell::Amount(payment.amount.amount()),
    ]
}

fn allocation_row(share: &AllocationDocument) -> Vec<Cell<'_>> {
    vec![
        words(&share.reference),
        words(&share.credit_note),
        words(&share.invoice),
        Cell::Date(share.date),
        currency(&share.amount),
        Cell::Amount(share.amount.amount()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(reference: &str, account: &str) -> PushItem {
        let amount = Money::from_minor(45_000, "NOK".parse().expect("a currency"));
        PushItem {
            document: ExportDocument::Payment(PaymentDocument {
                reference: reference.to_owned(),
                invoice: "A-1".to_owned(),
                account: account.to_owned(),
                date: "2026-11-20".parse().expect("a date"),
                amount,
                base: None,
            }),
            idempotency_key: format!("{reference:0>32}"),
        }
    }

    fn wanted(item: &PushItem) -> Wanted {
        Wanted { kind: item.document.kind(), document: item.document.clone() }
    }

    #[test]
    fn a_batch_written_twice_is_one_file_with_the_same_bytes() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = CsvFolder::new(home.path().to_owned());
        let items = [payment("K-1", "1920"), payment("K-2", "=1+1")];
        let first = folder.push(&items);
        assert!(first.outcomes.iter().all(Result::is_ok), "{first:?}");
        let second = folder.push(&items);
        assert!(second.outcomes.iter().all(Result::is_ok));
        let files: Vec<_> = std::fs::read_dir(home.path()).expect("read").collect();
        let [Ok(file)] = &files[..] else { panic!("one file: {files:?}") };
        let text = std::fs::read_to_string(file.path()).expect("a text");
        assert_eq!(
            text,
            "\u{feff}reference,invoice,account,date,currency,amount\r\n\
             K-1,A-1,1920,2026-11-20,NOK,450.00\r\nK-2,A-1,'=1+1,2026-11-20,NOK,450.00\r\n"
        );
        let found = folder.find(&[wanted(&items[0]), wanted(&payment("K-3", "1920"))]);
        assert!(matches!(found.as_deref(), Ok([Found::Ours(_), Found::Absent])));
    }

    #[test]
    fn the_same_keys_with_other_content_are_a_conflict() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = CsvFolder::new(home.path().to_owned());
        folder.push(&[payment("K-1", "1920")]);
        let other = folder.push(&[payment("K-1", "1930")]);
        assert!(matches!(other.outcomes[..], [Err(ProviderError::Conflict { .. })]));
    }

    #[test]
    fn half_a_file_of_an_earlier_day_does_not_count_and_is_written_anew() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = CsvFolder::new(home.path().to_owned());
        let items = [payment("K-1", "1920")];
        let name = folder.push(&items).excerpt;
        let whole = std::fs::read(home.path().join(&name)).expect("a file");
        let half = home.path().join(format!("{name}.part"));
        std::fs::rename(home.path().join(&name), &half).expect("renamed");
        std::fs::write(&half, &whole[..20]).expect("cut");
        assert_eq!(folder.find(&[wanted(&items[0])]).expect("read"), [Found::Absent]);
        folder.push(&items);
        assert_eq!(std::fs::read(home.path().join(&name)).expect("a file"), whole);
        assert!(!half.exists());
    }

    #[test]
    fn a_folder_that_is_gone_is_not_made_again() {
        let home = tempfile::tempdir().expect("a folder");
        let gone = home.path().join("gone");
        let folder = CsvFolder::new(gone.clone());
        let item = payment("K-1", "1920");
        let missing = |error: &ProviderError| {
            matches!(error, ProviderError::MissingReference { kind: ReferenceKind::Folder, .. })
        };
        let pushed = folder.push(std::slice::from_ref(&item));
        assert!(pushed.outcomes[0].as_ref().is_err_and(missing));
        assert!(folder.find(&[wanted(&item)]).is_err_and(|error| missing(&error)));
        assert!(!gone.exists());
    }
}
