//! What of ours the rules of a mapping decide, whatever it is mapped onto.
//!
//! Never says so of a rule that asks about more than is known: it may hold for some documents only.

use super::rows::{Level, Ours, Surveyed};
use crate::export::codes::rules_of;
use finance::booking_rule::{Booked, BookedLine, BookingRule, SettingKind, decide};
use finance::mapping::MappedKind;

impl Surveyed {
    /// The rules of a level.
    pub fn rules_at(&self, level: Level) -> &[BookingRule] {
        self.rules.get(&level).map_or(&[], Vec::as_slice)
    }

    /// The rule that decides one of ours on every document of a department, with what it sets: one
    /// that asks about nothing else.
    pub fn ruled(&self, department: Level, ours: &Ours) -> Option<(&BookingRule, &str)> {
        let line = BookedLine {
            service: Some(ours.local_key.clone()).filter(|_| ours.kind == MappedKind::Service),
            kind: ours.hint.sold,
            tax_code: Some(ours.local_key.as_str()).filter(|_| ours.kind == MappedKind::TaxCode),
            text: None,
        };
        let (method, kind) = match ours.kind {
            MappedKind::Service => (None, SettingKind::Account),
            MappedKind::TaxCode => (None, SettingKind::TaxCode),
            MappedKind::PaymentMethod => {
                (Some(ours.local_key.as_str()), SettingKind::PaymentAccount)
            }
            MappedKind::Department
            | MappedKind::Customer
            | MappedKind::Currency
            | MappedKind::CustomField
            | MappedKind::LedgerAccount => return None,
        };
        let of = Booked { department, method, lines: vec![line], ..Booked::default() };
        decide(rules_of(&self.rules, department), &of, kind)
    }

    /// Whether a rule decides it onto something usable, whatever it is mapped onto.
    pub fn is_ruled(&self, department: Level, ours: &Ours) -> bool {
        self.ruled(department, ours).is_some_and(|(_, code)| self.is_usable(ours.kind, code))
    }

    /// Whether a code may be named; before the other side was read, nothing is known to be gone.
    pub fn is_usable(&self, kind: MappedKind, code: &str) -> bool {
        !self.read_once || self.theirs(kind, code).is_some_and(|theirs| theirs.active)
    }
}
