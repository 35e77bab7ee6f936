//! Accounting by files: a batch becomes a folder of CSV that a person carries over.
//!
//! Never leaves half a batch: a folder gets its name when it is whole. Never writes a text that a
//! spreadsheet would run as a formula.

use super::key;
use providers::document::{
    AllocationDocument, CustomerDocument, DocumentKind, ExportDocument, ExternalRef,
    PaymentDocument, PushItem, SalesDocument,
};
use providers::{Found, ProviderError, PushAnswer, Wanted};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
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
    "customer",
    "date",
    "due_date",
    "currency",
    "line",
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
    /// Batches go into this folder, which is made when the first one comes.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes one batch; the same batch again changes nothing.
    pub fn push(&self, items: &[PushItem]) -> PushAnswer {
        let written = self.write(items);
        let failed = written.as_ref().err().map(io_failure);
        let outcomes = items
            .iter()
            .map(|item| match &failed {
                None => Ok(there(&item.document)),
                Some(error) => Err(error.clone()),
            })
            .collect();
        let excerpt = written.unwrap_or_else(|error| error.to_string());
        PushAnswer { outcomes, status: None, request_id: None, excerpt }
    }

    /// Looks for records in the batches that are there.
    ///
    /// # Errors
    /// [`ProviderError::Unavailable`] where the folder cannot be read.
    pub fn find(&self, wanted: &[Wanted]) -> Result<Vec<Found>, ProviderError> {
        let mut found = Vec::new();
        let mut known: Option<(DocumentKind, HashSet<String>)> = None;
        for one in wanted {
            if known.as_ref().is_none_or(|(kind, _)| *kind != one.kind) {
                let references =
                    self.references(one.kind).map_err(|_| ProviderError::Unavailable)?;
                known = Some((one.kind, references));
            }
            let is_there = known
                .as_ref()
                .is_some_and(|(_, references)| references.contains(one.document.reference()));
            found.push(if is_there { Found::Ours(there(&one.document)) } else { Found::Absent });
        }
        Ok(found)
    }

    fn write(&self, items: &[PushItem]) -> io::Result<String> {
        let Some(first) = items.first() else { return Ok(String::new()) };
        let keys: String = items.iter().map(|item| item.idempotency_key.as_str()).collect();
        let kind = kind_word(first.document.kind());
        let name = format!("{kind}-{}", &key::body_hash(&keys)[..16]);
        let target = self.folder.join(&name);
        let bytes = table(items)?;
        let file_name = format!("{kind}.csv");
        if target.exists() {
            // Claimed a second time under the same keys: the bytes must be those of the first.
            let before = fs::read(target.join(&file_name))?;
            return if before == bytes {
                Ok(name)
            } else {
                Err(io::ErrorKind::AlreadyExists.into())
            };
        }
        let growing = self.folder.join(format!(".{name}.part"));
        if growing.exists() {
            fs::remove_dir_all(&growing)?;
        }
        fs::create_dir_all(&growing)?;
        let mut file = File::create(growing.join(&file_name))?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&growing, &target)?;
        Ok(name)
    }

    fn references(&self, kind: DocumentKind) -> io::Result<HashSet<String>> {
        let word = kind_word(kind);
        let mut references = HashSet::new();
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(references),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.strip_prefix(word).is_some_and(|rest| rest.starts_with('-')) {
                collect(&path.join(format!("{word}.csv")), &mut references)?;
            }
        }
        Ok(references)
    }
}

fn collect(path: &Path, references: &mut HashSet<String>) -> io::Result<()> {
    let mut reader = csv::Reader::from_path(path)?;
    for row in reader.records() {
        references.extend(row?.get(0).map(str::to_owned));
    }
    Ok(())
}

/// No disk space and no folder pass; bytes that differ do not.
fn io_failure(error: &io::Error) -> ProviderError {
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            ProviderError::Conflict { text: "a batch of this name has other content".to_owned() }
        }
        io::ErrorKind::PermissionDenied => ProviderError::NotPermitted { text: error.to_string() },
        _ => ProviderError::Unavailable,
    }
}

fn there(document: &ExportDocument) -> ExternalRef {
    let (gross, vat) = super::agreement::ours(document);
    let number = match document {
        ExportDocument::Customer(customer) => customer.number.clone(),
        ExportDocument::Invoice(sales) | ExportDocument::CreditNote(sales) => sales.number.clone(),
        ExportDocument::Payment(_) | ExportDocument::CreditAllocation(_) => {
            document.reference().to_owned()
        }
    };
    ExternalRef { id: number.clone(), number, url: None, gross, vat }
}

const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Customer => "customers",
        DocumentKind::Invoice => "invoices",
        DocumentKind::CreditNote => "credit-notes",
        DocumentKind::Payment => "payments",
        DocumentKind::CreditAllocation => "credit-allocations",
    }
}

fn table(items: &[PushItem]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (place, item) in items.iter().enumerate() {
        let (columns, rows) = match &item.document {
            ExportDocument::Customer(customer) => (PERSON_COLUMNS, vec![person_row(customer)]),
            ExportDocument::Invoice(sales) | ExportDocument::CreditNote(sales) => {
                (SALES_COLUMNS, sales_rows(sales))
            }
            ExportDocument::Payment(payment) => (PAYMENT_COLUMNS, vec![payment_row(payment)]),
            ExportDocument::CreditAllocation(share) => {
                (ALLOCATION_COLUMNS, vec![allocation_row(share)])
            }
        };
        if place == 0 {
            writer.write_record(columns)?;
        }
        for row in rows {
            writer.write_record(&row)?;
        }
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// A text cell: what a spreadsheet would take for a formula gets an apostrophe before it.
fn text(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn person_row(customer: &CustomerDocument) -> Vec<String> {
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
    .map(|cell| text(cell))
    .into()
}

fn sales_rows(sales: &SalesDocument) -> Vec<Vec<String>> {
    let row = |(place, line): (usize, &providers::document::SalesLine)| {
        vec![
            sales.reference.clone(),
            text(&sales.number),
            text(&sales.customer),
            sales.date.to_string(),
            sales.due_date.to_string(),
            sales.currency.to_string(),
            (place + 1).to_string(),
            text(&line.description),
            line.quantity.to_string(),
            line.unit_price.to_string(),
            line.discount_percent.to_string(),
            text(&line.account),
            text(&line.tax_code),
            line.net.amount().to_string(),
            line.vat.amount().to_string(),
            line.gross.amount().to_string(),
            sales.net.amount().to_string(),
            sales.vat.amount().to_string(),
            sales.gross.amount().to_string(),
        ]
    };
    sales.lines.iter().enumerate().map(row).collect()
}

fn payment_row(payment: &PaymentDocument) -> Vec<String> {
    vec![
        payment.reference.clone(),
        text(&payment.invoice),
        text(&payment.account),
        payment.date.to_string(),
        payment.amount.currency().to_string(),
        payment.amount.amount().to_string(),
    ]
}

fn allocation_row(share: &AllocationDocument) -> Vec<String> {
    vec![
        share.reference.clone(),
        text(&share.credit_note),
        text(&share.invoice),
        share.date.to_string(),
        share.amount.currency().to_string(),
        share.amount.amount().to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use finance::Money;

    fn payment(reference: &str, account: &str) -> PushItem {
        let amount = Money::from_minor(45_000, "NOK".parse().expect("a currency"));
        PushItem {
            document: ExportDocument::Payment(PaymentDocument {
                reference: reference.to_owned(),
                invoice: "A-1".to_owned(),
                account: account.to_owned(),
                date: "2026-11-20".parse().expect("a date"),
                amount,
            }),
            idempotency_key: format!("{reference:0>32}"),
        }
    }

    fn wanted(item: &PushItem) -> Wanted {
        Wanted { kind: item.document.kind(), document: item.document.clone() }
    }

    #[test]
    fn a_batch_written_twice_is_one_folder_with_the_same_bytes() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = CsvFolder::new(home.path().join("out"));
        let items = [payment("K-1", "1920"), payment("K-2", "1920")];
        let first = folder.push(&items);
        assert!(first.outcomes.iter().all(Result::is_ok), "{first:?}");
        let second = folder.push(&items);
        assert!(second.outcomes.iter().all(Result::is_ok));
        assert_eq!(fs::read_dir(home.path().join("out")).expect("read").count(), 1);
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
    fn a_text_that_looks_like_a_formula_is_made_harmless() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("@x"), "'@x");
        assert_eq!(text("Ola"), "Ola");
    }
}
