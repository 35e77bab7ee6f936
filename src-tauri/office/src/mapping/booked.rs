//! What is mapped by what a connection is told: documents name what was sold, its VAT and how it was
//! paid, journal entries name accounts.
//!
//! Never offers an account that the system would refuse.

use super::reading::class_word;
use super::rows::{Hint, Ours};
use crate::export::files;
use crate::export::journals::chart;
use crate::fault::Fault;
use crate::show;
use chrono::NaiveDate;
use finance::journal::Booking;
use finance::mapping::{EACH, FIELDS, GROUPED, MappedKind, STUDENTS};
use providers::document::AccountClass;
use providers::registry::Provider;
use std::collections::BTreeSet;
use store::exports::{RemoteRow, RemoteRows};
use store::{ConnectionRow, View};

/// What is mapped for a connection. Journal entries name accounts and departments only: their VAT is
/// a line like any other. Our own codes and customers stand in files.
pub(super) fn kinds(row: &ConnectionRow) -> &'static [MappedKind] {
    if row.provider == files::PROVIDER {
        return &[];
    }
    match row.booking {
        Booking::Documents => &[
            MappedKind::Service,
            MappedKind::TaxCode,
            MappedKind::PaymentMethod,
            MappedKind::Currency,
            MappedKind::Department,
            MappedKind::Customer,
            MappedKind::CustomField,
        ],
        Booking::JournalPerDocument | Booking::JournalPerDay => {
            &[MappedKind::LedgerAccount, MappedKind::Department]
        }
    }
}

/// The one choice of how students stand there.
pub(super) fn students() -> Ours {
    Ours {
        kind: MappedKind::Customer,
        local_key: STUDENTS.to_owned(),
        label: STUDENTS.to_owned(),
        code: String::new(),
        detail: String::new(),
        hint: Hint::default(),
    }
}

/// What fields of the school's own may be filled with, where the company has any.
pub(super) fn fields(remote: &RemoteRows) -> Vec<Ours> {
    let ours = FIELDS.into_iter().filter(|_| !remote.fields.is_empty()).map(|key| Ours {
        kind: MappedKind::CustomField,
        local_key: key.to_owned(),
        label: key.to_owned(),
        code: String::new(),
        detail: String::new(),
        hint: Hint::default(),
    });
    ours.collect()
}

/// How students may stand there.
pub(super) fn customers() -> Vec<RemoteRow> {
    let form = |code: &str| RemoteRow {
        remote_id: code.to_owned(),
        code: code.to_owned(),
        name: code.to_owned(),
        class: String::new(),
        rate: None,
        default_tax_code: None,
        currency: None,
        for_sales: true,
        active: true,
    };
    [EACH, GROUPED].map(form).into()
}

/// Leaves the accounts that may be named: of documents those for sales and payments, of journal
/// entries those that the system takes them on.
pub(super) fn nameable(row: &ConnectionRow, remote: &mut RemoteRows) {
    let journals = Provider::from_key(&row.provider).map(|it| it.capabilities().journal_accounts);
    let journals = journals.unwrap_or_default();
    let may = |class: &str| match row.booking.is_journal() {
        true => journals.iter().any(|it| class_word(*it) == class),
        false => class != class_word(AccountClass::Ledger),
    };
    remote.accounts.retain(|theirs| may(&theirs.class));
}

/// The accounts of our chart that are known to be needed.
pub(super) async fn accounts(
    view: &mut View,
    known: &BTreeSet<(MappedKind, String)>,
) -> Result<Vec<Ours>, Fault> {
    let entries = chart(view).await?.entries().into_iter();
    let needed =
        entries.filter(|it| known.contains(&(MappedKind::LedgerAccount, it.number.clone())));
    let ours = needed.map(|account| Ours {
        kind: MappedKind::LedgerAccount,
        local_key: account.number.clone(),
        label: account.name,
        code: account.number.clone(),
        detail: show::name_of(&account.kind, crate::ledger::KINDS),
        hint: Hint { account: account.number, ..Hint::default() },
    });
    Ok(ours.collect())
}

/// The accounts on which something was posted from a day on, and those that the ways to pay lie on.
pub(super) async fn posted(
    view: &mut View,
    from: Option<NaiveDate>,
) -> Result<BTreeSet<String>, Fault> {
    let chart = chart(view).await?;
    let mut accounts = BTreeSet::new();
    for sum in view.movement_sums(from, None).await? {
        let postings = sum.movement.postings(&chart)?;
        let posted = postings.into_iter().filter(|it| !it.amount.is_zero());
        accounts.extend(posted.map(|it| it.account));
    }
    let methods = view.payment_methods().await?.into_iter().filter(|method| method.active);
    accounts.extend(methods.map(|method| chart.money(&method.code).to_owned()));
    accounts.extend([chart.receivables(), chart.credit()].map(str::to_owned));
    Ok(accounts)
}
