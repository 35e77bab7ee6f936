//! The debt gate: its rules, what it says of a student, and who was let through.

use super::common::Money;
use super::wire;

wire! {
    /// When a light goes on: as soon as one of the limits that are set is passed.
    pub struct GateLimits {
        /// More than this is overdue, after credit.
        pub overdue: Option<Money>,
        /// The oldest debt is overdue for more days than this.
        pub days_overdue: Option<u16>,
        /// More than this is owed in all, after credit.
        pub balance: Option<Money>,
        /// Something is owed, and the driving test is no more than so many days away.
        pub test_lead_days: Option<u16>,
    }

    pub struct GateRuleView {
        /// Nothing: the rule that holds where the school has set none.
        pub valid_from: Option<String>,
        pub watch: GateLimits,
        pub blocked: GateLimits,
        /// Who owes no more than this is clear in any case.
        pub least: Option<Money>,
    }

    pub struct GateRules {
        /// The one that holds today.
        pub current: GateRuleView,
        /// All that were set, the latest first; also those still to come.
        pub rules: Vec<GateRuleView>,
    }

    /// Limits as they are typed: amounts are decimal strings.
    pub struct GateLimitsInput {
        pub overdue: Option<String>,
        pub days_overdue: Option<u16>,
        pub balance: Option<String>,
        pub test_lead_days: Option<u16>,
    }

    /// Sets the rule of a day on; another of the same day is replaced.
    pub struct SaveGateRule {
        pub valid_from: String,
        pub watch: GateLimitsInput,
        pub blocked: GateLimitsInput,
        pub least: Option<String>,
    }

    /// Whether a student may book on. One of id and number is given.
    pub struct DebtGate {
        pub student_id: Option<String>,
        pub number: Option<String>,
        /// The day of what is to be booked, if nothing is paid until then; nothing: today.
        pub on: Option<String>,
    }

    pub struct DebtGateView {
        pub student_id: String,
        pub number: String,
        pub name: String,
        pub on: String,
        /// `clear`, `watch` or `blocked`.
        pub light: String,
        /// Not blocked, or let through by a person.
        pub allowed: bool,
        /// The limits that lit the light.
        pub passed: Vec<GatePassed>,
        /// Open invoices less credit.
        pub balance: Money,
        /// Overdue, after credit.
        pub overdue: Money,
        pub credit: Money,
        pub days_overdue: u32,
        /// The day of the driving test.
        pub test_on: Option<String>,
        /// The first later day on which the light says blocked if nothing is paid; within a year.
        pub blocked_from: Option<String>,
        /// The first day of the rule; nothing: the school has set none.
        pub rule_from: Option<String>,
        /// Who was let through, also where that has ended since.
        pub pass: Option<GatePass>,
    }

    pub struct GatePassed {
        /// `overdue`, `days_overdue`, `balance` or `test`.
        pub what: String,
        /// Of an amount: what it is, and its limit.
        pub amount: Option<Money>,
        pub limit: Option<Money>,
        /// Of days: how many, and their limit.
        pub days: Option<u32>,
        pub limit_days: Option<u16>,
    }

    /// A student let through by a person.
    pub struct GatePass {
        pub until: String,
        pub reason: String,
        /// Whether it holds on the day asked for.
        pub holds: bool,
    }

    /// Lets a student through until a day, or takes that back.
    pub struct OverrideDebtGate {
        pub student_id: String,
        /// The last day; needed to let somebody through.
        pub until: Option<String>,
        pub reason: String,
        /// False takes it back.
        pub active: bool,
    }

    /// Sets the day of the driving test; nothing takes it away.
    pub struct SetDrivingTest {
        pub student_id: String,
        pub on: Option<String>,
    }
}
