//! Money received and what it settles.

use super::common::{Money, Order, Window};
use super::exchange::{ForeignMoney, MoneyBase};
use super::wire;

wire! {
    pub struct ListPayments {
        /// Student, reference or amount, or empty.
        pub query: String,
        pub student_id: Option<String>,
        /// Only payments with money not set against anything.
        pub unallocated: bool,
        /// `pending`, `confirmed`, `failed` or `reversed`; nothing: all.
        pub state: Option<String>,
        /// Code of the method.
        pub method: Option<String>,
        pub from: Option<String>,
        pub to: Option<String>,
        pub amount_from: Option<String>,
        pub amount_to: Option<String>,
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct PaymentPage {
        pub rows: Vec<PaymentRow>,
        pub total: u32,
        pub amount: Money,
        pub unallocated: Money,
    }

    pub struct PaymentRow {
        pub id: String,
        pub student_id: String,
        pub student: String,
        pub received_on: String,
        pub method: String,
        pub method_name: String,
        pub reference: String,
        pub amount: Money,
        pub unallocated: Money,
        /// Where it is in another currency than the books.
        pub base: Option<MoneyBase>,
        /// Numbers of the invoices it settles.
        pub invoices: Vec<String>,
        /// `pending`, `confirmed`, `failed` or `reversed`.
        pub state: String,
        pub exports: Vec<super::invoices::ExportMark>,
    }

    /// What the payment page shows for a student.
    pub struct PaymentForm {
        pub student_id: String,
        /// Nothing: only what is open and what credit there is.
        pub amount: Option<String>,
        /// Named first when proposing, before the oldest.
        pub invoice_id: Option<String>,
        /// Invoices that the payment's reference names: proposed next, before the oldest.
        #[serde(default)]
        pub referred: Vec<String>,
        /// Nothing: that of the invoice named, or of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub currency: Option<String>,
        /// The day whose rate counts; nothing: today.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub on: Option<String>,
    }

    pub struct PaymentFormView {
        pub student: String,
        /// In the currency of the books.
        pub balance: Money,
        /// The currency asked for.
        pub currency: String,
        /// That of the books, those in which the student has something open or unused, and those
        /// with a rate of the day: money may come in advance.
        pub currencies: Vec<String>,
        /// What the amount is worth by the rate of the day; nothing in the currency of the books, or
        /// where no rate is known.
        pub base: Option<Money>,
        /// That rate.
        pub rate: Option<String>,
        /// Its day.
        pub rate_on: Option<String>,
        /// Those in the currency.
        pub open_items: Vec<OpenItemView>,
        /// Credit in the currency that could be used beside the payment.
        pub credits: Vec<CreditView>,
        /// Proposed shares of the amount, one per open item.
        pub shares: Vec<ShareInput>,
        pub remaining: Money,
    }

    pub struct OpenItemView {
        pub invoice_id: String,
        pub number: String,
        pub issue_date: String,
        pub due_date: String,
        pub days_overdue: i32,
        pub gross: Money,
        pub open: Money,
        /// What is open in the currency of the books, where it is in another one.
        pub base: Option<Money>,
    }

    /// Money not set against any invoice.
    pub struct CreditView {
        /// `payment` or `credit_note`.
        pub source: String,
        pub source_id: String,
        pub label: String,
        pub date: String,
        pub unused: Money,
        /// What is unused in the currency of the books, where it is in another one.
        pub base: Option<Money>,
    }

    pub struct ShareInput {
        pub invoice_id: String,
        pub amount: String,
    }

    /// What a way to pay costs on top, in the basis of the school's prices.
    pub struct SurchargeRule {
        /// Percent of what is paid; empty: none.
        pub percent: String,
        /// An amount for each payment; empty: none.
        pub fixed: String,
        /// The entry of the price list that it is sold as.
        pub service_id: String,
    }

    pub struct SavePaymentMethod {
        pub code: String,
        pub name: String,
        /// Account of the school's chart that the money is posted to, or empty.
        pub account: String,
        pub active: bool,
        pub surcharge: Option<SurchargeRule>,
        /// It must not be there yet.
        pub is_new: bool,
    }

    /// Checks typed shares, for the line "received − allocated = remaining".
    pub struct CheckShares {
        pub student_id: String,
        pub amount: String,
        pub shares: Vec<ShareInput>,
        /// The way to pay, for its surcharge.
        #[serde(default)]
        pub method: Option<String>,
        /// The currency of `amount` and shares; nothing: that of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub foreign: Option<ForeignMoney>,
        /// The day whose rate counts; nothing: today.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub on: Option<String>,
    }

    /// What is taken on top of an amount, and sold with an invoice of its own.
    pub struct SurchargeView {
        pub name: String,
        /// With VAT.
        pub gross: Money,
        /// What is taken in all.
        pub total: Money,
    }

    pub struct SharesChecked {
        pub allocated: Money,
        /// Kept as credit; below nothing when too much is set against invoices.
        pub remaining: Money,
        /// In the currency of the books, as is the one after it.
        pub balance_now: Money,
        pub balance_after: Money,
        /// What the money is worth in the books, where it is in another currency.
        pub base: Option<Money>,
        /// What the shares would gain by exchange; below nothing: lose.
        pub gain: Option<Money>,
        /// Per share what stays open after it.
        pub open_after: Vec<Money>,
        /// Code of what keeps it from being recorded.
        pub problem: Option<String>,
        pub problem_params: std::collections::BTreeMap<String, String>,
        /// Rests the school lets go with the payment, where a person says so.
        pub small_rests: Vec<SmallRest>,
        /// What the way to pay costs on top.
        pub surcharge: Option<SurchargeView>,
    }

    pub struct SmallRest {
        pub invoice_id: String,
        pub number: String,
        pub rest: Money,
    }

    pub struct RecordPayment {
        /// Made when the page opens: pressing twice records once.
        pub id: String,
        pub student_id: String,
        pub method: String,
        pub received_on: String,
        pub amount: String,
        pub reference: String,
        pub note: String,
        pub shares: Vec<ShareInput>,
        /// Announced, not there yet: settles nothing until it is confirmed.
        pub pending: Option<bool>,
        /// Who told of it and its name there, as `stripe/evt_1`: the same event twice is one
        /// payment, whatever its `id`.
        pub event: Option<String>,
        /// A person has seen the payments that look the same: this is another one.
        pub is_another: Option<bool>,
        /// Invoices whose small rest is let go.
        pub write_off: Option<Vec<String>>,
        /// The surcharge as the person saw it, with VAT: taken beside `amount`. Nothing: none is
        /// taken.
        #[serde(default)]
        pub surcharge: Option<String>,
        /// The currency of `amount` and shares; nothing: that of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub foreign: Option<ForeignMoney>,
    }

    /// Sets credit that is already there against invoices.
    pub struct UseCredit {
        /// Made when the form opens.
        pub id: String,
        pub source: String,
        pub source_id: String,
        pub shares: Vec<ShareInput>,
        pub date: String,
    }

    pub struct PaymentRequest {
        pub id: String,
    }

    pub struct PaymentView {
        pub id: String,
        pub student_id: String,
        pub student: String,
        pub received_on: String,
        pub method: String,
        pub method_name: String,
        pub reference: String,
        pub note: String,
        pub amount: Money,
        pub unallocated: Money,
        /// Where it is in another currency than the books.
        pub base: Option<MoneyBase>,
        pub allocations: Vec<AllocationView>,
        /// `pending`, `confirmed`, `failed` or `reversed`.
        pub state: String,
        /// The first day it counts; nothing while it has not arrived.
        pub counts_from: Option<String>,
        /// The first day it no longer counts.
        pub counts_until: Option<String>,
        pub event: Option<String>,
        /// What of it was paid back.
        pub refunds: Vec<RefundRow>,
        pub history: Vec<super::common::HistoryEntry>,
        pub exports: Vec<super::invoices::ExportView>,
    }

    /// What of a payment was paid back.
    pub struct RefundRow {
        pub id: String,
        pub paid_on: String,
        /// Out of this payment.
        pub amount: Money,
        pub reason: String,
    }

    pub struct AllocationView {
        pub id: String,
        pub invoice_id: String,
        pub invoice_number: String,
        pub amount: Money,
        /// What was gained by exchange, in the currency of the books; below nothing: lost.
        pub gain: Option<Money>,
        pub date: String,
        /// The first day it no longer counts; nothing: it still does.
        pub ended_on: Option<String>,
    }
}
