//! Intuit's XML schemas as a judge of JSON: a JSON body has the names and the kinds of values of the
//! schema's types, a reference is `{"value": …}`, and what may occur often is a list.
//!
//! It NEVER knows a rule of behaviour, and reads only what Intuit's files use of the language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};

/// The types of a set of schema files, by name.
#[derive(Debug, Default)]
pub struct Schema {
    types: BTreeMap<String, Type>,
    /// Words that a type of its own allows.
    words: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Default)]
struct Type {
    base: Option<String>,
    /// Name, type, and whether it may occur more than once.
    elements: BTreeMap<String, (String, bool)>,
}

/// Attributes of every object; JSON shows them as fields.
const ATTRIBUTES: [&str; 3] = ["domain", "sparse", "status"];

impl Schema {
    /// Reads every schema file of a folder.
    ///
    /// # Errors
    /// The folder or a file cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut schema = Self::default();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "xsd") {
                schema.take(&fs::read_to_string(path)?);
            }
        }
        Ok(schema)
    }

    fn take(&mut self, text: &str) {
        let (mut of, mut words) = (String::new(), String::new());
        for tag in text.split('<').filter(|tag| tag.starts_with("xs:")) {
            let name = attribute(tag, "name").unwrap_or_default();
            match tag.split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default() {
                "xs:complexType" if !name.is_empty() => {
                    self.types.entry(name.clone()).or_default();
                    of = name;
                }
                "xs:simpleType" if !name.is_empty() => words = name,
                "xs:extension" => {
                    let base = attribute(tag, "base");
                    self.types.entry(of.clone()).or_default().base = base;
                }
                "xs:element" if !name.is_empty() => {
                    let often = attribute(tag, "maxOccurs").is_some_and(|most| most != "1");
                    let kind = attribute(tag, "type").unwrap_or_default();
                    self.types.entry(of.clone()).or_default().elements.insert(name, (kind, often));
                }
                "xs:enumeration" => {
                    let word = attribute(tag, "value").unwrap_or_default();
                    self.words.entry(words.clone()).or_default().insert(word);
                }
                _ => {}
            }
        }
    }

    /// What in a body breaks the type, each with its place; nothing where it fits.
    pub fn breaches(&self, kind: &str, body: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.check((kind, kind), body, &mut found);
        found
    }

    fn check(&self, (place, kind): (&str, &str), value: &Value, found: &mut Vec<String>) {
        let fits = match kind.strip_prefix("xs:") {
            Some("decimal" | "int" | "integer" | "positiveInteger") => value.is_number(),
            Some("boolean") => value.is_boolean(),
            Some("date") => value.as_str().is_some_and(is_day),
            Some("dateTime") => value
                .as_str()
                .is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok()),
            Some(_) => value.is_string(),
            None => return self.check_own((place, kind), value, found),
        };
        if !fits {
            found.push(format!("{place}: {value} is no {kind}"));
        }
    }

    fn check_own(&self, (place, kind): (&str, &str), value: &Value, found: &mut Vec<String>) {
        if kind == "id" {
            return self.check((place, "xs:string"), value, found);
        }
        if matches!(kind, "ReferenceType" | "MemoRef") {
            let fields = value.as_object();
            let known = |name: &String| matches!(name.as_str(), "value" | "name" | "type");
            if !fields.is_some_and(|it| it.contains_key("value") && it.keys().all(known)) {
                found.push(format!("{place}: {value} is no reference"));
            }
            return;
        }
        if let Some(words) = self.words.get(kind) {
            if !value.as_str().is_some_and(|word| words.contains(word)) {
                found.push(format!("{place}: {value} is not of {kind}"));
            }
            return;
        }
        match value {
            Value::Object(fields) => self.check_fields((place, kind), fields, found),
            other => found.push(format!("{place}: {other} is no {kind}")),
        }
    }

    fn check_fields(
        &self,
        (place, kind): (&str, &str),
        fields: &Map<String, Value>,
        found: &mut Vec<String>,
    ) {
        for (name, value) in fields {
            let here = format!("{place}.{name}");
            match self.element(kind, name) {
                None if ATTRIBUTES.contains(&name.as_str()) => {}
                None => found.push(format!("{here}: {kind} has no such field")),
                Some((of, true)) => match value.as_array() {
                    Some(rows) => rows.iter().for_each(|row| self.check((&here, of), row, found)),
                    None => found.push(format!("{here}: a list is wanted")),
                },
                Some((of, false)) => self.check((&here, of), value, found),
            }
        }
    }

    fn element(&self, kind: &str, name: &str) -> Option<(&str, bool)> {
        let own = self.types.get(kind)?;
        match own.elements.get(name) {
            Some((of, often)) => Some((of, *often)),
            None => self.element(own.base.as_deref()?, name),
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next()?.replace(['\t', '\r', '\n'], " ");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split('"').next()?.to_owned())
}

fn is_day(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok()
}
