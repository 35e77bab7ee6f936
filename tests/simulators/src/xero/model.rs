//! The rows of a Xero organisation's ledger. Amounts are decimals in document currency with two
//! places, as Xero keeps them.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The kinds of document that carry a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    #[serde(rename = "ACCREC")]
    AccRec,
    #[serde(rename = "ACCPAY")]
    AccPay,
    #[serde(rename = "ACCRECCREDIT")]
    AccRecCredit,
    #[serde(rename = "ACCPAYCREDIT")]
    AccPayCredit,
    #[serde(rename = "RECEIVE-OVERPAYMENT")]
    ReceiveOverpayment,
    #[serde(rename = "SPEND-OVERPAYMENT")]
    SpendOverpayment,
    #[serde(rename = "RECEIVE-PREPAYMENT")]
    ReceivePrepayment,
    #[serde(rename = "SPEND-PREPAYMENT")]
    SpendPrepayment,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::AccRec,
        Self::AccPay,
        Self::AccRecCredit,
        Self::AccPayCredit,
        Self::ReceiveOverpayment,
        Self::SpendOverpayment,
        Self::ReceivePrepayment,
        Self::SpendPrepayment,
    ];

    /// Xero's name of the kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::AccRec => "ACCREC",
            Self::AccPay => "ACCPAY",
            Self::AccRecCredit => "ACCRECCREDIT",
            Self::AccPayCredit => "ACCPAYCREDIT",
            Self::ReceiveOverpayment => "RECEIVE-OVERPAYMENT",
            Self::SpendOverpayment => "SPEND-OVERPAYMENT",
            Self::ReceivePrepayment => "RECEIVE-PREPAYMENT",
            Self::SpendPrepayment => "SPEND-PREPAYMENT",
        }
    }

    /// The kind with this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Sales invoice or bill.
    pub fn is_invoice(self) -> bool {
        matches!(self, Self::AccRec | Self::AccPay)
    }

    /// Credit note of either side.
    pub fn is_credit_note(self) -> bool {
        matches!(self, Self::AccRecCredit | Self::AccPayCredit)
    }

    /// Overpayment of either side.
    pub fn is_overpayment(self) -> bool {
        matches!(self, Self::ReceiveOverpayment | Self::SpendOverpayment)
    }

    /// Prepayment of either side.
    pub fn is_prepayment(self) -> bool {
        matches!(self, Self::ReceivePrepayment | Self::SpendPrepayment)
    }

    /// On the customer's side of the ledger.
    pub fn is_sales(self) -> bool {
        matches!(
            self,
            Self::AccRec | Self::AccRecCredit | Self::ReceiveOverpayment | Self::ReceivePrepayment
        )
    }
}

/// The state of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Draft,
    Submitted,
    Authorised,
    Paid,
    Voided,
    Deleted,
}

impl Status {
    const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::Authorised, Self::Paid, Self::Voided, Self::Deleted];

    /// Xero's name of the state.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted => "SUBMITTED",
            Self::Authorised => "AUTHORISED",
            Self::Paid => "PAID",
            Self::Voided => "VOIDED",
            Self::Deleted => "DELETED",
        }
    }

    /// The state with this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// How line amounts relate to tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineAmountTypes {
    Exclusive,
    Inclusive,
    NoTax,
}

impl LineAmountTypes {
    /// Xero's name of the rule.
    pub fn code(self) -> &'static str {
        match self {
            Self::Exclusive => "Exclusive",
            Self::Inclusive => "Inclusive",
            Self::NoTax => "NoTax",
        }
    }

    /// The rule with this name.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Exclusive, Self::Inclusive, Self::NoTax].into_iter().find(|it| it.code() == code)
    }
}

/// A customer or supplier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contact {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub name: String,
    pub contact_number: Option<String>,
    pub account_number: Option<String>,
    pub archived: bool,
    /// The remaining fields as they were sent: addresses, phones, e-mail.
    pub profile: Map<String, Value>,
    pub updated_at: DateTime<Utc>,
}

/// One line of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub id: Uuid,
    pub description: Option<String>,
    pub quantity: Decimal,
    pub unit_amount: Decimal,
    pub discount_rate: Option<Decimal>,
    pub item_code: Option<String>,
    pub account_code: Option<String>,
    pub tax_type: Option<String>,
    pub tax_amount: Decimal,
    pub line_amount: Decimal,
    pub tracking: Vec<Value>,
}

/// An invoice, bill, credit note or overpayment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    pub tenant_id: Uuid,
    pub kind: Kind,
    pub id: Uuid,
    /// `InvoiceNumber` or `CreditNoteNumber`; overpayments have none.
    pub number: Option<String>,
    pub reference: Option<String>,
    pub contact_id: Uuid,
    pub date: NaiveDate,
    pub due_date: Option<NaiveDate>,
    pub status: Status,
    pub line_amount_types: LineAmountTypes,
    pub lines: Vec<Line>,
    pub currency_code: String,
    pub currency_rate: Decimal,
    pub url: Option<String>,
    pub sub_total: Decimal,
    pub total_tax: Decimal,
    pub total: Decimal,
    /// Payments on an invoice; refunds of a credit note or overpayment.
    pub amount_paid: Decimal,
    /// Credit allocated to an invoice, or allocated from a credit note or overpayment.
    pub amount_credited: Decimal,
    pub fully_paid_on: Option<NaiveDate>,
    pub updated_at: DateTime<Utc>,
}

impl Document {
    /// `AmountDue` of an invoice, `RemainingCredit` of a credit.
    pub fn open_amount(&self) -> Decimal {
        self.total - self.amount_paid - self.amount_credited
    }

    /// Whether money or credit has been applied.
    pub fn is_applied(&self) -> bool {
        !self.amount_paid.is_zero() || !self.amount_credited.is_zero()
    }

    /// Moves between AUTHORISED and PAID after an amount changed.
    pub fn settle_status(&mut self, on: NaiveDate) {
        let paid = self.open_amount().is_zero();
        match (self.status, paid) {
            (Status::Authorised, true) => {
                self.status = Status::Paid;
                self.fully_paid_on = Some(on);
            }
            (Status::Paid, false) => {
                self.status = Status::Authorised;
                self.fully_paid_on = None;
            }
            _ => {}
        }
    }
}

/// Money received or spent against a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Payment {
    pub tenant_id: Uuid,
    pub id: Uuid,
    /// The invoice, or the credit note or overpayment that is refunded.
    pub document_id: Uuid,
    pub document_kind: Kind,
    pub account_code: String,
    pub date: NaiveDate,
    pub amount: Decimal,
    pub currency_rate: Decimal,
    pub reference: Option<String>,
    pub deleted: bool,
    pub updated_at: DateTime<Utc>,
}

/// Credit applied to an invoice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Allocation {
    pub tenant_id: Uuid,
    pub id: Uuid,
    /// The credit note or overpayment the credit comes from.
    pub source_id: Uuid,
    pub invoice_id: Uuid,
    pub amount: Decimal,
    pub date: NaiveDate,
    pub deleted: bool,
    pub updated_at: DateTime<Utc>,
}

/// Money through a bank account that settles no invoice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BankTransaction {
    pub tenant_id: Uuid,
    pub id: Uuid,
    /// RECEIVE, SPEND, RECEIVE-OVERPAYMENT or SPEND-OVERPAYMENT.
    pub kind: String,
    pub contact_id: Uuid,
    pub account_code: String,
    pub date: NaiveDate,
    pub reference: Option<String>,
    pub line_amount_types: LineAmountTypes,
    pub lines: Vec<Line>,
    pub currency_code: String,
    pub sub_total: Decimal,
    pub total_tax: Decimal,
    pub total: Decimal,
    pub overpayment_id: Option<Uuid>,
    /// The prepayment it left behind.
    pub prepayment_id: Option<Uuid>,
    /// Matched with a line of a bank statement.
    pub reconciled: bool,
    pub deleted: bool,
    pub updated_at: DateTime<Utc>,
}
