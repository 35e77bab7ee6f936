//! Payment plans: what may be planned, what was agreed, and how it is kept.

use super::common::{FileWish, Money, Window};
use super::wire;

wire! {
    /// A plan as it is being made.
    pub struct PlanWish {
        /// Made when the dialog opens: pressing twice agrees one plan.
        pub id: String,
        pub student_id: String,
        /// Open invoices of the student, each with all it has open.
        pub invoice_ids: Vec<String>,
        /// The plan it changes; needed where that one covers one of the invoices.
        pub replaces: Option<String>,
        /// Equal parts; nothing: `instalments` as typed.
        pub split: Option<SplitWish>,
        pub instalments: Vec<InstalmentInput>,
        /// Days an instalment may be missed before the plan is broken.
        pub grace_days: u16,
        pub note: String,
    }

    pub struct SplitWish {
        pub count: u16,
        pub first_due: String,
        /// `weekly`, `fortnightly` or `monthly`.
        pub rhythm: String,
        /// `first` or `last`: which instalment takes what does not divide.
        pub remainder: String,
    }

    pub struct InstalmentInput {
        pub due_date: String,
        pub amount: String,
    }

    /// What the dialog shows while a plan is made.
    pub struct PlanPreview {
        /// What the student has open, due first first.
        pub open_items: Vec<PlannableInvoice>,
        /// What the chosen invoices have open.
        pub total: Money,
        /// The instalments as they would be agreed; what cannot be read is left out.
        pub instalments: Vec<InstalmentInput>,
        /// What they come to, and what is missing to the total; below nothing: too much.
        pub sum: Money,
        pub missing: Money,
        /// Why it cannot be agreed: a rule of `errors.cannot_plan`, or of `errors.invalid`.
        pub problem: Option<String>,
        pub problem_field: Option<String>,
        pub problem_params: std::collections::BTreeMap<String, String>,
    }

    pub struct PlannableInvoice {
        pub invoice_id: String,
        pub number: String,
        /// The day it is due by now, by itself or by its plan.
        pub due_date: String,
        pub days_overdue: i32,
        pub open: Money,
        /// The plan that covers it.
        pub plan_id: Option<String>,
    }

    pub struct EndPlan {
        pub id: String,
        pub reason: String,
    }

    pub struct PlanRequest {
        pub id: String,
    }

    pub struct ListPlans {
        /// `all`, `running`, `late`, `broken`, `paid` or `ended`.
        pub shelf: String,
        /// Student's name or number.
        pub query: String,
        pub student_id: Option<String>,
        pub invoice_id: Option<String>,
        pub window: Window,
    }

    pub struct PlanPage {
        pub rows: Vec<PlanView>,
        pub total: u32,
        pub counts: PlanCounts,
    }

    /// Counts for the tabs.
    pub struct PlanCounts {
        pub all: u32,
        pub running: u32,
        pub late: u32,
        pub broken: u32,
        pub paid: u32,
        pub ended: u32,
    }

    /// A plan and how it is kept.
    pub struct PlanView {
        pub id: String,
        pub student_id: String,
        pub student: String,
        pub student_number: String,
        /// `kept`, `late`, `broken`, `paid`, `ended` or `replaced`.
        pub state: String,
        pub agreed_on: String,
        pub invoices: Vec<PlannedInvoiceView>,
        pub instalments: Vec<InstalmentView>,
        pub total: Money,
        /// Still open; nothing once it no longer holds.
        pub open: Option<Money>,
        pub paid: Option<Money>,
        /// Whole percent paid, rounded down.
        pub paid_percent: u8,
        /// Instalments paid in full.
        pub paid_count: u16,
        /// The earliest instalment that is open.
        pub next_due: Option<String>,
        pub next_open: Option<Money>,
        /// Days the next instalment is late; below nothing while there is time.
        pub days_late: i32,
        /// What missed instalments have open.
        pub missed: Option<Money>,
        pub grace_days: u16,
        /// The first day on which it is broken if nothing more is paid.
        pub breaks_on: Option<String>,
        pub note: String,
        pub replaces: Option<String>,
        pub replaced_by: Option<String>,
        pub ended_on: Option<String>,
        pub end_reason: Option<String>,
    }

    pub struct PlannedInvoiceView {
        pub invoice_id: String,
        pub number: String,
        pub due_date: String,
        pub planned: Money,
    }

    pub struct InstalmentView {
        /// From 1.
        pub place: u16,
        pub due_date: String,
        pub amount: Money,
        /// Nothing once the plan no longer holds.
        pub open: Option<Money>,
        /// `paid`, `part_paid`, `open`, `missed`, or `ended`.
        pub state: String,
    }

    /// The letter of a plan.
    pub struct PlanPaper {
        pub id: String,
        pub wish: FileWish,
    }
}
