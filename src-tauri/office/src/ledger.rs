//! The journal as an accountant reads it: entries, trial balance, chart of accounts.
//!
//! Never posts anything: what happened is posted by the chart when it is asked for.

mod chart;
mod files;
mod taxes;

pub use chart::{ledger_chart, save_ledger_account};
pub use files::export_ledger;
pub use taxes::save_tax_code;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::ledger::{
    JournalEntry, JournalOf, JournalOfView, JournalPage, JournalRequest, PostingView,
    TrialBalanceRequest, TrialBalanceView, TrialRow,
};
use crate::{invoices, listing, show, typed};
use chrono::NaiveDate;
use finance::ledger::{AccountKind, Cause, Chart, ChartEntry, Entry, EntryRejection};
use finance::payment::PaymentMethod;
use finance::{Currency, Money};
use std::collections::BTreeMap;
use store::{JournalAbout, JournalFilter, JournalRow, View};
use uuid::Uuid;

/// The names of account kinds on the wire.
pub(crate) const KINDS: &[(&str, AccountKind)] = &[
    ("asset", AccountKind::Asset),
    ("liability", AccountKind::Liability),
    ("equity", AccountKind::Equity),
    ("income", AccountKind::Income),
    ("expense", AccountKind::Expense),
];

fn unbalanced(rejection: &EntryRejection) -> Fault {
    Fault::new(Code::Internal, rejection.to_string())
}

/// A period, its end not before its beginning.
///
/// # Errors
/// [`Code::Invalid`].
fn period(
    from: Option<&str>,
    to: Option<&str>,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Fault> {
    let (from, to) = (typed::optional_date("from", from)?, typed::optional_date("to", to)?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        let fault = Fault::new(Code::Invalid, "The period ends before it begins.");
        return Err(fault.at("to").rule("period"));
    }
    Ok((from, to))
}

/// The chart by which a book of a country is posted.
///
/// # Errors
/// What the database reports.
pub(crate) async fn chart_of(
    view: &mut View,
    country: &str,
    methods: &[PaymentMethod],
) -> Result<Chart, Fault> {
    let template = finance::ledger::charts::template(country);
    let money = methods.iter().map(|method| (method.code.clone(), method.account.clone()));
    Ok(Chart::new(template, view.ledger_accounts().await?, money))
}

/// The chart as it stands, with the names of its accounts and of the ways to pay.
struct Accounts {
    chart: Chart,
    entries: BTreeMap<String, ChartEntry>,
    methods: Vec<PaymentMethod>,
    currency: Currency,
}

impl Accounts {
    async fn read(view: &mut View, office: &Office) -> Result<Self, Fault> {
        let methods = view.payment_methods().await?;
        let chart = chart_of(view, &office.school.country, &methods).await?;
        let entries = chart.entries().into_iter();
        let entries = entries.map(|entry| (entry.number.clone(), entry)).collect();
        Ok(Self { chart, entries, methods, currency: office.school.currency })
    }

    fn name(&self, number: &str) -> String {
        self.entries.get(number).map(|entry| entry.name.clone()).unwrap_or_default()
    }

    fn kind(&self, number: &str) -> String {
        let kind = self.entries.get(number).map(|entry| entry.kind);
        kind.map(|kind| show::name_of(&kind, KINDS)).unwrap_or_default()
    }

    /// What decides that a movement touches an account, over everything that was ever posted.
    async fn keys_of(&self, view: &mut View, account: &str) -> Result<Vec<String>, Fault> {
        let mut keys = Vec::new();
        for sum in view.movement_sums(None, None).await? {
            let postings = sum.movement.postings(&self.chart)?;
            let touches =
                |p: &finance::ledger::Posting| p.account == account && !p.amount.is_zero();
            if postings.iter().any(touches) {
                keys.push(sum.movement.key());
            }
        }
        Ok(keys)
    }

    fn entry(&self, row: JournalRow) -> Result<JournalEntry, Fault> {
        let entry = Entry::of(&row.movements, &self.chart).map_err(|it| unbalanced(&it))?;
        let money = matches!(row.cause, Cause::Payment | Cause::PaymentReversed | Cause::Refund);
        let (about, about_id) = about(row.about);
        let debits = entry.postings().iter().map(|posting| posting.amount);
        let debits = debits.filter(|amount| amount.is_positive());
        Ok(JournalEntry {
            on: row.on.to_string(),
            cause: row.cause.word().to_owned(),
            id: row.id.to_string(),
            about: about.to_owned(),
            about_id: about_id.to_string(),
            label: if money { invoices::method_name(&row.label, &self.methods) } else { row.label },
            student: row.student,
            total: Money::sum(self.currency, debits)?.into(),
            postings: entry
                .postings()
                .iter()
                .map(|posting| PostingView {
                    account_name: self.name(&posting.account),
                    account: posting.account.clone(),
                    tax_code: posting.tax_code.clone(),
                    debit: posting.amount.is_positive().then(|| posting.amount.into()),
                    credit: posting.amount.is_negative().then(|| posting.amount.negated().into()),
                })
                .collect(),
        })
    }
}

const fn about(about: JournalAbout) -> (&'static str, Uuid) {
    match about {
        JournalAbout::Invoice(id) => ("invoice", id),
        JournalAbout::CreditNote(id) => ("credit_note", id),
        JournalAbout::Payment(id) => ("payment", id),
        JournalAbout::Refund(id) => ("refund", id),
        JournalAbout::Student(id) => ("student", id),
    }
}

/// A part of the journal.
pub async fn list_journal(
    office: &Office,
    _: &Actor,
    request: JournalRequest,
) -> Result<JournalPage, Fault> {
    let (from, to) = period(request.from.as_deref(), request.to.as_deref())?;
    let mut view = office.store.read().await?;
    let accounts = Accounts::read(&mut view, office).await?;
    let keys = match &request.account {
        Some(account) => Some(accounts.keys_of(&mut view, account).await?),
        None => None,
    };
    let filter = JournalFilter { from, to, keys };
    let page = view.journal(&filter, listing::window(&request.window)).await?;
    let rows = page.rows.into_iter().map(|row| accounts.entry(row)).collect::<Result<_, _>>()?;
    Ok(JournalPage { rows, total: page.total })
}

/// The entries about one thing.
pub async fn journal_of(
    office: &Office,
    _: &Actor,
    request: JournalOf,
) -> Result<JournalOfView, Fault> {
    let id: Uuid = typed::id("id", &request.id)?;
    let mut view = office.store.read().await?;
    let accounts = Accounts::read(&mut view, office).await?;
    let rows = view.journal_of(id).await?.into_iter();
    Ok(JournalOfView { entries: rows.map(|row| accounts.entry(row)).collect::<Result<_, _>>()? })
}

/// What one account came to, on both sides.
#[derive(Clone, Copy)]
struct Turnover {
    opening: Money,
    debit: Money,
    credit: Money,
}

impl Turnover {
    fn closing(&self) -> Result<Money, Fault> {
        Ok(self.opening.plus(self.debit)?.minus(self.credit)?)
    }
}

/// Every account over a period.
pub async fn trial_balance(
    office: &Office,
    _: &Actor,
    request: TrialBalanceRequest,
) -> Result<TrialBalanceView, Fault> {
    let (from, to) = period(request.from.as_deref(), request.to.as_deref())?;
    let mut view = office.store.read().await?;
    let accounts = Accounts::read(&mut view, office).await?;
    let zero = Money::zero(office.school.currency);
    let none = Turnover { opening: zero, debit: zero, credit: zero };
    let mut turnovers: BTreeMap<String, Turnover> = BTreeMap::new();
    if let Some(before) = from.and_then(|day| day.pred_opt()) {
        for sum in view.movement_sums(None, Some(before)).await? {
            for posting in sum.movement.postings(&accounts.chart)? {
                let of = turnovers.entry(posting.account).or_insert(none);
                of.opening = of.opening.plus(posting.amount)?;
            }
        }
    }
    for sum in view.movement_sums(from, to).await? {
        let entry = Entry::of(&[sum.movement], &accounts.chart).map_err(|it| unbalanced(&it))?;
        for posting in entry.postings() {
            let of = turnovers.entry(posting.account.clone()).or_insert(none);
            if posting.amount.is_positive() {
                of.debit = of.debit.plus(posting.amount)?;
            } else {
                of.credit = of.credit.minus(posting.amount)?;
            }
        }
    }
    balance(&accounts, turnovers, none)
}

fn balance(
    accounts: &Accounts,
    turnovers: BTreeMap<String, Turnover>,
    none: Turnover,
) -> Result<TrialBalanceView, Fault> {
    let (mut sums, mut rows) = (none, Vec::with_capacity(turnovers.len()));
    for (account, of) in turnovers {
        if [of.opening, of.debit, of.credit].iter().all(|amount| amount.is_zero()) {
            continue;
        }
        sums.opening = sums.opening.plus(of.opening)?;
        sums.debit = sums.debit.plus(of.debit)?;
        sums.credit = sums.credit.plus(of.credit)?;
        rows.push(TrialRow {
            name: accounts.name(&account),
            kind: accounts.kind(&account),
            account,
            opening: of.opening.into(),
            debit: of.debit.into(),
            credit: of.credit.into(),
            closing: of.closing()?.into(),
        });
    }
    Ok(TrialBalanceView {
        rows,
        opening: sums.opening.into(),
        debit: sums.debit.into(),
        credit: sums.credit.into(),
        closing: sums.closing()?.into(),
    })
}
