//! Setting mappings: all that is saved together, or none of it.
//!
//! Never maps onto what is not there or does not fit, and never changes what was set before: each
//! save is a version of its own.

use super::reading::reference_subject;
use super::rows::{self, Level, Ours, Surveyed, is_optional};
use super::{fits, level, view};
use crate::actor::Actor;
use crate::connecting;
use crate::export::cause::Class;
use crate::export::codes::{RemoteSide, kind_of, mapping_subject};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::mapping::{MappingChange, MappingSaved, SaveMapping};
use finance::booking_rule::{BookingRule, BookingRules};
use finance::fact::FactBody;
use finance::ids::{ConnectionId, MappingSaveId};
use finance::mapping::{MappedKind, Mapping, MappingOrigin};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;

/// Sets or takes away mappings of the school or a department, all or none, and lets go what waited
/// for them.
pub async fn save_mapping(
    office: &Office,
    actor: &Actor,
    request: SaveMapping,
) -> Result<MappingSaved, Fault> {
    let mut tx = office.store.begin().await?;
    let row = connecting::find_open(&mut tx, "connection_id", &request.connection_id).await?;
    let level = level(&mut tx, request.department_id.as_deref()).await?;
    let surveyed = rows::survey(office, &mut tx, row.id, level).await?;
    let mut wanted = Vec::new();
    for (place, change) in request.changes.iter().enumerate() {
        let (ours, kind) = asked(&surveyed, place, change)?;
        wanted.push(Wanted {
            level,
            kind,
            local_key: ours.local_key.clone(),
            before: surveyed.mapped_at(level, ours).map(str::to_owned),
            stood: surveyed.mapped(ours).map(str::to_owned),
            code: change.remote_code.clone().filter(|code| !code.is_empty()),
            origin: match change.from_suggestion {
                true => MappingOrigin::Suggestion,
                false => MappingOrigin::Person,
            },
        });
    }
    one_each(&surveyed, &wanted)?;
    let save = Save { wanted, ..Save::default() };
    let released = record(office, &mut tx, actor, row.id, save).await?;
    tx.commit().await?;
    let view = view(office, &mut office.store.read().await?, &row, level).await?;
    Ok(MappingSaved { released, view })
}

/// A field there says one thing of ours: two would write over each other.
fn one_each(surveyed: &Surveyed, wanted: &[Wanted]) -> Result<(), Fault> {
    let fields = surveyed.ours.iter().filter(|ours| ours.kind == MappedKind::CustomField);
    let mut taken = BTreeSet::new();
    for ours in fields {
        let change =
            wanted.iter().find(|it| it.kind == ours.kind && it.local_key == ours.local_key);
        let code = match change {
            Some(change) => change.code.as_deref(),
            None => surveyed.mapped(ours),
        };
        if code.is_some_and(|code| !taken.insert(code)) {
            let fault = Fault::new(Code::Invalid, "Another row is in this field already.");
            return Err(fault.at("changes").rule("field_taken"));
        }
    }
    Ok(())
}

/// One mapping as it was and as it shall be.
pub(super) struct Wanted {
    pub level: Level,
    pub kind: MappedKind,
    pub local_key: String,
    pub before: Option<String>,
    /// What counted at the level: its own, or else the school's.
    pub stood: Option<String>,
    pub code: Option<String>,
    pub origin: MappingOrigin,
}

/// The rules of a level as they were and as they shall be.
pub(super) struct WantedRules {
    pub level: Level,
    pub before: Vec<BookingRule>,
    pub rules: Vec<BookingRule>,
}

/// What is saved together.
#[derive(Default)]
pub(super) struct Save {
    pub wanted: Vec<Wanted>,
    pub rules: Vec<WantedRules>,
}

/// Records what changes as one save, and lets go what waited for it; answers how many records.
pub(super) async fn record(
    office: &Office,
    tx: &mut Tx,
    actor: &Actor,
    connection: ConnectionId,
    wanted: Save,
) -> Result<u32, Fault> {
    let save = MappingSaveId(office.ids.new_id());
    let mut facts = Vec::new();
    let mut mended = Mended::new();
    for of in wanted.rules.into_iter().filter(|of| of.rules != of.before) {
        // Which of them a rule decides now is found when they are made again.
        mended.extend(waiting(tx, connection).await?);
        facts.push(FactBody::BookingRulesSet(BookingRules {
            connection_id: connection,
            department_id: of.level,
            rules: of.rules,
            save_id: save,
        }));
    }
    for one in wanted.wanted {
        // Without a code of its own a department goes by the school's, or goes untold.
        let need_not = one.level.is_some() || is_optional(one.kind);
        if one.code.is_some() || need_not {
            let missing = mended.entry(Class::MappingMissing.word()).or_default();
            missing.push(mapping_subject(one.kind, &one.local_key));
            let gone = mended.entry(Class::ReferenceGone.word()).or_default();
            let stood = one.stood.as_ref();
            gone.extend(stood.map(|it| reference_subject(RemoteSide::of(one.kind), it)));
            let held = mended.entry(Class::AccountCurrency.word()).or_default();
            held.push(mapping_subject(one.kind, &one.local_key));
        }
        if one.code != one.before {
            facts.push(FactBody::MappingSet(Mapping {
                connection_id: connection,
                department_id: one.level,
                kind: one.kind,
                local_key: one.local_key,
                remote_code: one.code,
                origin: one.origin,
                save_id: Some(save),
            }));
        }
    }
    office.record(tx, actor, facts).await?;
    let mut released = 0;
    let now_ms = office.clock.now().timestamp_millis();
    for (class, subjects) in mended {
        released += tx.resolve_causes(connection, class, &subjects, now_ms).await?;
    }
    Ok(released)
}

/// Subjects of causes by class, so that every cause is resolved once.
type Mended = BTreeMap<&'static str, Vec<String>>;

/// Everything that waits for a mapping.
async fn waiting(tx: &mut Tx, connection: ConnectionId) -> Result<Mended, Fault> {
    let open = tx.open_causes(Some(connection)).await?;
    let classes = [Class::MappingMissing, Class::ReferenceGone, Class::AccountCurrency];
    let of = |class: &'static str| {
        let subjects = open.iter().filter(|cause| cause.class == class);
        (class, subjects.map(|cause| cause.subject.clone()).collect())
    };
    Ok(classes.map(Class::word).map(of).into())
}

/// The row a change is about, where the change is one that can be made.
fn asked<'a>(
    surveyed: &'a Surveyed,
    place: usize,
    change: &MappingChange,
) -> Result<(&'a Ours, MappedKind), Fault> {
    let refused = |field: &str, rule: &str, message: &str| {
        Fault::new(Code::Invalid, message).at(format!("changes.{place}.{field}")).rule(rule)
    };
    // A currency is switched on there, and not chosen here.
    let kind = kind_of(&change.kind)
        .filter(|kind| *kind != MappedKind::Currency)
        .ok_or_else(|| refused("kind", "choice", "This kind of thing is not mapped."))?;
    let ours = surveyed.ours.iter().find(|it| it.kind == kind && it.local_key == change.local_key);
    let ours =
        ours.ok_or_else(|| refused("local_key", "not_there", "There is no such thing to map."))?;
    if let Some(code) = change.remote_code.as_deref().filter(|code| !code.is_empty()) {
        let theirs = surveyed.theirs(kind, code).filter(|theirs| theirs.active);
        let theirs = theirs.ok_or_else(|| {
            refused("remote_code", "not_there", "There is no such account or tax rate there.")
                .with("code", code)
        })?;
        if !fits(kind, theirs) {
            let message = "This account or tax rate cannot be used for it.";
            return Err(refused("remote_code", "does_not_fit", message).with("code", code));
        }
    }
    Ok((ours, kind))
}
