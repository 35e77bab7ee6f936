//! The versions of a mapping: what each save changed, and going back to one.
//!
//! Never takes a save out of the history: going back is a save of its own.

use super::rows::{self, Level, Surveyed};
use super::saving::{Save, Wanted, WantedRules, record};
use super::{fits, rules, view};
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
use finance::booking_rule::BookingRule;
use finance::fact::{Fact, FactBody};
use finance::ids::MappingSaveId;
use finance::mapping::{MappedKind, MappingOrigin};
use finance::party::Department;
use std::collections::BTreeMap;
use store::{Subject, View};

/// What is mapped: at a level, for a kind, under our key.
type Place = (Level, MappedKind, String);

/// What stood where after a save.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Standing {
    codes: BTreeMap<Place, String>,
    /// By level; a level without rules is left out.
    rules: BTreeMap<Level, Vec<BookingRule>>,
}

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
    /// The rules of a level, where these changed.
    rules: BTreeMap<Level, (Vec<BookingRule>, Vec<BookingRule>)>,
}

impl Version {
    fn begun(fact: &Fact, save: Option<MappingSaveId>) -> Self {
        Self {
            id: fact.id.to_string(),
            save,
            at_ms: fact.clock.millis,
            by: fact.actor.clone(),
            changes: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    /// Facts from before saves had an id belong together where one person set them at one moment.
    fn is_of(&self, fact: &Fact, save: Option<MappingSaveId>) -> bool {
        match save {
            Some(save) => self.save == Some(save),
            None => {
                self.save.is_none() && (self.at_ms, &self.by) == (fact.clock.millis, &fact.actor)
            }
        }
    }

    /// Takes over what a fact sets, from what stood.
    fn note(&mut self, fact: &Fact, standing: &mut Standing) {
        match &fact.body {
            FactBody::MappingSet(mapping) => {
                let place = (mapping.department_id, mapping.kind, mapping.local_key.clone());
                let before = match &mapping.remote_code {
                    Some(code) => standing.codes.insert(place.clone(), code.clone()),
                    None => standing.codes.remove(&place),
                };
                let after = mapping.remote_code.clone();
                self.changes.entry(place).or_insert((before, None)).1 = after;
            }
            FactBody::BookingRulesSet(set) => {
                let (level, rules) = (set.department_id, set.rules.clone());
                let before = match rules.is_empty() {
                    true => standing.rules.remove(&level),
                    false => standing.rules.insert(level, rules.clone()),
                };
                let before = before.unwrap_or_default();
                self.rules.entry(level).or_insert((before, Vec::new())).1 = rules;
            }
            _ => {}
        }
    }
}

/// Puts the facts of a connection together as its saves, oldest first, with what stood after each.
fn versions(facts: &[Fact]) -> Vec<(Version, Standing)> {
    let mut all: Vec<(Version, Standing)> = Vec::new();
    let mut standing = Standing::default();
    for fact in facts {
        let save = match &fact.body {
            FactBody::MappingSet(mapping) => mapping.save_id,
            FactBody::BookingRulesSet(rules) => Some(rules.save_id),
            _ => continue,
        };
        let is_same = all.last().is_some_and(|(last, _)| last.is_of(fact, save));
        if !is_same {
            all.push((Version::begun(fact, save), Standing::default()));
        }
        if let Some((last, then)) = all.last_mut() {
            last.note(fact, &mut standing);
            then.clone_from(&standing);
        }
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
        number: u32::try_from(place + 1).unwrap_or(u32::MAX),
        at: show::moment(version.at_ms),
        is_current: standing == now,
        changes: changes(&version, &surveyed, &departments),
        id: version.id,
        by: version.by,
    });
    let mut versions: Vec<MappingVersion> = shown.collect();
    versions.reverse();
    Ok(MappingVersions { versions })
}

/// What a save changed, in names: codes first, then rules.
fn changes(
    version: &Version,
    surveyed: &Surveyed,
    departments: &[Department],
) -> Vec<MappingVersionChange> {
    let department = |level: &Level| {
        let known = level.and_then(|id| departments.iter().find(|it| it.id == id));
        known.map(|it| it.name.clone())
    };
    let changed = version.changes.iter().filter(|(_, (before, after))| before != after);
    let codes = changed.map(|((level, kind, key), (before, after))| MappingVersionChange {
        label: label(surveyed, *kind, key),
        kind: kind_word(*kind).to_owned(),
        department: department(level),
        before: before.clone().map(|code| named(surveyed, *kind, code)),
        after: after.clone().map(|code| named(surveyed, *kind, code)),
    });
    let rules = version.rules.iter().flat_map(|(level, (before, after))| {
        rules::differences(before, after).into_iter().map(move |it| MappingVersionChange {
            label: it.name,
            kind: "rule".to_owned(),
            department: department(level),
            before: it.before,
            after: it.after,
        })
    });
    codes.chain(rules).collect()
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
    let mut back = Back { surveyed: &surveyed, save: Save::default(), left: Vec::new() };
    back.codes(&then, &now);
    back.rules(&then, &now);
    let Back { save, left, .. } = back;
    let changed = u32::try_from(save.wanted.len() + save.rules.len()).unwrap_or(u32::MAX);
    let released = record(office, &mut tx, actor, row.id, save).await?;
    tx.commit().await?;
    let view = view(office, &mut office.store.read().await?, &row, None).await?;
    Ok(MappingRolledBack { changed, released, left, view })
}

/// The way back to what stood.
struct Back<'a> {
    surveyed: &'a Surveyed,
    save: Save,
    left: Vec<MappingLeft>,
}

impl Back<'_> {
    fn codes(&mut self, then: &Standing, now: &Standing) {
        let (then, now) = (&then.codes, &now.codes);
        for place in then.keys().chain(now.keys().filter(|it| !then.contains_key(*it))) {
            let (level, kind, key) = place;
            let (code, before) = (then.get(place), now.get(place));
            if code == before {
                continue;
            }
            if let Some(code) = code.filter(|code| !is_usable(self.surveyed, *kind, code)) {
                let label = label(self.surveyed, *kind, key);
                self.left.push(MappingLeft { label, code: code.clone() });
                continue;
            }
            self.save.wanted.push(Wanted {
                level: *level,
                kind: *kind,
                local_key: key.clone(),
                before: before.cloned(),
                stood: before.or_else(|| now.get(&(None, *kind, key.clone()))).cloned(),
                code: code.cloned(),
                origin: MappingOrigin::Person,
            });
        }
    }

    /// The rules of a level go back together, because their order is one thing: where one of them
    /// sets what can no longer be used there, all of them stay.
    fn rules(&mut self, then: &Standing, now: &Standing) {
        let (then, now) = (&then.rules, &now.rules);
        for level in then.keys().chain(now.keys().filter(|it| !then.contains_key(*it))) {
            let of = |standing: &BTreeMap<Level, Vec<BookingRule>>| {
                standing.get(level).cloned().unwrap_or_default()
            };
            let (rules, before) = (of(then), of(now));
            if rules == before {
                continue;
            }
            let gone: Vec<MappingLeft> =
                rules.iter().filter_map(|rule| rules::gone(self.surveyed, rule)).collect();
            if gone.is_empty() {
                self.save.rules.push(WantedRules { level: *level, before, rules });
            }
            self.left.extend(gone);
        }
    }
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
