//! Packages: what one holds, and what a student has who bought one.
//!
//! Never money on account: VAT of a package was charged when it was sold (a single-purpose voucher,
//! EU VAT directive art. 30a and 30b), so what is drawn out of it later is no sale and no payment.
//! Never edited: a draw that was wrong is returned, and what is left follows from all of them.

use crate::catalogue::{ServiceItem, ServiceKind};
use crate::ids::{
    CreditNoteId, DepartmentId, DrawId, EntitlementId, InvoiceId, SchoolId, ServiceId, StudentId,
};
use crate::invoice::Invoice;
use crate::line::LineItem;
use crate::money::{Money, MoneyError};
use crate::tax::PriceBasis;
use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most services one package holds.
pub const MAX_ITEMS: usize = 20;
/// The longest a package is valid, in months.
pub const MAX_MONTHS: u32 = 120;

/// What an entry of the price list of kind package says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageTerms {
    /// What it holds.
    pub contents: PackageContents,
    /// Valid for so many months from the date of its invoice; nothing: without end.
    pub valid_months: Option<u32>,
    /// What is paid back of a rest.
    pub refund: RefundRule,
}

/// What a package holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "holds", rename_all = "snake_case")]
pub enum PackageContents {
    /// So many of each service.
    Lessons {
        /// Each service once.
        items: Vec<PackageItem>,
    },
    /// An amount in the school's price basis, for whatever bears the VAT code of the package.
    Amount {
        /// Above nothing.
        amount: Money,
    },
}

/// How many of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageItem {
    /// Which.
    pub service_id: ServiceId,
    /// Above 0, at most 1 000, at most two decimals.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
}

/// What is paid back of the rest of a package that is still valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundRule {
    /// The price paid, in proportion to what is left by the list prices of the day of sale.
    ProRata,
    /// The price paid less what was used at the list prices of the day of sale.
    LessListPrice,
    /// Nothing.
    Nothing,
}

/// Why terms cannot be so. `item` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsRejection {
    /// None, or too many.
    #[error("a package holds between 1 and 20 services")]
    ItemCount,
    /// Not above 0, above 1 000, or more than two decimals.
    #[error("item {item}: the quantity must be above 0 and at most 1 000, with two decimals")]
    Quantity { item: usize },
    /// A service twice.
    #[error("item {item}: this service is in the package already")]
    Twice { item: usize },
    /// No amount.
    #[error("the amount must be above 0")]
    NotPositive,
    /// Not between 1 and 120 months.
    #[error("a package is valid between 1 and 120 months")]
    Months,
}

impl PackageTerms {
    /// Looks at quantities, amount and validity.
    ///
    /// # Errors
    /// [`TermsRejection`] for the first rule broken.
    pub fn check(&self) -> Result<(), TermsRejection> {
        if self.valid_months.is_some_and(|months| months == 0 || months > MAX_MONTHS) {
            return Err(TermsRejection::Months);
        }
        match &self.contents {
            PackageContents::Amount { amount } if !amount.is_positive() => {
                Err(TermsRejection::NotPositive)
            }
            PackageContents::Amount { .. } => Ok(()),
            PackageContents::Lessons { items } => check_items(items),
        }
    }
}

fn check_items(items: &[PackageItem]) -> Result<(), TermsRejection> {
    if items.is_empty() || items.len() > MAX_ITEMS {
        return Err(TermsRejection::ItemCount);
    }
    let mut seen = BTreeSet::new();
    for (item, held) in (1..).zip(items) {
        let fits = held.quantity > Decimal::ZERO && held.quantity <= Decimal::ONE_THOUSAND;
        if !fits || held.quantity.normalize().scale() > 2 {
            return Err(TermsRejection::Quantity { item });
        }
        if !seen.insert(held.service_id) {
            return Err(TermsRejection::Twice { item });
        }
    }
    Ok(())
}

/// What a student has who bought a package, frozen on the day of the sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// Its identity, made from the invoice and the place of the line.
    pub id: EntitlementId,
    /// The school.
    pub school_id: SchoolId,
    /// Whose.
    pub student_id: StudentId,
    /// The department that sold it.
    pub department_id: Option<DepartmentId>,
    /// The invoice that sold it.
    pub invoice_id: InvoiceId,
    /// Place of its line on the invoice, from 0.
    pub line: usize,
    /// The name of the package then.
    pub name: String,
    /// VAT code of its line.
    pub tax_code: String,
    /// The date of the invoice.
    pub opened_on: NaiveDate,
    /// The last day it can be drawn on; nothing: without end.
    pub valid_until: Option<NaiveDate>,
    /// What it holds.
    pub holds: Holds,
    /// What its line came to, in the price basis.
    pub price: Money,
    /// What its line came to with VAT.
    pub gross: Money,
    /// What of that each payer's invoice bears, the invoice of the first payer first.
    pub shares: Vec<SoldShare>,
    /// What is paid back of a rest.
    pub refund: RefundRule,
}

/// What one invoice bears of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldShare {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// With VAT.
    pub gross: Money,
}

/// A sale as it was issued: one invoice, or one for each of several payers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// The invoice of the first payer first; at least one.
    pub invoices: Vec<Invoice>,
    /// The lines before they were split; empty where one pays. A part of a line says nothing of the
    /// quantity that was sold.
    pub unsplit: Vec<LineItem>,
}

impl Sale {
    fn item(&self, line: usize) -> Option<&LineItem> {
        let of_one = || Some(&self.invoices.first()?.totals.lines.get(line)?.item);
        self.unsplit.get(line).or_else(of_one)
    }

    /// What a line came to in the price basis, and with VAT on each invoice, in the currency of the
    /// books.
    fn price(&self, line: usize) -> Option<(Money, Vec<SoldShare>)> {
        let mut shares = Vec::with_capacity(self.invoices.len());
        let mut price: Option<Money> = None;
        for invoice in &self.invoices {
            let totals = invoice.books().totals();
            let sold = totals.lines.get(line)?;
            let part = if invoice.basis == PriceBasis::Gross { sold.gross } else { sold.net };
            price = Some(price.map_or(Ok(part), |sum| sum.plus(part)).ok()?);
            shares.push(SoldShare { invoice_id: invoice.id, gross: sold.gross });
        }
        Some((price?, shares))
    }
}

/// What an entitlement holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "holds", rename_all = "snake_case")]
pub enum Holds {
    /// So many of each service.
    Lessons {
        /// Each service once.
        items: Vec<HeldLessons>,
    },
    /// An amount in the price basis.
    Amount {
        /// Above nothing.
        amount: Money,
    },
}

/// How many of a service, with what one cost by the price list of that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLessons {
    /// Which.
    pub service_id: ServiceId,
    /// Its code then.
    pub service_code: String,
    /// Its name then.
    pub name: String,
    /// How many; above 0.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// Price of one then, in the price basis.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
}

impl Entitlement {
    /// What a line of a sale opens: nothing where it sells no package. Several payers buy one
    /// package together. `catalogue` finds an entry of the price list.
    pub fn opened<'a>(
        id: EntitlementId,
        sale: &Sale,
        line: usize,
        catalogue: impl Fn(ServiceId) -> Option<&'a ServiceItem>,
    ) -> Option<Self> {
        let (invoice, sold) = (sale.invoices.first()?, sale.item(line)?);
        let service = catalogue(sold.service_id?)?;
        let terms = service.package.as_ref().filter(|_| service.kind == ServiceKind::Package)?;
        let (price, shares) = sale.price(line)?;
        if price.is_negative() {
            return None;
        }
        let months = terms.valid_months.map(Months::new);
        Some(Self {
            id,
            school_id: invoice.school_id,
            student_id: invoice.student_id,
            department_id: invoice.department_id,
            invoice_id: invoice.id,
            line,
            name: service.name.clone(),
            tax_code: sold.tax.code.clone(),
            opened_on: invoice.issue_date,
            valid_until: months.and_then(|months| invoice.issue_date.checked_add_months(months)),
            holds: holds(&terms.contents, sold.quantity, catalogue)?,
            price,
            gross: Money::sum(price.currency(), shares.iter().map(|share| share.gross)).ok()?,
            shares,
            refund: terms.refund,
        })
    }

    /// What of an amount with VAT each payer's invoice gives back: in proportion to what it bears,
    /// together exactly the amount. An invoice that gives nothing back is left out.
    ///
    /// # Errors
    /// [`MoneyError`] where the amount cannot be split so.
    pub fn given_back(&self, amount: Money) -> Result<Vec<SoldShare>, MoneyError> {
        let weights: Vec<i64> = self.shares.iter().map(|share| share.gross.minor()).collect();
        let parts = self.shares.iter().zip(amount.split(&weights)?);
        let shares = parts.map(|(share, gross)| SoldShare { gross, ..*share });
        Ok(shares.filter(|share| share.gross.is_positive()).collect())
    }
}

/// The contents of so many packages.
fn holds<'a>(
    contents: &PackageContents,
    packages: Decimal,
    catalogue: impl Fn(ServiceId) -> Option<&'a ServiceItem>,
) -> Option<Holds> {
    match contents {
        PackageContents::Amount { amount } => {
            let whole = amount.amount().checked_mul(packages)?;
            let amount = Money::rounded(whole, amount.currency()).ok()?;
            amount.is_positive().then_some(Holds::Amount { amount })
        }
        PackageContents::Lessons { items } => {
            let held = items.iter().map(|item| {
                let service = catalogue(item.service_id);
                Some(HeldLessons {
                    service_id: item.service_id,
                    service_code: service.map(|s| s.code.clone()).unwrap_or_default(),
                    name: service.map(|s| s.name.clone()).unwrap_or_default(),
                    quantity: item.quantity.checked_mul(packages)?.normalize(),
                    unit_price: service.map_or(Decimal::ZERO, |s| s.unit_price),
                })
            });
            held.collect::<Option<Vec<_>>>().map(|items| Holds::Lessons { items })
        }
    }
}

/// Something taken out of an entitlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Its identity.
    pub id: DrawId,
    /// Out of which.
    pub entitlement_id: EntitlementId,
    /// What was held.
    pub service_id: ServiceId,
    /// How much.
    pub taken: Taken,
}

/// How much was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "taken", rename_all = "snake_case")]
pub enum Taken {
    /// So many of the service.
    Lessons {
        /// Above 0, at most four decimals.
        #[serde(with = "rust_decimal::serde::str")]
        quantity: Decimal,
    },
    /// An amount in the price basis.
    Amount {
        /// Above nothing.
        amount: Money,
    },
}

/// A draw made by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandDraw {
    /// The school.
    pub school_id: SchoolId,
    /// Whose.
    pub student_id: StudentId,
    /// What was taken.
    pub draw: Draw,
    /// The day it counts from.
    pub on: NaiveDate,
    /// The booking it is for, by its name in the booking system, or empty.
    pub booking: String,
    /// A note, or empty.
    pub note: String,
}

/// A draw given back by a person. Given back twice, the earlier clock holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawReturn {
    /// The school.
    pub school_id: SchoolId,
    /// Whose.
    pub student_id: StudentId,
    /// Out of which it was taken.
    pub entitlement_id: EntitlementId,
    /// What is given back.
    pub draw_id: DrawId,
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// An end before its day: the rest was paid back, or its invoice was taken back. Of two the
/// earlier clock holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The school.
    pub school_id: SchoolId,
    /// Whose.
    pub student_id: StudentId,
    /// What ends.
    pub entitlement_id: EntitlementId,
    /// The credit note that takes its price back.
    pub credit_note_id: CreditNoteId,
    /// The first day it can no longer be drawn on.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}
