//! A year at the desk: who came, what was charged, who paid how.
//!
//! Never writes a fact itself: the acts do, by the same rules of money as the real desk.

mod acts;
mod bookings;
mod driving_tests;

use super::chance::Chance;
use super::pen::Pen;
use super::people;
use crate::fault::Fault;
use chrono::{Days, NaiveDate};
use finance::Money;
use finance::catalogue::ServiceItem;
use finance::holding::Holding;
use finance::ids::{InvoiceId, StudentId};
use finance::invoice::Invoice;
use finance::numbering::NumberSeries;
use finance::party::{Department, School, Student};
use finance::tax::TaxCode;
use std::collections::BTreeMap;
use store::Tx;

/// Where it plays.
pub(super) struct Scene {
    pub school: School,
    pub services: Vec<ServiceItem>,
    pub taxes: Vec<TaxCode>,
    pub departments: Vec<Department>,
    /// Of invoices, then of credit notes.
    pub series: Vec<NumberSeries>,
    pub first_day: NaiveDate,
    pub today: NaiveDate,
}

const STUDENTS: u64 = 120;

/// What is charged at once: codes of the price list with quantities.
type Charge = &'static [(&'static str, u64)];

/// The stages of learning to drive, each an invoice.
const STAGES: &[&[Charge]] = &[
    &[&[("TK-01", 1), ("FH-01", 1), ("BK-B", 1)], &[("TK-01", 1)], &[("TK-01", 1), ("BK-B", 1)]],
    &[&[("KT-B", 3)], &[("KT-B", 4)], &[("PK-10", 1)], &[("KT-B", 2), ("AV-50", 1)]],
    &[&[("GT-01", 1), ("GB-01", 1)], &[("GT-01", 1), ("GB-01", 1), ("KT-B", 2)]],
    &[&[("SB-01", 1)], &[("SB-01", 1), ("KT-B", 2)]],
    &[&[("SV-01", 1)], &[("SV-01", 1), ("KT-B", 1)]],
    &[&[("KT-90", 1), ("LB-01", 1), ("GF-B", 1), ("GK-01", 1)], &[("KT-90", 1), ("GF-B", 1)]],
];

/// How a student pays.
#[derive(Clone, Copy)]
enum Habit {
    Prompt,
    Slow,
    Parts,
    TooMuch,
    Never,
}

/// What happens on a day; the place is the student's or the invoice's.
enum Happening {
    Comes(usize),
    IsCharged {
        student: usize,
        charge: Charge,
        habit: Habit,
    },
    Pays {
        invoice: InvoiceId,
        share: Share,
    },
    IsCredited {
        invoice: InvoiceId,
    },
    /// A lesson out of the package an invoice sold; counts from 0.
    Drives {
        invoice: InvoiceId,
        lesson: u64,
    },
}

#[derive(Clone, Copy)]
enum Share {
    Rest,
    Percent(i64),
    Above(i64),
}

/// What has happened so far.
struct Told {
    students: Vec<Student>,
    /// Invoices with what is open.
    invoices: BTreeMap<InvoiceId, (Invoice, Money)>,
    /// Packages that can be drawn, by the invoice that sold them.
    packages: BTreeMap<InvoiceId, Holding>,
    /// What is still to come, by day and then in the order it was thought of.
    ahead: BTreeMap<(NaiveDate, u64), Happening>,
    thought_of: u64,
}

impl Told {
    fn plan(&mut self, day: NaiveDate, happening: Happening) {
        self.thought_of += 1;
        self.ahead.insert((day, self.thought_of), happening);
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// One performance: where it plays, who writes, and what is left to chance.
struct Stage<'a> {
    tx: &'a mut Tx,
    scene: &'a Scene,
    pen: &'a mut Pen,
    chance: &'a mut Chance,
    told: Told,
}

/// Tells the year.
///
/// # Errors
/// What the book refuses.
pub(super) async fn tell(
    tx: &mut Tx,
    scene: &Scene,
    pen: &mut Pen,
    chance: &mut Chance,
) -> Result<(), Fault> {
    let told = Told {
        students: cast(scene, chance),
        invoices: BTreeMap::new(),
        packages: BTreeMap::new(),
        ahead: BTreeMap::new(),
        thought_of: 0,
    };
    let mut stage = Stage { tx, scene, pen, chance, told };
    stage.plan();
    while let Some(((day, _), happening)) = stage.told.ahead.pop_first() {
        if day > scene.today {
            break;
        }
        match happening {
            Happening::Comes(place) => stage.register(day, place),
            Happening::IsCharged { student, charge, habit } => {
                stage.issue(day, student, charge, habit).await?;
            }
            Happening::Pays { invoice, share } => stage.pay(day, invoice, share)?,
            Happening::IsCredited { invoice } => stage.credit(day, invoice).await?,
            Happening::Drives { invoice, lesson } => stage.drive(day, invoice, lesson),
        }
    }
    stage.leave_bookings()?;
    stage.book_tests();
    let facts = stage.pen.take();
    stage.tx.record(&facts).await?;
    stage.leave_drafts().await
}

fn cast(scene: &Scene, chance: &mut Chance) -> Vec<Student> {
    (0..STUDENTS)
        .map(|place| Student {
            id: StudentId(chance.id(scene.first_day)),
            school_id: scene.school.id,
            department_id: Some(chance.one(&scene.departments).id),
            number: (1_001 + place).to_string(),
            person: people::person(chance, 1_001 + place),
        })
        .collect()
}

impl Stage<'_> {
    /// Who comes when, how they pay, and which stages they go through.
    fn plan(&mut self) {
        let span = u64::try_from((self.scene.today - self.scene.first_day).num_days()).unwrap_or(0);
        for student in 0..self.told.students.len() {
            // In the order of their numbers, two in three in the first eight months.
            let place = u64::try_from(student).unwrap_or(0);
            let mut day = later(self.scene.first_day, place * (span - 5) / STUDENTS);
            self.told.plan(day, Happening::Comes(student));
            let habit = self.habit();
            for charges in STAGES {
                day = later(day, self.chance.between(1, 26));
                if self.chance.percent(12) {
                    break;
                }
                let charge = *self.chance.one(charges);
                self.told.plan(day, Happening::IsCharged { student, charge, habit });
                day = later(day, self.chance.between(6, 24));
            }
        }
    }

    fn habit(&mut self) -> Habit {
        match self.chance.between(1, 100) {
            1..=62 => Habit::Prompt,
            63..=80 => Habit::Slow,
            81..=89 => Habit::Parts,
            90..=95 => Habit::TooMuch,
            _ => Habit::Never,
        }
    }

    /// What follows from an invoice, by the student's habit.
    fn plan_payments(&mut self, day: NaiveDate, invoice: InvoiceId, habit: Habit) {
        let mut pays = |days, share| {
            self.told.plan(later(day, days), Happening::Pays { invoice, share });
        };
        match habit {
            Habit::Prompt => pays(self.chance.between(7, 15), Share::Rest),
            Habit::Slow => pays(self.chance.between(18, 60), Share::Rest),
            Habit::Parts => {
                pays(self.chance.between(5, 14), Share::Percent(40));
                pays(self.chance.between(30, 75), Share::Rest);
            }
            Habit::TooMuch => pays(self.chance.between(2, 12), Share::Above(50_000)),
            Habit::Never => {}
        }
        if self.chance.percent(4) {
            let days = self.chance.between(2, 20);
            self.told.plan(later(day, days), Happening::IsCredited { invoice });
        }
    }
}
