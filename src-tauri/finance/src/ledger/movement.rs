//! What moves amounts between accounts, and between which.
//!
//! Never names an account: it asks the chart.

use super::{Chart, Posting};
use crate::catalogue::ServiceKind;
use crate::line::Totals;
use crate::money::{Money, MoneyError};

/// What an entry stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money received.
    Payment,
    /// Money received that is gone again.
    PaymentReversed,
    /// Money or credit set against an invoice.
    Allocation,
    /// That it no longer is.
    AllocationEnded,
    /// A rest that was given up.
    WriteOff,
    /// A rest that is asked for again.
    WriteOffEnded,
    /// Money paid back.
    Refund,
    /// The fee of a reminder.
    ReminderFee,
    /// The fee of a reminder that was taken back.
    ReminderFeeWithdrawn,
    /// What a settlement gained or lost by exchange.
    Exchange,
    /// That it no longer settles.
    ExchangeEnded,
    /// What a refund gained or lost by exchange.
    RefundExchange,
}

impl Cause {
    /// Every cause, in the order in which entries of one day are read.
    pub const ALL: [Self; 14] = [
        Self::Invoice,
        Self::CreditNote,
        Self::Payment,
        Self::PaymentReversed,
        Self::Allocation,
        Self::AllocationEnded,
        Self::WriteOff,
        Self::WriteOffEnded,
        Self::Refund,
        Self::ReminderFee,
        Self::ReminderFeeWithdrawn,
        Self::Exchange,
        Self::ExchangeEnded,
        Self::RefundExchange,
    ];

    /// The word it is known by.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Payment => "payment",
            Self::PaymentReversed => "payment_reversed",
            Self::Allocation => "allocation",
            Self::AllocationEnded => "allocation_ended",
            Self::WriteOff => "write_off",
            Self::WriteOffEnded => "write_off_ended",
            Self::Refund => "refund",
            Self::ReminderFee => "reminder_fee",
            Self::ReminderFeeWithdrawn => "reminder_fee_withdrawn",
            Self::Exchange => "exchange",
            Self::ExchangeEnded => "exchange_ended",
            Self::RefundExchange => "refund_exchange",
        }
    }
}

/// Lines of a document that are posted alike, as one sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The account of the lines, or empty: the chart decides.
    pub account: String,
    /// Laid out for the student and passed on: no income of the school.
    pub pass_through: bool,
    /// Code of their VAT.
    pub tax_code: String,
    /// Without VAT; below nothing for a discount.
    pub net: Money,
    /// Their VAT.
    pub vat: Money,
}

impl Part {
    /// The lines of a document by account and VAT code, in the order of first use.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn of(totals: &Totals) -> Result<Vec<Self>, MoneyError> {
        let mut parts: Vec<Self> = Vec::new();
        for line in &totals.lines {
            let part = Self {
                account: line.item.income_account.trim().to_owned(),
                pass_through: line.item.kind == ServiceKind::PassThrough,
                tax_code: line.item.tax.code.clone(),
                net: line.net,
                vat: line.vat,
            };
            match parts.iter_mut().find(|other| other.posted_as(&part)) {
                Some(other) => {
                    other.net = other.net.plus(part.net)?;
                    other.vat = other.vat.plus(part.vat)?;
                }
                None => parts.push(part),
            }
        }
        Ok(parts)
    }

    fn posted_as(&self, other: &Self) -> bool {
        self.account == other.account
            && self.pass_through == other.pass_through
            && self.tax_code == other.tax_code
    }
}

/// An amount that moves, with what decides where to. Movements of one kind and key may be added
/// up: their postings are the sums of their postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Movement {
    /// A part of an invoice or credit note.
    Document(Cause, Part),
    /// Money by a method (its code): received, gone again, paid back.
    Money(Cause, String, Money),
    /// Money or credit set against an invoice, or no longer.
    Settled(Cause, Money),
    /// A rest given up, or asked for again; true for a small difference.
    GivenUp(Cause, bool, Money),
    /// The fee of a reminder.
    Fee(Cause, Money),
    /// What the money behind a settlement was worth beyond what it settled, in the currency of the
    /// books: true where it was worth more (a gain), false where less (a loss). The amount is above
    /// nothing.
    Exchanged(Cause, bool, Money),
}

impl Movement {
    /// What it stands for.
    pub const fn cause(&self) -> Cause {
        match self {
            Self::Document(cause, _)
            | Self::Money(cause, ..)
            | Self::Settled(cause, _)
            | Self::GivenUp(cause, ..)
            | Self::Exchanged(cause, ..)
            | Self::Fee(cause, _) => *cause,
        }
    }

    /// What decides its accounts, as one text: the cause, then what the chart is asked with.
    pub fn key(&self) -> String {
        let cause = self.cause().word();
        match self {
            Self::Document(_, part) => {
                let Part { account, tax_code, .. } = part;
                format!("{cause}|{account}|{}|{tax_code}", i32::from(part.pass_through))
            }
            Self::Money(_, method, _) => format!("{cause}|{method}"),
            Self::GivenUp(_, flag, _) | Self::Exchanged(_, flag, _) => {
                format!("{cause}|{}", i32::from(*flag))
            }
            Self::Settled(..) | Self::Fee(..) => format!("{cause}|"),
        }
    }

    /// Its lines by a chart. They come to nothing.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn postings(&self, chart: &Chart) -> Result<Vec<Posting>, MoneyError> {
        Ok(match self {
            Self::Document(cause, part) => document(*cause, part, chart)?,
            Self::Money(Cause::Payment, method, amount) => {
                pair(chart.money(method), chart.credit(), *amount)
            }
            Self::Money(_, method, amount) => pair(chart.credit(), chart.money(method), *amount),
            Self::Settled(Cause::Allocation, amount) => {
                pair(chart.credit(), chart.receivables(), *amount)
            }
            Self::Settled(_, amount) => pair(chart.receivables(), chart.credit(), *amount),
            Self::GivenUp(Cause::WriteOff, small, amount) => {
                pair(chart.given_up(*small), chart.receivables(), *amount)
            }
            Self::GivenUp(_, small, amount) => {
                pair(chart.receivables(), chart.given_up(*small), *amount)
            }
            Self::Fee(Cause::ReminderFee, amount) => {
                pair(chart.fees_due(), chart.fee_income(), *amount)
            }
            Self::Exchanged(cause, gained, amount) => {
                let turned = *cause == Cause::ExchangeEnded;
                let account = chart.exchanged(*gained);
                match *gained != turned {
                    true => pair(chart.credit(), account, *amount),
                    false => pair(account, chart.credit(), *amount),
                }
            }
            Self::Fee(_, amount) => pair(chart.fee_income(), chart.fees_due(), *amount),
        })
    }
}

fn posting(account: &str, amount: Money) -> Posting {
    Posting { account: account.to_owned(), tax_code: None, amount }
}

fn pair(debit: &str, credit: &str, amount: Money) -> Vec<Posting> {
    vec![posting(debit, amount), posting(credit, amount.negated())]
}

/// What is sold is owed; income and VAT stand against it. A credit note turns all of it round, and
/// what it gives back is credit until it is set against an invoice or paid out.
fn document(cause: Cause, part: &Part, chart: &Chart) -> Result<Vec<Posting>, MoneyError> {
    let gross = part.net.plus(part.vat)?;
    let turned = cause == Cause::CreditNote;
    let owed = if turned { chart.credit() } else { chart.receivables() };
    let signed = |amount: Money| if turned { amount.negated() } else { amount };
    let with_code = |account: &str, amount: Money| Posting {
        account: account.to_owned(),
        tax_code: Some(part.tax_code.clone()),
        amount: signed(amount.negated()),
    };
    Ok(vec![
        posting(owed, signed(gross)),
        with_code(chart.income(part), part.net),
        with_code(chart.vat(&part.tax_code), part.vat),
    ])
}
