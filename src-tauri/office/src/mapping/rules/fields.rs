//! What rules may ask about and set, with the choices of each.
//!
//! Never offers what no rule could be about: choices come from our lists and from theirs.

use crate::fault::Fault;
use crate::mapping::fits;
use crate::mapping::rows::Surveyed;
use crate::office::Office;
use crate::show;
use crate::wire::booking_rules::{RuleChoice, RuleField};
use finance::booking_rule::{BookedDocument, CustomerKind, SettingKind};
use finance::mapping::MappedKind;
use std::collections::BTreeSet;
use store::View;
use store::exports::RemoteRow;

/// The words of who pays.
pub const CUSTOMERS: &[(&str, CustomerKind)] = &[
    ("student", CustomerKind::Student),
    ("person", CustomerKind::Person),
    ("business", CustomerKind::Business),
];

/// The words of documents.
pub const DOCUMENTS: &[(&str, BookedDocument)] = &[
    ("invoice", BookedDocument::Invoice),
    ("credit_note", BookedDocument::CreditNote),
    ("payment", BookedDocument::Payment),
    ("refund", BookedDocument::Refund),
];

/// The words of settings.
pub const SETTINGS: &[(&str, SettingKind)] = &[
    ("account", SettingKind::Account),
    ("tax_code", SettingKind::TaxCode),
    ("tracking", SettingKind::Tracking),
    ("payment_account", SettingKind::PaymentAccount),
    ("line_text", SettingKind::LineText),
];

/// What may be asked about and set.
pub struct Fields {
    /// What may be asked about.
    pub conditions: Vec<RuleField>,
    /// What may be set.
    pub settings: Vec<RuleField>,
}

impl Fields {
    /// As our lists and theirs stand.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn read(
        office: &Office,
        view: &mut View,
        surveyed: &Surveyed,
    ) -> Result<Self, Fault> {
        let own = office.school.currency.code().to_owned();
        let rates = view.exchange_rates().await?.into_iter();
        let coins: BTreeSet<String> =
            rates.map(|rate| rate.currency.code().to_owned()).chain([own]).collect();
        let coins = coins.into_iter().map(|code| word(&code)).collect();
        let ours = |kind| ours(surveyed, kind);
        let conditions = vec![
            choice("service", ours(MappedKind::Service)),
            choice("service_kind", words(show::SERVICE_KINDS)),
            choice("department", ours(MappedKind::Department)),
            choice("tax_code", ours(MappedKind::TaxCode)),
            choice("customer", words(CUSTOMERS)),
            choice("currency", coins),
            typed("amount", "amount"),
            typed("date", "date"),
            choice("payment_method", ours(MappedKind::PaymentMethod)),
            choice("document", words(DOCUMENTS)),
            typed("text", "text"),
        ];
        let remote = &surveyed.remote;
        let settings = vec![
            choice("account", theirs(MappedKind::Service, &remote.accounts)),
            choice("tax_code", theirs(MappedKind::TaxCode, &remote.tax_codes)),
            choice("tracking", theirs(MappedKind::Department, &remote.tracking)),
            choice("payment_account", theirs(MappedKind::PaymentMethod, &remote.accounts)),
            typed("line_text", "text"),
        ];
        // A list with nothing to choose from is no offer.
        let usable = |it: &RuleField| it.form != "choice" || !it.choices.is_empty();
        Ok(Self {
            conditions: conditions.into_iter().filter(usable).collect(),
            settings: settings.into_iter().filter(usable).collect(),
        })
    }
}

fn field(of: &str, form: &str, choices: Vec<RuleChoice>) -> RuleField {
    RuleField { of: of.to_owned(), form: form.to_owned(), choices }
}

fn choice(of: &str, choices: Vec<RuleChoice>) -> RuleField {
    field(of, "choice", choices)
}

fn typed(of: &str, form: &str) -> RuleField {
    field(of, form, Vec::new())
}

fn word(value: &str) -> RuleChoice {
    RuleChoice { value: value.to_owned(), label: String::new(), code: String::new() }
}

fn words<T>(names: &[(&str, T)]) -> Vec<RuleChoice> {
    names.iter().map(|(name, _)| word(name)).collect()
}

fn ours(surveyed: &Surveyed, kind: MappedKind) -> Vec<RuleChoice> {
    let ours = surveyed.ours.iter().filter(|it| it.kind == kind).map(|it| RuleChoice {
        value: it.local_key.clone(),
        label: it.label.clone(),
        code: it.code.clone(),
    });
    ours.collect()
}

fn theirs(kind: MappedKind, rows: &[RemoteRow]) -> Vec<RuleChoice> {
    let usable = rows.iter().filter(|row| row.active && fits(kind, row)).map(|row| RuleChoice {
        value: row.code.clone(),
        label: row.name.clone(),
        code: row.code.clone(),
    });
    usable.collect()
}
