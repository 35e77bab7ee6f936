//! The chart of accounts: looked at, named, added to.
//!
//! Never takes an account away.

use super::{Accounts, KINDS};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::ledger::{ChartView, LedgerAccountView, SaveAccount};
use crate::{show, typed};
use finance::fact::FactBody;
use finance::ledger::{AccountRejection, LedgerAccount};
use std::collections::BTreeSet;
use store::View;

/// The chart, with what documents name and the chart does not.
pub async fn ledger_chart(office: &Office, _: &Actor, _: Nothing) -> Result<ChartView, Fault> {
    let mut view = office.store.read().await?;
    let accounts = Accounts::read(&mut view, office).await?;
    let used = used(&mut view, &accounts).await?;
    let template = accounts.chart.template();
    let mut rows: Vec<LedgerAccountView> = accounts
        .entries
        .values()
        .map(|entry| LedgerAccountView {
            number: entry.number.clone(),
            name: entry.name.clone(),
            kind: show::name_of(&entry.kind, KINDS),
            active: entry.active,
            used: used.contains(&entry.number),
            ruled: entry.ruled,
            known: true,
        })
        .collect();
    let unknown = used.into_iter().filter(|number| !accounts.entries.contains_key(number));
    rows.extend(unknown.map(|number| LedgerAccountView {
        number,
        name: String::new(),
        kind: "income".to_owned(),
        active: true,
        used: true,
        ruled: false,
        known: false,
    }));
    rows.sort_by(|a, b| a.number.cmp(&b.number));
    let (template, source) = (template.name.to_owned(), template.source.to_owned());
    Ok(ChartView { template, source, accounts: rows })
}

/// Accounts with anything on them.
async fn used(view: &mut View, accounts: &Accounts) -> Result<BTreeSet<String>, Fault> {
    let mut used = BTreeSet::new();
    for sum in view.movement_sums(None, None).await? {
        let postings = sum.movement.postings(&accounts.chart)?.into_iter();
        used.extend(postings.filter(|it| !it.amount.is_zero()).map(|it| it.account));
    }
    Ok(used)
}

/// Names an account, adds one, or says that it is no longer offered.
pub async fn save_ledger_account(
    office: &Office,
    actor: &Actor,
    request: SaveAccount,
) -> Result<ChartView, Fault> {
    let account = LedgerAccount {
        school_id: office.school.id,
        number: typed::required("number", &request.number, 20)?,
        name: typed::required("name", &request.name, typed::SHORT)?,
        kind: typed::one_of("kind", &request.kind, KINDS)?,
        active: request.active,
    };
    let mut tx = office.store.begin().await?;
    let accounts = Accounts::read(&mut tx, office).await?;
    accounts.chart.check(&account).map_err(refused)?;
    if tx.ledger_accounts().await?.contains(&account) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::LedgerAccountSet(account)]).await?;
        tx.commit().await?;
    }
    ledger_chart(office, actor, Nothing {}).await
}

fn refused(rejection: AccountRejection) -> Fault {
    let (field, rule) = match rejection {
        AccountRejection::Number => ("number", "account_number"),
        AccountRejection::NoName => ("name", "missing"),
        AccountRejection::Ruled => ("kind", "account_ruled"),
    };
    Fault::new(Code::Invalid, rejection.to_string()).at(field).rule(rule)
}
