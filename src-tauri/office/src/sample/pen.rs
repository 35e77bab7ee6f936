//! Writes facts as if they had been written on their day.
//!
//! Never writes into the future, and never out of order.

use crate::actor::Actor;
use crate::beginning::FIRST_DESK;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use finance::fact::{FACT_VERSION, Fact, FactBody};
use finance::hlc::Hlc;
use finance::ids::{FactId, SchoolId};
use finance::party::School;

use super::chance::Chance;

/// Facts so far, and the moment of the last.
pub(super) struct Pen {
    actor: String,
    school_id: SchoolId,
    clock: Hlc,
    now_millis: i64,
    facts: Vec<Fact>,
    chance: Chance,
}

/// The office opens at eight; each fact takes some minutes.
const OPENS_MS: i64 = 8 * 3_600_000;
const STEP_MS: i64 = 97_000;

impl Pen {
    pub(super) fn new(
        actor: &Actor,
        school: &School,
        now: DateTime<Utc>,
        first_day: NaiveDate,
    ) -> Self {
        let first = first_day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        Self {
            actor: actor.name.clone(),
            school_id: school.id,
            clock: Hlc::start(FIRST_DESK).next(first),
            now_millis: now.timestamp_millis(),
            facts: Vec::new(),
            chance: Chance::new(7),
        }
    }

    /// Writes what happened on a day.
    pub(super) fn write(&mut self, day: NaiveDate, body: FactBody) {
        let opens = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis() + OPENS_MS;
        let moment = opens.max(self.clock.millis + STEP_MS).min(self.now_millis);
        self.clock = self.clock.next(moment);
        self.facts.push(Fact {
            id: FactId(self.chance.id(day)),
            school_id: self.school_id,
            actor: self.actor.clone(),
            clock: self.clock.clone(),
            version: FACT_VERSION,
            body,
        });
    }

    pub(super) fn write_all(&mut self, day: NaiveDate, bodies: impl IntoIterator<Item = FactBody>) {
        for body in bodies {
            self.write(day, body);
        }
    }

    /// What was written since it was last taken.
    pub(super) fn take(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.facts)
    }
}
