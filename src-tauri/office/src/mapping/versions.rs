//! The versions of a mapping: what each save changed, and going back to one.
//!
//! Never takes a save out of the history: going back is a save of its own.

use super::rows::{self, Level, Surveyed};
use super::saving::{Wanted, record};
use super::{fits, view};
use crate::actor::Actor;
use crate::connecting;
use crate::export::codes::kind_word;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show;
use crate::wire::mapping::{
    MappingLeft, MappingRolledBack, MappingVersion, MappingVersionChange, MappingVersions,
    MappingVersionsRequest, RollBackMapping,
};
use finance::fact::{Fact, FactBody};
use finance::ids::MappingSaveId;
use finance::mapping::{MappedKind, MappingOrigin};
use std::collections::BTreeMap;
use store::{Subject, View};

/// What is mapped: at a level, for a kind, under our key.
type Place = (Level, MappedKind, String);

/// What stood where after a save.
type Standing = BTreeMap<Place, String>;

/// One save.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Version {
    /// The id of its first fact.
    id: String,
    save: Option<MappingSaveId>,
    at_ms: i64,
    by: String,
    /// What changed: from, to.
    changes: BTreeMap<Place, (Option<String>, Option<String>)>,
}

/// Puts the facts of a connection together as its saves, oldest first, with what stood after each.
/// Facts from before saves had an id belong together where one person set them at one moment.
fn versions(facts: &[Fact]) -> Vec<(Version, Standing)> {
    let mut all: Vec<(Version, Standing)> = Vec::new();
    let mut standing = Standing::new();
    for fact in facts {
        let FactBody::MappingSet(mapping) = &fact.body else { continue };
        let place = (mapping.department_id, mapping.kind, mapping.local_key.clone());
        let before = match &mapping.remote_code {
            Some(code) => standing.insert(place.clone(), code.clone()),
            None => standing.remove(&place),
        };
        let begun = (mapping.save_id, fact.clock.millis, &fact.actor);
        let is_same = |(last, _): &&mut (Version, Standing)| match begun.0 {
            Some(save) => last.save == Some(save),
            None => last.save.is_none() && (last.at_ms, &last.by) == (begun.1, begun.2),
        };
        let after = mapping.remote_code.clone();
        if let Some((last, then)) = all.last_mut().filter(is_same) {
            last.changes.entry(place).or_insert((before, None)).1 = after;
            then.clone_from(&standing);
            continue;
        }
        let version = Version {
            id: fact.id.to_string(),
            save: mapping.save_id,
            at_ms: fact.clock.millis,
            by: fact.actor.clone(),
            changes: BTreeMap::from([(place, (before, after))]),
        };
        all.push((version, standing.clone()));
    }
    all
}

/// The versions of a connection's mapping, newest first.
pub async fn mapping_versions(
    office: &Office,
    _: &Actor,
    request: MappingVersionsRequest,
) -> Result<MappingVersions, Fault> {
    let mut view = office.store.read().await?;
    let row = connecting::find(&mut view, "connection_id", &request.connection_id).await?;
    let surveyed = rows::survey(office, &mut view, row.id, None).await?;
    let departments = view.departments().await?;
    let facts = view.history_of(Subject::Connection(row.id)).await?;
    let all = versions(&facts);
    let now = all.last().map(|(_, standing)| standing.clone()).unwrap_or_default();
    let shown = all.into_iter().enumerate().map(|(place, (version, standing))| MappingVersion {
        id: version.id,
        number: u32::try_from(place + 1).unwrap_or(u32::MAX),
        at: show::moment(version.at_ms),
        by: version.by,
        is_current: standing == now,
        changes: version
            .changes
            .into_iter()
            .filter(|(_, (before, after))| before != after)
            .map(|((level, kind, key), (before, after))| MappingVersionChange {
                label: label(&surveyed, kind, &key),
                kind: kind_word(kind).to_owned(),
                department: level
                    .and_then(|id| departments.iter().find(|it| it.id == id))
                    .map(|it| it.name.clone()),
                before: before.map(|code| named(&surveyed, kind, code)),
                after: after.map(|code| named(&surveyed, kind, code)),
            })
            .collect(),
    });
    let mut versions: Vec<MappingVersion> = shown.collect();
    versions.reverse();
    Ok(MappingVersions { versions })
}

fn label(surveyed: &Surveyed, kind: MappedKind, key: &str) -> String {
    let ours = surveyed.ours.iter().find(|it| it.kind == kind && it.local_key == key);
    ours.map_or_else(|| key.to_owned(), |ours| ours.label.clone())
}

/// Their code with its name, as people know it.
fn named(surveyed: &Surveyed, kind: MappedKind, code: String) -> String {
    match surveyed.theirs(kind, &code) {
        // The code of a tracking option says nothing to a person.
        Some(theirs) if kind == MappedKind::Department => theirs.name.clone(),
        Some(theirs) if theirs.name != code => format!("{code} {}", theirs.name),
        _ => code,
    }
}

/// Sets the mapping of a connection as it stood after one of its saves. What is no longer usable
/// there stays as it is, and is told.
pub async fn roll_back_mapping(
    office: &Office,
    actor: &Actor,
    request: RollBackMapping,
) -> Result<MappingRolledBack, Fault> {
    let mut tx = office.store.begin().await?;
    let row = connecting::find_open(&mut tx, "connection_id", &request.connection_id).await?;
    let (then, now) = wanted_and_now(&mut tx, row.id, &request.version_id).await?;
    let surveyed = rows::survey(office, &mut tx, row.id, None).await?;
    let (mut wanted, mut left) = (Vec::new(), Vec::new());
    let places: Vec<&Place> =
        then.keys().chain(now.keys().filter(|it| !then.contains_key(*it))).collect();
    for place in places {
        let (level, kind, key) = place;
        let (code, before) = (then.get(place), now.get(place));
        if code == before {
            continue;
        }
        if code.is_some_and(|code| !is_usable(&surveyed, *kind, code)) {
            left.push(MappingLeft {
                label: label(&surveyed, *kind, key),
                code: code.cloned().unwrap_or_default(),
            });
            continue;
        }
        wanted.push(Wanted {
            level: *level,
            kind: *kind,
            local_key: key.clone(),
            before: before.cloned(),
            stood: before.or_else(|| now.get(&(None, *kind, key.clone()))).cloned(),
            code: code.cloned(),
            origin: MappingOrigin::Person,
        });
    }
    let changed = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
    let released = record(office, &mut tx, actor, row.id, wanted).await?;
    tx.commit().await?;
    let view = view(office, &mut office.store.read().await?, &row, None).await?;
    Ok(MappingRolledBack { changed, released, left, view })
}

async fn wanted_and_now(
    view: &mut View,
    connection: finance::ids::ConnectionId,
    version: &str,
) -> Result<(Standing, Standing), Fault> {
    let mut all = versions(&view.history_of(Subject::Connection(connection)).await?);
    let now = all.last().map(|(_, standing)| standing.clone()).unwrap_or_default();
    let place = all.iter().position(|(it, _)| it.id == version).ok_or_else(|| {
        let fault = Fault::new(Code::NotFound, "There is no such version of the mapping.");
        fault.at("version_id").rule("not_there")
    })?;
    Ok((all.swap_remove(place).1, now))
}

fn is_usable(surveyed: &Surveyed, kind: MappedKind, code: &str) -> bool {
    let theirs = surveyed.theirs(kind, code);
    theirs.is_some_and(|theirs| theirs.active && fits(kind, theirs))
}

#[cfg(test)]
mod tests;
