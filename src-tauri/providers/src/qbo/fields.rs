//! Fields of a company's own on sales forms: up to three texts, switched on in its settings.
//!
//! Never shortens a number or a reference: what does not fit is refused before anything is sent.

use super::CAPABILITIES;
use crate::error::ProviderError;
use crate::field::{FieldText, RemoteField};
use crate::fitting::cut;
use serde::{Deserialize, Serialize};

/// Settings of sales documents.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SalesFormsPrefs {
    pub custom_field: Vec<FormSetting>,
}

/// A setting of sales documents by its name, or a group of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FormSetting {
    pub name: String,
    pub string_value: Option<String>,
    pub boolean_value: Option<bool>,
    pub custom_field: Vec<FormSetting>,
}

/// A field of the company's own.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CustomField {
    pub definition_id: String,
    #[serde(rename = "Type")]
    pub kind: &'static str,
    pub string_value: String,
}

/// The three fields of text that sales forms may have. Settings name them by their place, and some
/// are listed in groups ("Manage custom fields" of developer.intuit.com, 2026-11).
pub fn listed(forms: &SalesFormsPrefs) -> Vec<RemoteField> {
    let groups = forms.custom_field.iter();
    let settings: Vec<&FormSetting> =
        groups.flat_map(|it| std::iter::once(it).chain(&it.custom_field)).collect();
    let field = |place: u8| {
        let of = |what: &str| {
            let name = format!("SalesFormsPrefs.{what}{place}");
            settings.iter().find(|it| it.name == name)
        };
        let name = of("SalesCustomName")?.string_value.clone().filter(|it| !it.is_empty())?;
        let active = of("UseSalesCustom").is_some_and(|it| it.boolean_value == Some(true));
        Some(RemoteField { code: place.to_string(), name, active })
    };
    (1..=3).filter_map(field).collect()
}

/// A field of the company's own: names are cut, numbers and references are whole.
pub fn told(told: &FieldText) -> Result<CustomField, ProviderError> {
    let chars = CAPABILITIES.lengths.custom_field;
    let string_value = match told.may_cut {
        true => cut(&told.text, chars),
        false => CAPABILITIES.fitting("CustomField", &told.text, chars)?,
    };
    Ok(CustomField { definition_id: told.field.clone(), kind: "StringType", string_value })
}
