//! The bookings of the last days: driven, called off or missed, and not billed yet.
//!
//! Never bills them: the pool is there for whoever looks around to bill in a run.

use super::acts::impossible;
use super::{Stage, later};
use crate::charges;
use crate::derived;
use crate::fault::Fault;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use finance::charge::{BookingEvent, EventKind};
use finance::fact::FactBody;
use finance::holding::{self, Holding, Told};
use finance::ids::{DrawId, EventId};
use rust_decimal::Decimal;

const DAYS: u64 = 9;
const A_DAY: u64 = 6;
/// Whoever came last still drives.
const DRIVING: u64 = 45;
const LESSONS: &[&str] = &["KT-B", "KT-B", "KT-B", "KT-90"];

impl Stage<'_> {
    /// Leaves the bookings of the last weekdays in the pool.
    pub(super) fn leave_bookings(&mut self) -> Result<(), Fault> {
        let first = self.scene.today.checked_sub_days(Days::new(DAYS)).unwrap_or(self.scene.today);
        for day in (0..DAYS).map(|days| later(first, days)) {
            if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                continue;
            }
            for place in 0..A_DAY {
                let body = self.booking(day, place)?;
                self.pen.write(day, body);
            }
        }
        Ok(())
    }

    fn booking(&mut self, day: NaiveDate, place: u64) -> Result<FactBody, Fault> {
        let back = usize::try_from(self.chance.between(1, DRIVING)).unwrap_or(1);
        let students = &self.told.students;
        let student = students[students.len().saturating_sub(back)].clone();
        let kind = match self.chance.between(1, 100) {
            1..=84 => EventKind::Attended,
            85..=90 => EventKind::CancelledInTime,
            91..=96 => EventKind::CancelledLate,
            _ => EventKind::NoShow,
        };
        let code = *self.chance.one(LESSONS);
        let service = self.service(code)?.clone();
        let school = &self.scene.school;
        let key = format!("sample-{day}-{place}");
        let id = derived::id(&["booking event", &school.id.to_string(), &key]);
        let event = BookingEvent {
            id: EventId(id),
            school_id: school.id,
            key,
            kind,
            student_id: student.id,
            department_id: student.department_id,
            service_id: service.id,
            quantity: Decimal::ONE,
            happened_on: day,
            booking: String::new(),
        };
        let description = charges::description(&school.language, &service, kind, day);
        let charge =
            event.charge(&[], &service, description, school.currency).map_err(impossible)?;
        let effect = kind.usual();
        let draw = |place: u32| {
            DrawId(derived::id(&["draw of an event", &id.to_string(), &place.to_string()]))
        };
        let packages = self.told.packages.values_mut();
        let mut held: Vec<&mut Holding> =
            packages.filter(|held| held.entitlement.student_id == student.id).collect();
        let mut own: Vec<Holding> = held.iter().map(|held| (**held).clone()).collect();
        let told = Told { event, charge, effect };
        let recorded = holding::settle(&mut own, told, draw).map_err(impossible)?;
        for held in &mut held {
            let after = own.iter().find(|own| own.entitlement.id == held.entitlement.id);
            if let Some(after) = after {
                **held = after.clone();
            }
        }
        Ok(FactBody::EventRecorded(Box::new(recorded)))
    }
}
