//! Our codes in those of an accounting system, as a person mapped them.
//!
//! Never guesses one: what is not mapped is not found.

use super::currency::Currencies;
use finance::Currency;
use finance::booking_rule::{Booked, BookingRule, Setting, SettingKind, decide};
use finance::ids::DepartmentId;
use finance::mapping::{GROUPED, MappedKind, Mapping};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::exports::RemoteRows;

/// Our codes in theirs.
#[derive(Clone, Debug)]
pub enum Codes {
    /// As mapped by a person.
    Mapped(Box<MappedCodes>),
    /// Our own codes: a file for people needs no others.
    Own,
}

/// What a person mapped, for the school and for its departments.
#[derive(Clone, Debug, Default)]
pub struct MappedCodes {
    codes: HashMap<(Option<DepartmentId>, MappedKind, String), String>,
    /// Codes of theirs that are known to be unusable.
    pub(super) gone: HashSet<(RemoteSide, String)>,
    /// Codes of their bank accounts.
    banks: HashSet<String>,
    pub(super) currencies: Currencies,
    rules: Rules,
}

impl Codes {
    /// Whether this is known to be a bank account there.
    pub(super) fn is_bank(&self, account: &str) -> bool {
        matches!(self, Self::Mapped(codes) if codes.banks.contains(account))
    }

    /// Whether one customer stands there for students, in any department.
    pub(super) fn groups_students(&self) -> bool {
        let Self::Mapped(codes) = self else { return false };
        let mut rows = codes.codes.iter();
        rows.any(|((_, kind, _), code)| *kind == MappedKind::Customer && code == GROUPED)
    }

    /// The ways to pay whose money may come to a bank account there, by their codes; nothing: any,
    /// because a rule may send it there.
    pub(super) fn methods_to_banks(&self) -> Option<Vec<String>> {
        let Self::Mapped(codes) = self else { return Some(Vec::new()) };
        if self.groups_students() {
            return Some(Vec::new());
        }
        let mut rules = codes.rules.values().flatten().filter(|rule| rule.on);
        let is_to_bank = |it: &Setting| matches!(it, Setting::PaymentAccount(code) if codes.banks.contains(code));
        if rules.any(|rule| rule.set.iter().any(is_to_bank)) {
            return None;
        }
        let mapped = codes.codes.iter().filter(|((_, kind, _), code)| {
            *kind == MappedKind::PaymentMethod && codes.banks.contains(*code)
        });
        Some(mapped.map(|((_, _, method), _)| method.clone()).collect())
    }
}

/// The rules of a mapping, by level, in their order.
pub type Rules = BTreeMap<Option<DepartmentId>, Vec<BookingRule>>;

/// The rules that count for a department: its own, then the school's.
pub fn rules_of(
    rules: &Rules,
    department: Option<DepartmentId>,
) -> impl Iterator<Item = &BookingRule> {
    let own = department.and_then(|id| rules.get(&Some(id)));
    own.into_iter().chain(rules.get(&None)).flatten()
}

impl MappedCodes {
    /// As the book and the last reading of the other side tell.
    pub fn new(
        mappings: Vec<Mapping>,
        rules: Rules,
        remote: &RemoteRows,
        own: Option<Currency>,
    ) -> Self {
        let code = |it: Mapping| Some(((it.department_id, it.kind, it.local_key), it.remote_code?));
        let lists = [
            (RemoteSide::Account, &remote.accounts),
            (RemoteSide::TaxCode, &remote.tax_codes),
            (RemoteSide::Tracking, &remote.tracking),
            (RemoteSide::Field, &remote.fields),
        ];
        let unusable = lists.into_iter().flat_map(|(side, rows)| {
            let inactive = rows.iter().filter(|row| !row.active);
            inactive.map(move |row| (side, row.code.clone()))
        });
        let codes = mappings.into_iter().filter_map(code).collect();
        let banks = remote.accounts.iter().filter(|it| it.class == "bank");
        let banks = banks.map(|it| it.code.clone()).collect();
        let currencies = Currencies::of(remote, own);
        Self { codes, gone: unusable.collect(), banks, currencies, rules }
    }

    /// Whether there are any rules at all.
    pub(super) fn has_rules(&self) -> bool {
        self.rules.values().any(|rules| !rules.is_empty())
    }

    /// What a rule sets for a document or line, with the rule.
    pub(super) fn decide(
        &self,
        of: &Booked<'_>,
        kind: SettingKind,
    ) -> Option<(&BookingRule, &str)> {
        decide(rules_of(&self.rules, of.department), of, kind)
    }

    /// The department's own code, or else the school's, with the level it stands at.
    pub(super) fn find(
        &self,
        department: Option<DepartmentId>,
        kind: MappedKind,
        local_key: &str,
    ) -> Option<(Option<DepartmentId>, &String)> {
        let at =
            |level| self.codes.get(&(level, kind, local_key.to_owned())).map(|code| (level, code));
        department.and_then(|id| at(Some(id))).or_else(|| at(None))
    }
}

/// Which of their lists a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RemoteSide {
    /// Accounts.
    Account,
    /// Tax rates.
    TaxCode,
    /// What parts of a business are told apart by.
    Tracking,
    /// Currencies.
    Currency,
    /// Fields of the school's own on sales documents.
    Field,
    /// How students stand there: a choice of ours, and no list of theirs.
    Customer,
}

impl RemoteSide {
    /// The list a kind of ours is mapped into.
    pub const fn of(kind: MappedKind) -> Self {
        match kind {
            MappedKind::Service | MappedKind::PaymentMethod | MappedKind::LedgerAccount => {
                Self::Account
            }
            MappedKind::TaxCode => Self::TaxCode,
            MappedKind::Department => Self::Tracking,
            MappedKind::Currency => Self::Currency,
            MappedKind::CustomField => Self::Field,
            MappedKind::Customer => Self::Customer,
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::TaxCode => "tax_code",
            Self::Tracking => "tracking",
            Self::Currency => "currency",
            Self::Field => "field",
            Self::Customer => "customer",
        }
    }
}

/// Every kind, in the order they are shown.
pub const KINDS: [MappedKind; 8] = [
    MappedKind::LedgerAccount,
    MappedKind::Service,
    MappedKind::TaxCode,
    MappedKind::PaymentMethod,
    MappedKind::Currency,
    MappedKind::Department,
    MappedKind::Customer,
    MappedKind::CustomField,
];

/// The word a kind of ours goes by.
pub const fn kind_word(kind: MappedKind) -> &'static str {
    match kind {
        MappedKind::Service => "service",
        MappedKind::TaxCode => "tax_code",
        MappedKind::PaymentMethod => "payment_method",
        MappedKind::Department => "department",
        MappedKind::Currency => "currency",
        MappedKind::CustomField => "custom_field",
        MappedKind::Customer => "customer",
        MappedKind::LedgerAccount => "ledger_account",
    }
}

/// The kind behind a word.
pub fn kind_of(word: &str) -> Option<MappedKind> {
    KINDS.into_iter().find(|kind| kind_word(*kind) == word)
}

/// The mapping key of a line without an entry of the price list: its account stands in.
pub fn account_key(income_account: &str) -> String {
    format!("account:{income_account}")
}

/// The subject of the cause that a missing mapping is.
pub fn mapping_subject(kind: MappedKind, local_key: &str) -> String {
    format!("{}:{local_key}", kind_word(kind))
}
