//! From what stands in the book to what is sent: names, codes and ids of the other side.
//!
//! Never guesses a code: what is not mapped is named, all of it at once.

use super::attach::attached_to;
use super::codes::{Codes, RemoteSide};
use super::customer::customer;
pub use super::gap::Gap;
use super::gap::Why;
use super::ruled::{self, Decision, service_key};
use super::{fields, journals, key, money};
use crate::files::safe_name;
use finance::booking_rule::{Booked, SettingKind};
use finance::ids::DepartmentId;
use finance::line::PricedLine;
use finance::mapping::{MappedKind, STUDENTS};
use finance::tax::PriceBasis;
use finance::{Currency, Money};
use providers::document::{AttachmentDocument, ExportDocument, SalesDocument, SalesLine};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeSet;
use store::exports::{Content, DueExport, ExportKind, SalesContent};
use uuid::Uuid;

/// Collects gaps while a document is made, so that a person sees all of them at once.
pub(super) struct Lookup<'a> {
    codes: &'a Codes,
    /// The department whose mappings count before the school's.
    pub(super) department: Option<DepartmentId>,
    /// What rules are asked about.
    booked: Booked<'a>,
    decided: Vec<Decision>,
    gaps: BTreeSet<Gap>,
}

/// One of ours that needs a code of theirs: kind, key, what it is called, and our own code.
type Needed<'a> = (MappedKind, &'a str, &'a str, &'a str);

impl<'a> Lookup<'a> {
    pub(super) fn about(kind: ExportKind, content: &'a Content, codes: &'a Codes) -> Self {
        let department = match content {
            Content::Sales(sales) => sales.department,
            Content::Payment { department, .. } | Content::OnAccount { department, .. } => {
                *department
            }
            Content::Customer { .. }
            | Content::Allocation { .. }
            | Content::Attachment { .. }
            | Content::Journal(_) => None,
        };
        let (booked, decided, gaps) = (ruled::booked(kind, content), Vec::new(), BTreeSet::new());
        Self { codes, department, booked, decided, gaps }
    }

    /// The document with what was found to be missing and decided for it.
    pub(super) fn built(self, document: ExportDocument) -> Built {
        Built { document, gaps: self.gaps.into_iter().collect(), decided: self.decided }
    }
}

impl Lookup<'_> {
    /// What a rule sets for a line, or for the document where none is named.
    fn ruled(&mut self, kind: SettingKind, line: Option<usize>) -> Option<String> {
        let Codes::Mapped(codes) = self.codes else { return None };
        if !codes.has_rules() {
            return None;
        }
        let of = match line {
            Some(at) => {
                let lines = self.booked.lines.get(at).cloned().into_iter().collect();
                &Booked { lines, ..self.booked.clone() }
            }
            None => &self.booked,
        };
        let (rule, value) = codes.decide(of, kind)?;
        self.decided.push(Decision { line, kind, rule: rule.name.clone() });
        Some(value.to_owned())
    }

    /// The code a rule sets, or else the one that is mapped.
    pub(super) fn booked_on(
        &mut self,
        (setting, line): (SettingKind, Option<usize>),
        (kind, key, label, own): Needed<'_>,
    ) -> String {
        let Some(code) = self.ruled(setting, line) else { return self.code(kind, key, label, own) };
        let side = RemoteSide::of(kind);
        let Codes::Mapped(codes) = self.codes else { return code };
        if !codes.gone.contains(&(side, code.clone())) {
            return code;
        }
        let (local_key, label) = (key.to_owned(), label.to_owned());
        let why = Why::Gone { level: self.department, code };
        self.gaps.insert(Gap { kind, local_key, label, why });
        String::new()
    }

    pub(super) fn code(
        &mut self,
        kind: MappedKind,
        local_key: &str,
        label: &str,
        own: &str,
    ) -> String {
        let Codes::Mapped(codes) = self.codes else { return own.to_owned() };
        let found = codes.find(self.department, kind, local_key);
        let side = RemoteSide::of(kind);
        match found.filter(|(_, code)| !codes.gone.contains(&(side, (*code).clone()))) {
            Some((_, code)) => code.clone(),
            // A department need not be told apart there, and no field filled.
            None if found.is_none()
                && matches!(kind, MappedKind::Department | MappedKind::CustomField) =>
            {
                String::new()
            }
            None => {
                self.gaps.insert(Gap {
                    kind,
                    local_key: local_key.to_owned(),
                    label: label.to_owned(),
                    why: found.map_or(Why::Missing, |(level, code)| Why::Gone {
                        level,
                        code: code.clone(),
                    }),
                });
                String::new()
            }
        }
    }

    /// A currency that the company does not take, or that nothing here turns into the one of its books,
    /// stops the document before anything is sent.
    pub(super) fn currency(&mut self, currency: Currency) {
        let Codes::Mapped(codes) = self.codes else { return };
        let currencies = &codes.currencies;
        let why = match currencies.without_rate(currency.code()) {
            _ if currencies.is_off(currency.code()) => {
                Why::Off { is_single: currencies.is_single() }
            }
            Some(books) => Why::NoRate { books: books.to_owned() },
            None => return,
        };
        let code = currency.code().to_owned();
        let (local_key, label) = (code.clone(), code);
        self.gaps.insert(Gap { kind: MappedKind::Currency, local_key, label, why });
    }

    /// A rate, or what an amount is worth in our book, as the company is told of it.
    pub(super) fn told<T>(&self, currency: Currency, worth: Option<T>) -> Option<T> {
        match self.codes {
            Codes::Mapped(codes) => codes.currencies.told(currency, worth),
            Codes::Own => worth,
        }
    }

    /// The account that money of a method goes to or comes from, where it can hold such money.
    pub(super) fn money_account(&mut self, method: &str, money: Money) -> String {
        self.currency(money.currency());
        let needed = (MappedKind::PaymentMethod, method, method, method);
        let account = self.booked_on((SettingKind::PaymentAccount, None), needed);
        let Codes::Mapped(codes) = self.codes else { return account };
        let Some(held) = codes.currencies.held_otherwise(&account, money.currency()) else {
            return account;
        };
        let found = codes.find(self.department, MappedKind::PaymentMethod, method);
        let why = Why::HeldOtherwise {
            level: found.and_then(|(level, _)| level),
            account: held.name.clone(),
            held: held.currency.clone(),
            money: money.currency().code().to_owned(),
        };
        let (local_key, label) = (method.to_owned(), method.to_owned());
        self.gaps.insert(Gap { kind: MappedKind::PaymentMethod, local_key, label, why });
        account
    }

    pub(super) fn tracking(&mut self, department: Option<DepartmentId>) -> String {
        let key = department.map(|id| id.to_string());
        key.map(|key| self.code(MappedKind::Department, &key, "", "")).unwrap_or_default()
    }
}

/// A document, and what is missing before it can be sent (look-ups need no codes).
pub struct Built {
    /// The document; codes that are missing are empty.
    pub document: ExportDocument,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// What rules decided, and which.
    pub decided: Vec<Decision>,
}

/// Makes a document, or nothing where the record and its content do not belong together.
pub fn document(due: &DueExport, content: &Content, codes: &Codes) -> Option<Built> {
    if due.is_undo() {
        return money::removal(due, content, codes);
    }
    let (first, second) = (remote_id(due, 0), remote_id(due, 1));
    let named = Named { first, second, grouped: due.grouped, currency: due.currency };
    let built = made(due.kind, due.document_id, named, content, codes)?;
    Some(Built { document: money::held(built.document, money::held_as(due)), ..built })
}

/// What a document needs there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The ids of the customer, the invoice, the credit note; empty where it has none.
    pub first: String,
    /// The same of the second.
    pub second: String,
    /// The customer stands for all students: lines say whom the document is about.
    pub grouped: bool,
    /// Of a customer that is kept there in one currency other than the book's: which.
    pub currency: Option<Currency>,
}

/// The same without a record.
pub fn made(
    kind: ExportKind,
    document_id: Uuid,
    named: Named,
    content: &Content,
    codes: &Codes,
) -> Option<Built> {
    let mut lookup = Lookup::about(kind, content, codes);
    let Named { first, second, grouped, currency } = named;
    let reference = reference(kind, document_id, (content, currency));
    let document = match (kind, content) {
        (ExportKind::Customer, Content::Customer { number, tax_number, person }) => {
            // Nobody is made in a currency that the company does not take.
            if let Some(currency) = currency.filter(|_| first.is_empty()) {
                lookup.currency(currency);
            }
            let there = (first, currency);
            ExportDocument::Customer(customer(reference, there, (number, tax_number), person))
        }
        (ExportKind::Invoice, Content::Sales(sales)) => {
            let there = (first, grouped);
            ExportDocument::Invoice(sales_document(reference, there, sales, &mut lookup))
        }
        (ExportKind::CreditNote, Content::Sales(sales)) => {
            let there = (first, grouped);
            ExportDocument::CreditNote(sales_document(reference, there, sales, &mut lookup))
        }
        (
            ExportKind::OnAccount
            | ExportKind::Payment
            | ExportKind::CreditAllocation
            | ExportKind::Refund,
            _,
        ) => money::document((kind, reference), [first, second], content, &mut lookup)?,
        (ExportKind::Journal, Content::Journal(entry)) => {
            ExportDocument::Journal(journals::document(reference, entry, &mut lookup)?)
        }
        (ExportKind::Attachment, Content::Attachment { of, number }) => {
            ExportDocument::Attachment(AttachmentDocument {
                reference,
                attached_to: attached_to(*of)?,
                document: first,
                file_name: format!("{}.pdf", safe_name(number)),
                content: Vec::new(),
            })
        }
        _ => return None,
    };
    Some(lookup.built(document))
}

/// A company that is connected anew still finds the customer that stands for all students. Whoever is
/// a customer for each currency is told apart by it.
fn reference(
    kind: ExportKind,
    document_id: Uuid,
    (content, currency): (&Content, Option<Currency>),
) -> String {
    let whom = match content {
        Content::Customer { number, .. } if number.is_empty() => STUDENTS.to_owned(),
        _ => document_id.to_string(),
    };
    match currency {
        Some(currency) => key::reference(kind.word(), &format!("{whom}/{}", currency.code())),
        None => key::reference(kind.word(), &whom),
    }
}

/// The id there of what a record needs, empty where it has none.
pub(super) fn remote_id(due: &DueExport, place: usize) -> String {
    due.needs[place].as_ref().and_then(|need| need.external_id.clone()).unwrap_or_default()
}

fn sales_document(
    reference: String,
    (customer, grouped): (String, bool),
    sales: &SalesContent,
    lookup: &mut Lookup<'_>,
) -> SalesDocument {
    let totals = &sales.totals;
    lookup.currency(totals.gross.currency());
    // Where somebody else stands there as the customer, the lines say for whom.
    let told = (sales.basis, if grouped { sales.about.as_str() } else { sales.student.as_str() });
    let lines = totals.lines.iter().enumerate();
    let lines = lines.map(|(at, line)| sales_line((at, line), told, lookup)).collect();
    SalesDocument {
        reference,
        number: sales.number.clone(),
        customer,
        date: sales.issue_date,
        due_date: sales.due_date,
        currency: totals.gross.currency(),
        rate: lookup.told(totals.gross.currency(), sales.rate),
        basis: sales.basis,
        tracking: tracked(sales.department, lookup),
        fields: fields::of(sales, lookup),
        lines,
        net: totals.net,
        vat: totals.vat,
        gross: totals.gross,
    }
}

/// What the document's part of the business goes under there.
fn tracked(department: Option<DepartmentId>, lookup: &mut Lookup<'_>) -> String {
    let key = department.map(|id| id.to_string()).unwrap_or_default();
    let needed = (MappedKind::Department, key.as_str(), "", "");
    lookup.booked_on((SettingKind::Tracking, None), needed)
}

fn sales_line(
    (at, line): (usize, &PricedLine),
    (basis, student): (PriceBasis, &str),
    lookup: &mut Lookup<'_>,
) -> SalesLine {
    let item = &line.item;
    let (key, label) = service_key(item);
    let sold = (MappedKind::Service, key.as_str(), label, item.income_account.as_str());
    let account = lookup.booked_on((SettingKind::Account, Some(at)), sold);
    let code = item.tax.code.as_str();
    let taxed = (MappedKind::TaxCode, code, item.tax.name.as_str(), code);
    let tax_code = lookup.booked_on((SettingKind::TaxCode, Some(at)), taxed);
    let amount = line.amount(basis);
    let (quantity, unit_price, discount_percent) = priced(line, amount);
    let description = match student {
        "" => item.description.clone(),
        student => format!("{} – {student}", item.description),
    };
    let description = match lookup.ruled(SettingKind::LineText, Some(at)) {
        Some(before) => format!("{before} {description}"),
        None => description,
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
