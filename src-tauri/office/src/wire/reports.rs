//! Revenue, debt over time, VAT and takings, and the rows behind their figures.
//!
//! Where something stands in a picture comes as thousandths of the axis, so that whoever draws it
//! computes with no money. Amounts of two currencies are never added: each has its own part.

use super::common::{FileWish, Money, Window};
use super::wire;

wire! {
    /// An axis of a picture.
    pub struct ChartAxis {
        /// Amounts written beside it, from the lowest.
        pub ticks: Vec<ChartTick>,
        /// Where nothing stands, in thousandths.
        pub zero: i32,
    }

    pub struct ChartTick {
        pub amount: Money,
        /// In thousandths of the axis.
        pub at: i32,
    }

    /// First and last day.
    pub struct PeriodView {
        pub from: String,
        pub to: String,
    }

    pub struct RevenueRequest {
        /// First day, by date of the document.
        pub from: String,
        /// Last day.
        pub to: String,
        /// `service`, `department`, `day`, `week`, `month`, `quarter` or `year`.
        pub by: String,
        pub department_id: Option<String>,
        /// `none`, `before` (the period of the same length before) or `year_before`.
        pub compare: String,
    }

    /// What was invoiced, less what was credited.
    pub struct RevenueView {
        pub from: String,
        pub to: String,
        pub by: String,
        /// The period compared with.
        pub before: Option<PeriodView>,
        /// One for each currency, the school's own first.
        pub parts: Vec<RevenuePart>,
    }

    pub struct RevenuePart {
        pub currency: String,
        pub rows: Vec<RevenueRow>,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
        pub net_before: Option<Money>,
        pub change: Option<Money>,
        /// In thousandths of what it was; nothing where that was nothing.
        pub growth: Option<i32>,
        /// Of net.
        pub axis: ChartAxis,
    }

    pub struct RevenueRow {
        /// Id of the service or department, empty for none; first day of a time.
        pub key: String,
        /// Code of the service, or empty.
        pub code: String,
        /// Name of the service or department, or empty.
        pub name: String,
        /// First and last day of what the row holds.
        pub from: String,
        pub to: String,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
        /// Part of the whole net, in thousandths.
        pub share: i32,
        pub net_before: Option<Money>,
        pub change: Option<Money>,
        pub growth: Option<i32>,
        /// Where net stands on the axis.
        pub at: i32,
        pub at_before: Option<i32>,
    }

    pub struct DebtRequest {
        /// First day.
        pub from: String,
        /// Last day; days after today are left out.
        pub to: String,
        /// `day`, `week`, `month`, `quarter` or `year`.
        pub every: String,
    }

    /// What was open and what overdue at the end of each part of a period.
    pub struct DebtView {
        pub from: String,
        pub to: String,
        pub every: String,
        pub parts: Vec<DebtPart>,
    }

    pub struct DebtPart {
        pub currency: String,
        pub points: Vec<DebtPoint>,
        pub axis: ChartAxis,
    }

    pub struct DebtPoint {
        pub day: String,
        pub open: Money,
        pub overdue: Money,
        /// Where they stand on the axis.
        pub open_at: i32,
        pub overdue_at: i32,
    }

    pub struct VatRequest {
        pub from: String,
        pub to: String,
        /// `whole`, `month`, `two_months`, `quarter` or `year`.
        pub every: String,
        pub department_id: Option<String>,
    }

    /// Turnover and VAT by code.
    pub struct VatReport {
        pub from: String,
        pub to: String,
        pub every: String,
        pub parts: Vec<VatPart>,
    }

    pub struct VatPart {
        pub currency: String,
        pub periods: Vec<VatPeriod>,
        /// Of all periods.
        pub codes: Vec<VatCodeRow>,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    pub struct VatPeriod {
        pub from: String,
        pub to: String,
        pub codes: Vec<VatCodeRow>,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    /// One code at one rate.
    pub struct VatCodeRow {
        pub code: String,
        pub name: String,
        /// `S`, `Z`, `E`, `O` or `AE`.
        pub category: String,
        /// Percent.
        pub rate: String,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    pub struct TakingsRequest {
        pub from: String,
        pub to: String,
        /// `whole`, `day`, `week`, `month`, `quarter` or `year`.
        pub every: String,
        /// Keeps desks apart.
        pub by_desk: bool,
    }

    /// What was taken by each method.
    pub struct TakingsView {
        pub from: String,
        pub to: String,
        pub every: String,
        pub by_desk: bool,
        pub parts: Vec<TakingsPart>,
    }

    pub struct TakingsPart {
        pub currency: String,
        /// Methods that took anything, in the school's order.
        pub methods: Vec<TakingsMethod>,
        pub periods: Vec<TakingsPeriod>,
        pub sums: TakingsSums,
        /// Of what was received.
        pub axis: ChartAxis,
    }

    pub struct TakingsMethod {
        pub method: String,
        pub name: String,
        pub sums: TakingsSums,
    }

    pub struct TakingsPeriod {
        pub from: String,
        pub to: String,
        pub rows: Vec<TakingsRow>,
        pub sums: TakingsSums,
    }

    pub struct TakingsRow {
        pub method: String,
        pub name: String,
        /// The desk's letter, where desks are kept apart.
        pub desk: Option<String>,
        pub sums: TakingsSums,
        /// Where what was received begins and ends when the rows stand on one another.
        pub from_at: i32,
        pub to_at: i32,
    }

    pub struct TakingsSums {
        /// Payments received.
        pub count: u32,
        pub received: Money,
        /// What was gone again.
        pub reversed: Money,
        /// What was paid back.
        pub refunded: Money,
        /// Received, less reversed and refunded.
        pub taken: Money,
    }

    pub struct ListSales {
        pub from: String,
        pub to: String,
        /// Id; empty: documents without a department.
        pub department_id: Option<String>,
        /// Id; empty: lines that are not of the price list.
        pub service_id: Option<String>,
        pub vat_code: Option<String>,
        /// Percent, with a code.
        pub vat_rate: Option<String>,
        /// Nothing: the school's own.
        pub currency: Option<String>,
        pub window: Window,
    }

    /// The documents behind a figure, newest first.
    pub struct SalePage {
        pub rows: Vec<SaleRow>,
        pub total: u32,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    /// What a document brings to a figure.
    pub struct SaleRow {
        pub id: String,
        /// `invoice` or `credit_note`.
        pub kind: String,
        pub number: String,
        pub issue_date: String,
        pub student_id: String,
        pub student: String,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    pub struct ListTakings {
        pub from: String,
        pub to: String,
        pub method: Option<String>,
        pub desk: Option<String>,
        /// Nothing: the school's own.
        pub currency: Option<String>,
        pub window: Window,
    }

    /// The money behind a figure, newest first.
    pub struct TakingPage {
        pub rows: Vec<TakingRow>,
        pub total: u32,
        pub amount: Money,
    }

    pub struct TakingRow {
        /// `received`, `reversed` or `refunded`.
        pub kind: String,
        /// The payment, or of money paid back the refund.
        pub id: String,
        pub day: String,
        pub method_name: String,
        pub desk: String,
        pub student_id: String,
        pub student: String,
        pub reference: String,
        /// Below nothing where it left the school.
        pub amount: Money,
    }

    /// One report.
    pub enum ReportWish {
        Revenue(RevenueRequest),
        Debt(DebtRequest),
        Vat(VatRequest),
        Takings(TakingsRequest),
        Ageing(AgeingFile),
    }

    /// The ageing as a file.
    pub struct AgeingFile {
        pub asked: super::balances::AgeingRequest,
        /// A row for each `student`, `department` or `payer` (who is asked to pay).
        pub group: String,
    }

    pub struct ReportFile {
        pub report: ReportWish,
        /// `csv` or `pdf`.
        pub format: String,
        pub wish: FileWish,
    }

    /// What was done last with money, newest first.
    pub struct RecentView {
        pub rows: Vec<RecentRow>,
    }

    pub struct RecentRow {
        /// `invoice`, `credit_note`, `payment` or `refund`.
        pub kind: String,
        pub id: String,
        /// RFC 3339.
        pub at: String,
        /// Name of who did it, as far as it is known.
        pub actor: String,
        /// Number of a document, name of the method of money.
        pub label: String,
        pub student_id: String,
        pub student: String,
        pub amount: Money,
    }
}
