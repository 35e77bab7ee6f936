//! One company: its settings and its objects, with a way back, because a write that is refused must
//! leave no trace.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::fault::Fault;
use super::json::Body;
use super::model::{Entity, Life, Row};

/// The circumstances of one write.
#[derive(Clone, Debug)]
pub struct Call {
    pub now: DateTime<Utc>,
    /// `include=allowduplicatedocnum`.
    pub may_repeat_number: bool,
}

impl Call {
    /// The day an omitted date defaults to.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }
}

/// What differs between companies.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `US`, where sales tax is computed by QuickBooks, or another country.
    pub country: &'static str,
    pub currency: &'static str,
    pub multi_currency: bool,
    /// Refuses a number that is used.
    pub unique_numbers: bool,
    /// Nothing dated on or before this day is taken.
    pub closed_until: Option<NaiveDate>,
    /// The engine of the United States takes its own tax, whatever is sent along.
    pub replaces_tax: bool,
}

/// A company with everything in it.
#[derive(Debug)]
pub struct Books {
    pub realm: String,
    pub name: String,
    pub settings: Settings,
    rows: Vec<Row>,
    /// The content of files, by the id of what is said of them.
    pub files: HashMap<String, Vec<u8>>,
    places: HashMap<(Entity, String), usize>,
    last_id: HashMap<Space, u64>,
    undo: Vec<(usize, Option<Row>)>,
}

/// Transactions are numbered together, people together, every list on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Space {
    Transactions,
    People,
    List(Entity),
}

impl Space {
    fn of(entity: Entity) -> Self {
        match entity {
            _ if entity.is_transaction() => Self::Transactions,
            _ if entity.is_person() => Self::People,
            _ => Self::List(entity),
        }
    }
}

impl Books {
    /// Books without a single object.
    pub fn empty(realm: &str, name: &str, settings: Settings) -> Self {
        Self {
            realm: realm.to_owned(),
            name: name.to_owned(),
            settings,
            rows: Vec::new(),
            files: HashMap::new(),
            places: HashMap::new(),
            last_id: HashMap::new(),
            undo: Vec::new(),
        }
    }

    /// In the United States sales tax is QuickBooks' own work.
    pub fn is_us(&self) -> bool {
        self.settings.country == "US"
    }

    /// Every object of a kind, oldest first.
    pub fn all(&self, entity: Entity) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.entity == entity)
    }

    /// The object with this identifier, deleted ones too.
    pub fn get(&self, entity: Entity, id: &str) -> Option<&Row> {
        self.places.get(&(entity, id.to_owned())).map(|place| &self.rows[*place])
    }

    /// The object a document may name.
    ///
    /// # Errors
    /// It is not there, or it was made inactive.
    pub fn usable(&self, entity: Entity, id: &str) -> Result<&Row, Fault> {
        let what = match entity {
            Entity::Customer => "Names",
            Entity::Account => "Accounts",
            Entity::TaxCode => "TaxCodes",
            _ => "Items",
        };
        let row = self.get(entity, id).filter(|row| row.life != Life::Deleted);
        let row = row.ok_or_else(|| Fault::reference(what, id))?;
        if row.is_active() { Ok(row) } else { Err(Fault::gone()) }
    }

    /// Adds an object under a new identifier, which is returned.
    pub fn add(&mut self, entity: Entity, body: Body, now: DateTime<Utc>) -> String {
        let last = self.last_id.entry(Space::of(entity)).or_insert(0);
        *last += 1;
        let id = last.to_string();
        self.add_as(entity, &id, body, now);
        id
    }

    /// Adds an object under a given identifier.
    pub fn add_as(&mut self, entity: Entity, id: &str, body: Body, now: DateTime<Utc>) {
        if let Ok(number) = id.parse::<u64>() {
            let last = self.last_id.entry(Space::of(entity)).or_insert(0);
            *last = number.max(*last);
        }
        let place = self.rows.len();
        self.places.insert((entity, id.to_owned()), place);
        self.rows.push(Row {
            realm: self.realm.clone(),
            entity,
            id: id.to_owned(),
            sync_token: 0,
            life: Life::Alive,
            created_at: now,
            updated_at: now,
            body,
        });
        self.undo.push((place, None));
    }

    /// Replaces an object; its token moves on.
    pub fn replace(&mut self, mut row: Row, now: DateTime<Utc>) {
        let Some(place) = self.places.get(&(row.entity, row.id.clone())).copied() else { return };
        row.sync_token += 1;
        row.updated_at = now;
        let old = std::mem::replace(&mut self.rows[place], row);
        self.undo.push((place, Some(old)));
    }

    /// The point to roll back to if what follows is refused.
    pub fn mark(&self) -> usize {
        self.undo.len()
    }

    /// Undoes every change since the mark.
    pub fn roll_back(&mut self, mark: usize) {
        while self.undo.len() > mark {
            match self.undo.pop() {
                Some((place, Some(old))) => self.rows[place] = old,
                Some((_, None)) => {
                    if let Some(row) = self.rows.pop() {
                        self.places.remove(&(row.entity, row.id));
                    }
                }
                None => return,
            }
        }
    }

    /// Makes the running call final, and returns the rows it touched.
    pub fn settle(&mut self) -> Vec<Value> {
        let mut touched: Vec<usize> = self.undo.drain(..).map(|(place, _)| place).collect();
        touched.sort_unstable();
        touched.dedup();
        let rows = touched.into_iter().map(|place| serde_json::json!(self.rows[place]));
        rows.collect()
    }

    /// Closes the books up to and including this day, or opens them.
    pub fn close(&mut self, until: Option<NaiveDate>) {
        self.settings.closed_until = until;
        let preferences = self.rows.iter_mut().find(|row| row.entity == Entity::Preferences);
        let Some(Value::Object(shown)) =
            preferences.and_then(|row| row.body.get_mut("AccountingInfoPrefs"))
        else {
            return;
        };
        match until {
            Some(until) => shown.insert("BookCloseDate".to_owned(), until.to_string().into()),
            None => shown.remove("BookCloseDate"),
        };
    }

    /// Refuses a day in closed books.
    ///
    /// # Errors
    /// [`Fault::closed`].
    pub fn check_open(&self, day: NaiveDate) -> Result<(), Fault> {
        match self.settings.closed_until.filter(|until| day <= *until) {
            Some(until) => Err(Fault::closed(until)),
            None => Ok(()),
        }
    }
}
