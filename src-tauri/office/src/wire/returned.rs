//! What becomes of money: reversals, releases, refunds, write-offs.

use super::common::Money;
use super::exchange::{ForeignMoney, MoneyBase};
use super::payments::CreditView;
use super::wire;

wire! {
    /// Announced money arrived, or did not.
    pub struct TurnPayment {
        pub payment_id: String,
        /// `confirmed` or `failed`.
        pub outcome: String,
        pub on: String,
        /// May be empty.
        pub reason: String,
    }

    /// Money that had arrived is gone again.
    pub struct ReversePayment {
        pub payment_id: String,
        /// The amount as the person saw it: what they confirm.
        pub amount: String,
        pub on: String,
        pub reason: String,
    }

    /// Takes back what was set against an invoice, or written off of it.
    pub struct ReleaseAllocation {
        pub allocation_id: String,
        pub on: String,
        pub reason: String,
    }

    /// What the refund page shows for a student.
    pub struct RefundForm {
        pub student_id: String,
        /// Nothing: only what credit there is.
        pub amount: Option<String>,
        pub on: String,
        /// Only this credit; empty: all of them in the currency, the oldest first.
        pub sources: Vec<CreditRef>,
        /// Nothing: that of the credits named, or of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub currency: Option<String>,
    }

    /// One credit.
    pub struct CreditRef {
        /// `payment` or `credit_note`.
        pub source: String,
        pub source_id: String,
    }

    pub struct RefundFormView {
        pub student: String,
        pub balance: Money,
        pub balance_after: Money,
        /// The currency asked for.
        pub currency: String,
        /// Currencies in which the student has credit.
        pub currencies: Vec<String>,
        /// What the amount costs by the rate of the day; nothing in the currency of the books, or
        /// where no rate is known.
        pub base: Option<Money>,
        /// Those in the currency.
        pub credits: Vec<CreditView>,
        /// All that could be paid back.
        pub unused: Money,
        /// What the amount comes out of, in the order of `credits`.
        pub parts: Vec<RefundPartView>,
        /// Code of what keeps it from being recorded.
        pub problem: Option<String>,
        pub problem_params: std::collections::BTreeMap<String, String>,
    }

    pub struct RefundPartView {
        pub source: String,
        pub source_id: String,
        pub label: String,
        pub amount: Money,
    }

    pub struct PayRefund {
        /// Made when the dialog opens: pressing twice pays back once.
        pub id: String,
        pub student_id: String,
        pub method: String,
        pub paid_on: String,
        pub amount: String,
        /// Only these credits; empty: all of them, the oldest first.
        pub sources: Vec<CreditRef>,
        pub reference: String,
        pub reason: String,
        /// The currency of `amount`; nothing: that of the credits named, or of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub foreign: Option<ForeignMoney>,
    }

    pub struct RefundRequest {
        pub id: String,
    }

    pub struct RefundView {
        pub id: String,
        pub student_id: String,
        pub student: String,
        pub method: String,
        pub method_name: String,
        pub paid_on: String,
        pub amount: Money,
        /// Where it is in another currency than the books.
        pub base: Option<MoneyBase>,
        pub parts: Vec<RefundPartView>,
        pub reference: String,
        pub reason: String,
        pub exports: Vec<super::invoices::ExportView>,
    }

    /// Gives up all that an invoice has open.
    pub struct WriteOffInvoice {
        /// Made when the dialog opens: pressing twice writes off once.
        pub id: String,
        pub invoice_id: String,
        /// What is open as the person saw it: what they confirm.
        pub amount: String,
        pub on: String,
        pub reason: String,
    }

    /// How much of an invoice may be let go with a payment; nothing or 0: none.
    pub struct SaveSmallDifference {
        pub amount: String,
    }

    /// A payment reference or invoice number, typed or pasted; or a line of a bank's statement that
    /// holds some.
    pub struct FindByReference {
        pub text: String,
    }

    pub struct ReferenceHits {
        pub hits: Vec<ReferenceHit>,
    }

    pub struct ReferenceHit {
        pub invoice_id: String,
        pub number: String,
        pub student_id: String,
        pub student_number: String,
        pub student: String,
        /// What of the text found it, as the invoice bears it.
        pub reference: String,
        /// Nothing where it is settled.
        pub open: Money,
    }
}
