//! A gateway's body, filled in.
//!
//! Never lets what is filled in change the form it stands in: values are put into JSON strings and
//! form fields after these were read, and encoded by their library.

use super::Format;
use serde_json::Value;
use url::form_urlencoded::Serializer;

/// What is put into the places of a template.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// `{to}`.
    pub to: &'a str,
    /// `{text}`.
    pub text: &'a str,
    /// `{sender}`.
    pub sender: &'a str,
    /// `{key}`.
    pub key: &'a str,
}

/// Why a template cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRejection {
    /// It is no JSON.
    #[error("the template is not JSON")]
    NotJson,
    /// A line of a form without a name.
    #[error("each line of a form is a name, an equals sign and a value")]
    NotForm,
    /// A message without number or text is none.
    #[error("the template must hold {{to}} and {{text}}")]
    PlaceMissing,
}

/// Checks a template against its format.
pub(super) fn check(format: Format, template: &str) -> Result<(), TemplateRejection> {
    let marks = Filling { to: "\u{1}", text: "\u{2}", sender: "", key: "" };
    let values = match format {
        Format::Json => filled(template, marks)?.to_string(),
        Format::Form => fields(template, marks)?.into_iter().map(|(_, value)| value).collect(),
    };
    // JSON writes control characters as escapes.
    let holds = |mark: &str, escaped: &str| values.contains(mark) || values.contains(escaped);
    let whole = holds("\u{1}", "\\u0001") && holds("\u{2}", "\\u0002");
    if whole { Ok(()) } else { Err(TemplateRejection::PlaceMissing) }
}

/// A JSON body.
pub(super) fn json(template: &str, filling: Filling<'_>) -> Result<String, TemplateRejection> {
    Ok(filled(template, filling)?.to_string())
}

fn filled(template: &str, filling: Filling<'_>) -> Result<Value, TemplateRejection> {
    let mut body = serde_json::from_str(template).map_err(|_| TemplateRejection::NotJson)?;
    fill_json(&mut body, filling);
    Ok(body)
}

fn fill_json(value: &mut Value, filling: Filling<'_>) {
    match value {
        Value::String(text) => *text = fill(text, filling),
        Value::Array(values) => values.iter_mut().for_each(|value| fill_json(value, filling)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|value| fill_json(value, filling));
        }
        _ => {}
    }
}

/// A form body, or a query.
pub(super) fn form(template: &str, filling: Filling<'_>) -> Result<String, TemplateRejection> {
    let mut form = Serializer::new(String::new());
    form.extend_pairs(fields(template, filling)?);
    Ok(form.finish())
}

fn fields(
    template: &str,
    filling: Filling<'_>,
) -> Result<Vec<(String, String)>, TemplateRejection> {
    let lines = template.lines().map(str::trim).filter(|line| !line.is_empty());
    let fields = lines.map(|line| match line.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), fill(value.trim(), filling)))
        }
        _ => Err(TemplateRejection::NotForm),
    });
    fields.collect()
}

/// Fills the places in one pass, so that what is filled in is never looked at again.
fn fill(text: &str, filling: Filling<'_>) -> String {
    let places = [
        ("{to}", filling.to),
        ("{text}", filling.text),
        ("{sender}", filling.sender),
        ("{key}", filling.key),
    ];
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        match places.iter().find(|(name, _)| from.starts_with(name)) {
            Some((name, value)) => {
                filled.push_str(value);
                rest = &from[name.len()..];
            }
            None => {
                filled.push('{');
                rest = &from[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}
