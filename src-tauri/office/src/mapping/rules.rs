//! Rules of a mapping: seen and set, all of a level together.
//!
//! Never decides by them: `export::build` does, wherever a document is made.

mod fields;
mod shown;
mod typing;

use super::level;
use super::rows::{self, Level};
use super::saving::{Save, WantedRules, record};
use crate::actor::Actor;
use crate::connecting;
use crate::export::files;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::booking_rules::{MappingRulesSaved, MappingRulesView, SaveMappingRules};
use crate::wire::mapping::MappingRequest;
use fields::Fields;
use store::{ConnectionRow, View};
use typing::Typing;

pub(super) use shown::{differences, gone};

/// The rules of the school or a department, with what may be asked and set.
pub async fn mapping_rules(
    office: &Office,
    _: &Actor,
    request: MappingRequest,
) -> Result<MappingRulesView, Fault> {
    let mut view = office.store.read().await?;
    let row = connecting::find(&mut view, "connection_id", &request.connection_id).await?;
    let level = level(&mut view, request.department_id.as_deref()).await?;
    self::view(office, &mut view, &row, level).await
}

async fn view(
    office: &Office,
    view: &mut View,
    row: &ConnectionRow,
    level: Level,
) -> Result<MappingRulesView, Fault> {
    let surveyed = rows::survey(office, view, row.id, None).await?;
    let fields = Fields::read(office, view, &surveyed).await?;
    let shown = |level| surveyed.rules_at(level).iter().map(shown::rule).collect();
    Ok(MappingRulesView {
        connection_id: row.id.to_string(),
        department_id: level.map(|id| id.to_string()),
        rules: shown(level),
        inherited: level.map(|_| shown(None)).unwrap_or_default(),
        conditions: fields.conditions,
        settings: fields.settings,
    })
}

/// Sets the rules of the school or a department, all of them or none, and lets what waits for a
/// mapping be tried again.
pub async fn save_mapping_rules(
    office: &Office,
    actor: &Actor,
    request: SaveMappingRules,
) -> Result<MappingRulesSaved, Fault> {
    let mut tx = office.store.begin().await?;
    let row = connecting::find_open(&mut tx, "connection_id", &request.connection_id).await?;
    if row.booking.is_journal() || row.provider == files::PROVIDER {
        let fault = Fault::new(Code::WrongState, "Nothing is booked there by documents of ours.");
        return Err(fault.rule("no_documents"));
    }
    let level = level(&mut tx, request.department_id.as_deref()).await?;
    let surveyed = rows::survey(office, &mut tx, row.id, None).await?;
    let fields = Fields::read(office, &mut tx, &surveyed).await?;
    let before = surveyed.rules_at(level);
    let typing = Typing { office, fields: &fields, before };
    let wanted =
        WantedRules { level, before: before.to_vec(), rules: typing.rules(&request.rules)? };
    let save = Save { rules: vec![wanted], ..Save::default() };
    let released = record(office, &mut tx, actor, row.id, save).await?;
    tx.commit().await?;
    let view = self::view(office, &mut office.store.read().await?, &row, level).await?;
    Ok(MappingRulesSaved { released, view })
}
