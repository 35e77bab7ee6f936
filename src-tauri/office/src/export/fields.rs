//! What a document says in fields of the school's own there.
//!
//! Never fills a field that nobody chose for it.

use super::build::Lookup;
use finance::mapping::{FIELDS, MappedKind};
use providers::document::FieldText;
use store::exports::SalesContent;

/// The one of ours that is a name.
const NAME: &str = "department";

/// The fields that are mapped, with what this document says in them.
pub(super) fn of(sales: &SalesContent, lookup: &mut Lookup<'_>) -> Vec<FieldText> {
    let said = FIELDS.into_iter().filter_map(|key| Some((key, sales.told.get(key)?)));
    let told = said.map(|(key, text)| FieldText {
        field: lookup.code(MappedKind::CustomField, key, key, ""),
        text: text.clone(),
        may_cut: key == NAME,
    });
    told.filter(|it| !it.field.is_empty()).collect()
}
