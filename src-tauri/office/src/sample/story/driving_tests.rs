//! The driving tests that are booked.
//!
//! Never leaves anything to chance, so that what is told after it stays as it was.

use super::{Stage, later};
use finance::fact::FactBody;

/// Every so many students have a test booked.
const EVERY: usize = 7;
/// The furthest is so many days away.
const AHEAD: u64 = 30;

impl Stage<'_> {
    /// Books a driving test within the next weeks for some students.
    pub(super) fn book_tests(&mut self) {
        let today = self.scene.today;
        for (days, student) in (1_u64..).zip(self.told.students.iter().skip(3).step_by(EVERY)) {
            let on = Some(later(today, 1 + days * 5 % AHEAD));
            let body = FactBody::DrivingTestSet { student_id: student.id, on };
            self.pen.write(today, body);
        }
    }
}
