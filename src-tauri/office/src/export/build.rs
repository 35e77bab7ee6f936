//! From what stands in the book to what is sent: names, codes and ids of the other side.
//!
//! Never guesses a code: what is not mapped is named, all of it at once.

use super::cause::Class;
use super::key;
use finance::Money;
use finance::line::PricedLine;
use finance::mapping::MappedKind;
use finance::tax::PriceBasis;
use providers::document::{
    AllocationDocument, CustomerDocument, ExportDocument, PaymentDocument, SalesDocument, SalesLine,
};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::exports::{CauseDraft, Content, DueExport, ExportKind, SalesContent};

/// Our codes in theirs.
#[derive(Clone, Debug)]
pub enum Codes {
    /// As mapped by a person.
    Mapped {
        /// Their code, by kind and our key.
        codes: HashMap<(MappedKind, String), String>,
        /// Codes of theirs that are known to be unusable.
        gone: HashSet<(RemoteSide, String)>,
    },
    /// Our own codes: a file for people needs no others.
    Own,
}

/// Which of their lists a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RemoteSide {
    /// Accounts.
    Account,
    /// Tax rates.
    TaxCode,
}

impl RemoteSide {
    /// The list a kind of ours is mapped into.
    pub const fn of(kind: MappedKind) -> Self {
        match kind {
            MappedKind::Service | MappedKind::PaymentMethod => Self::Account,
            MappedKind::TaxCode => Self::TaxCode,
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::TaxCode => "tax_code",
        }
    }
}

/// The word a kind of ours goes by.
pub const fn kind_word(kind: MappedKind) -> &'static str {
    match kind {
        MappedKind::Service => "service",
        MappedKind::TaxCode => "tax_code",
        MappedKind::PaymentMethod => "payment_method",
    }
}

/// The kind behind a word.
pub fn kind_of(word: &str) -> Option<MappedKind> {
    [MappedKind::Service, MappedKind::TaxCode, MappedKind::PaymentMethod]
        .into_iter()
        .find(|kind| kind_word(*kind) == word)
}

/// The mapping key of a line without an entry of the price list: its account stands in.
pub fn account_key(income_account: &str) -> String {
    format!("account:{income_account}")
}

/// The subject of the cause that a missing mapping is.
pub fn mapping_subject(kind: MappedKind, local_key: &str) -> String {
    format!("{}:{local_key}", kind_word(kind))
}

/// Something of ours that has no usable counterpart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    kind: MappedKind,
    local_key: String,
    label: String,
    /// The code that is mapped but no longer usable there.
    gone: Option<String>,
}

impl Gap {
    /// The cause it is for every document that needs it.
    pub fn cause(&self) -> CauseDraft {
        let kind = kind_word(self.kind);
        let (key, label) = (self.local_key.as_str(), self.label.as_str());
        match &self.gone {
            None => Class::MappingMissing.about(
                mapping_subject(self.kind, key),
                &[("kind", kind), ("local_key", key), ("label", label)],
            ),
            Some(code) => {
                let side = RemoteSide::of(self.kind).word();
                Class::ReferenceGone.about(
                    format!("{side}:{code}"),
                    &[
                        ("reference", side),
                        ("name", code),
                        ("kind", kind),
                        ("local_key", key),
                        ("label", label),
                    ],
                )
            }
        }
    }
}

/// Collects gaps while a document is made, so that a person sees all of them at once.
struct Lookup<'a> {
    codes: &'a Codes,
    gaps: BTreeSet<Gap>,
}

impl Lookup<'_> {
    fn code(&mut self, kind: MappedKind, local_key: &str, label: &str, own: &str) -> String {
        let Codes::Mapped { codes, gone } = self.codes else { return own.to_owned() };
        let found = codes.get(&(kind, local_key.to_owned()));
        let side = RemoteSide::of(kind);
        match found.filter(|code| !gone.contains(&(side, (*code).clone()))) {
            Some(code) => code.clone(),
            None => {
                self.gaps.insert(Gap {
                    kind,
                    local_key: local_key.to_owned(),
                    label: label.to_owned(),
                    gone: found.cloned(),
                });
                String::new()
            }
        }
    }
}

/// A document, and what is missing before it can be sent (look-ups need no codes).
pub struct Built {
    /// The document; codes that are missing are empty.
    pub document: ExportDocument,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// Makes a document, or nothing where the record and its content do not belong together.
pub fn document(due: &DueExport, content: &Content, codes: &Codes) -> Option<Built> {
    let mut lookup = Lookup { codes, gaps: BTreeSet::new() };
    let reference = key::reference(due.kind.word(), &due.document_id.to_string());
    let first = remote_id(due, 0);
    let document = match (due.kind, content) {
        (ExportKind::Customer, Content::Customer { number, tax_number, person }) => {
            ExportDocument::Customer(CustomerDocument {
                reference,
                existing: first,
                number: number.clone(),
                tax_number: tax_number.clone(),
                // Names repeat among students, and some systems demand that they do not.
                name: format!("{} ({number})", person.name),
                email: person.email.clone(),
                phone: person.phone.clone(),
                address: person.address.clone(),
            })
        }
        (ExportKind::Invoice, Content::Sales(sales)) => {
            ExportDocument::Invoice(sales_document(reference, first, sales, &mut lookup))
        }
        (ExportKind::CreditNote, Content::Sales(sales)) => {
            ExportDocument::CreditNote(sales_document(reference, first, sales, &mut lookup))
        }
        (ExportKind::Payment, Content::Payment { method, date, amount, base }) => {
            let account = lookup.code(MappedKind::PaymentMethod, method, method, method);
            let (date, amount) = (*date, *amount);
            ExportDocument::Payment(PaymentDocument {
                reference,
                invoice: first,
                account,
                date,
                amount,
                base: *base,
            })
        }
        (ExportKind::CreditAllocation, Content::Allocation { date, amount }) => {
            ExportDocument::CreditAllocation(AllocationDocument {
                reference,
                credit_note: remote_id(due, 1),
                invoice: first,
                date: *date,
                amount: *amount,
            })
        }
        _ => return None,
    };
    Some(Built { document, gaps: lookup.gaps.into_iter().collect() })
}

fn remote_id(due: &DueExport, place: usize) -> String {
    due.needs[place].as_ref().and_then(|need| need.external_id.clone()).unwrap_or_default()
}

fn sales_document(
    reference: String,
    customer: String,
    sales: &SalesContent,
    lookup: &mut Lookup<'_>,
) -> SalesDocument {
    let totals = &sales.totals;
    // Where somebody else pays, the lines say for whom.
    let told = (sales.basis, sales.student.as_str());
    let lines = totals.lines.iter().map(|line| sales_line(line, told, lookup)).collect();
    SalesDocument {
        reference,
        number: sales.number.clone(),
        customer,
        date: sales.issue_date,
        due_date: sales.due_date,
        currency: totals.gross.currency(),
        rate: sales.rate,
        basis: sales.basis,
        lines,
        net: totals.net,
        vat: totals.vat,
        gross: totals.gross,
    }
}

fn sales_line(
    line: &PricedLine,
    (basis, student): (PriceBasis, &str),
    lookup: &mut Lookup<'_>,
) -> SalesLine {
    let item = &line.item;
    let (key, label) = match item.service_id {
        Some(service) => (service.to_string(), item.service_code.as_str()),
        None => (account_key(&item.income_account), item.income_account.as_str()),
    };
    let account = lookup.code(MappedKind::Service, &key, label, &item.income_account);
    let code = &item.tax.code;
    let tax_code = lookup.code(MappedKind::TaxCode, code, &item.tax.name, code);
    let amount = line.amount(basis);
    let (quantity, unit_price, discount_percent) = priced(line, amount);
    let description = match student {
        "" => item.description.clone(),
        student => format!("{} – {student}", item.description),
    };
    SalesLine {
        description,
        quantity,
        unit_price,
        discount_percent,
        discount: line.discount,
        account,
        tax_code,
        net: line.net,
        vat: line.vat,
        gross: line.gross,
    }
}

/// Quantity, price and discount of a line. A part of a line that is credited no longer is its
/// quantity times its price: it goes as one of its amount.
fn priced(line: &PricedLine, amount: Money) -> (Decimal, Decimal, Decimal) {
    let item = &line.item;
    let hundred = Decimal::ONE_HUNDRED;
    let whole = item
        .quantity
        .checked_mul(item.unit_price)
        .and_then(|price| price.checked_mul(hundred - item.discount_percent))
        .and_then(|price| price.checked_div(hundred));
    let decimals = amount.currency().decimals();
    let whole = whole.map(|price| {
        price.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
    });
    if whole == Some(amount.amount()) {
        (item.quantity, item.unit_price, item.discount_percent)
    } else {
        (Decimal::ONE, amount.amount(), Decimal::ZERO)
    }
}
