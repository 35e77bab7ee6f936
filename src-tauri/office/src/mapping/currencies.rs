//! Currencies of the mapping: those that documents are in besides the one of the books there.
//!
//! Never chosen by anybody: a currency is the same one there wherever it is switched on.

use super::rows::{Hint, Level, Ours};
use crate::export::cause::Class;
use crate::export::codes::mapping_subject;
use crate::export::currency::Currencies;
use crate::fault::Fault;
use finance::Currency;
use finance::ids::ConnectionId;
use finance::mapping::MappedKind;
use std::collections::{BTreeSet, HashMap};
use store::exports::{CauseRow, RemoteRows};
use store::{ConnectionRow, Tx, View};

/// The currencies of what a connection is told, but for the one of the books there. `base`: that one,
/// where it is known; `own`: the book's.
pub(super) async fn ours(
    view: &mut View,
    connection: &ConnectionRow,
    (base, own): (Option<&str>, Currency),
) -> Result<Vec<Ours>, Fault> {
    let foreign = view.foreign_currencies(connection.export_from).await?;
    let own = base.map(|_| own);
    let codes: BTreeSet<&str> = foreign.iter().chain(&own).map(Currency::code).collect();
    let others = codes.into_iter().filter(|code| Some(*code) != base);
    Ok(others.map(row).collect())
}

fn row(code: &str) -> Ours {
    Ours {
        kind: MappedKind::Currency,
        local_key: code.to_owned(),
        label: code.to_owned(),
        code: String::new(),
        detail: String::new(),
        hint: Hint::default(),
    }
}

/// What stands for itself: each currency that is switched on there.
pub(super) fn by_themselves(
    remote: &RemoteRows,
    mapped: &mut HashMap<(Level, MappedKind, String), String>,
) {
    for on in remote.currencies.iter().filter(|it| it.active) {
        mapped.insert((None, MappedKind::Currency, on.code.clone()), on.code.clone());
    }
}

/// Lets go what waited for a currency that is not known to be off any more; answers how many records.
pub(super) async fn release(
    tx: &mut Tx,
    connection: ConnectionId,
    (remote, now_ms): (&RemoteRows, i64),
) -> Result<u32, Fault> {
    let own = tx.find_school().await?.map(|school| school.currency);
    let taken = Currencies::of(remote, own);
    let prefix = mapping_subject(MappedKind::Currency, "");
    let open = tx.open_causes(Some(connection)).await?;
    let mut released = 0;
    for class in [Class::MappingMissing, Class::ReferenceGone].map(Class::word) {
        let of_class = open.iter().filter(|cause| cause.class == class);
        let mended = of_class.filter(|cause| {
            let code = cause.subject.strip_prefix(prefix.as_str());
            code.is_some_and(|code| match is_about_books(cause) {
                true => taken.without_rate(code).is_none(),
                // A system may refuse a currency without saying which.
                false => code.is_empty() || !taken.is_off(code),
            })
        });
        let subjects: Vec<String> = mended.map(|cause| cause.subject.clone()).collect();
        released += tx.resolve_causes(connection, class, &subjects, now_ms).await?;
    }
    Ok(released)
}

/// What keeps the documents here is the currency of the books there.
fn is_about_books(cause: &CauseRow) -> bool {
    let params: HashMap<String, String> = serde_json::from_str(&cause.params).unwrap_or_default();
    params.contains_key("books")
}
