//! Students: finding, registering, changing.
//!
//! Never deletes one: a student with documents stays part of the book.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::gates;
use crate::listing;
use crate::office::Office;
use crate::typed;
use crate::wire::students::{
    ChangeStudent, ListStudents, RegisterStudent, StudentPage, StudentRequest, StudentRow,
    StudentView,
};
use finance::fact::FactBody;
use finance::ids::{DepartmentId, StudentId};
use finance::party::{School, Student};
use store::{StudentColumn, StudentFilter, View};

const COLUMNS: &[(&str, StudentColumn)] = &[
    ("number", StudentColumn::Number),
    ("name", StudentColumn::Name),
    ("balance", StudentColumn::Balance),
    ("oldest_due", StudentColumn::OldestDue),
];

/// A page of students.
pub async fn list_students(
    office: &Office,
    _: &Actor,
    request: ListStudents,
) -> Result<StudentPage, Fault> {
    let filter = StudentFilter {
        query: typed::text("query", &request.query, typed::SHORT)?,
        department_id: typed::optional_id("department_id", request.department_id.as_deref())?,
        owing: request.owing,
        with_away: false,
    };
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let window = listing::window(&request.window);
    let mut view = office.store.read().await?;
    let page = view.list_students(&filter, order, window, office.today()).await?;
    let ids: Vec<StudentId> = page.rows.iter().map(|row| row.student.id).collect();
    let mut lights = gates::lights(&mut view, office, &ids).await?;
    let lit = |found: store::StudentRow| {
        let light = lights.remove(&found.student.id);
        row(found, light)
    };
    Ok(StudentPage {
        rows: page.rows.into_iter().map(lit).collect(),
        total: page.total,
        balance: page.balance.into(),
    })
}

fn row(row: store::StudentRow, lit: Option<gates::Lit>) -> StudentRow {
    let (light, let_through) =
        lit.map_or_else(Default::default, |lit| (lit.light, lit.let_through));
    StudentRow {
        id: row.student.id.to_string(),
        number: row.student.number,
        name: row.student.person.name,
        email: row.student.person.email,
        phone: row.student.person.phone,
        department: row.department,
        balance: row.balance.into(),
        overdue: row.overdue.into(),
        oldest_due: row.oldest_due.map(|day| day.to_string()),
        light,
        let_through,
    }
}

/// One student.
pub async fn find_student(
    office: &Office,
    _: &Actor,
    request: StudentRequest,
) -> Result<StudentView, Fault> {
    let id = typed::id("id", &request.id)?;
    show(office, id).await
}

async fn show(office: &Office, id: StudentId) -> Result<StudentView, Fault> {
    let mut view = office.store.read().await?;
    let row = demand(&mut view, id, office).await?;
    Ok(StudentView {
        id: row.student.id.to_string(),
        number: row.student.number,
        department_id: row.student.department_id.map(|id| id.to_string()),
        department: row.department,
        person: (&row.student.person).into(),
        balance: row.balance.into(),
        overdue: row.overdue.into(),
        credit: row.credit.into(),
        oldest_due: row.oldest_due.map(|day| day.to_string()),
        erased: row.erased,
    })
}

/// The student of an id.
///
/// # Errors
/// [`Code::NotFound`].
pub(crate) async fn demand(
    view: &mut View,
    id: StudentId,
    office: &Office,
) -> Result<store::StudentRow, Fault> {
    view.find_student(id, office.today())
        .await?
        .ok_or_else(|| Fault::new(Code::NotFound, "There is no such student.").rule("student"))
}

/// Registers a student; asked twice with the same id, once.
pub async fn register_student(
    office: &Office,
    actor: &Actor,
    request: RegisterStudent,
) -> Result<StudentView, Fault> {
    let id: StudentId = typed::id("id", &request.id)?;
    let person = typed::person(&request.person)?;
    let department_id = typed::optional_id("department_id", request.department_id.as_deref())?;
    // Who sees one department registers students there.
    let department_id = department_id.or(match actor.departments.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let mut tx = office.store.begin().await?;
    if tx.find_student(id, office.today()).await?.is_none() {
        demand_department(&mut tx, department_id).await?;
        let number = match request.number.trim() {
            "" => tx.next_student_number().await?,
            typed => student_number("number", typed, &office.school)?,
        };
        if tx.find_student_by_number(&number).await?.is_some() {
            return Err(Fault::new(Code::AlreadyExists, "This student number is taken.")
                .at("number")
                .rule("student_number")
                .with("number", number));
        }
        let student = Student { id, school_id: office.school.id, department_id, number, person };
        office.record(&mut tx, actor, [FactBody::StudentRegistered(student)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    show(office, id).await
}

async fn demand_department(view: &mut View, id: Option<DepartmentId>) -> Result<(), Fault> {
    let Some(id) = id else { return Ok(()) };
    if view.departments().await?.iter().any(|department| department.id == id) {
        return Ok(());
    }
    Err(Fault::new(Code::NotFound, "There is no such department.").at("department_id"))
}

/// A student number: digits only, and where the school uses KID numbers, no more than fit.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub(crate) fn student_number(field: &str, text: &str, school: &School) -> Result<String, Fault> {
    let most = school.kid.as_ref().map_or(18, |rule| usize::from(rule.student_digits));
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    // A leading zero would be lost in the KID, and two numbers would make the same one.
    if digits && !text.is_empty() && text.len() <= most && !text.starts_with('0') {
        return Ok(text.to_owned());
    }
    let message = format!("A student number has 1 to {most} digits and no zero in front.");
    Err(Fault::new(Code::Invalid, message)
        .at(field)
        .rule("student_number")
        .with("most", most.to_string()))
}

/// Changes a student's details; asked twice, the second changes nothing.
pub async fn change_student(
    office: &Office,
    actor: &Actor,
    request: ChangeStudent,
) -> Result<StudentView, Fault> {
    let id: StudentId = typed::id("id", &request.id)?;
    let person = typed::person(&request.person)?;
    let mut tx = office.store.begin().await?;
    let now = demand(&mut tx, id, office).await?;
    if now.student.person == person {
        drop(tx);
    } else {
        let change = FactBody::StudentChanged { student_id: id, person };
        office.record(&mut tx, actor, [change]).await?;
        tx.commit().await?;
    }
    show(office, id).await
}
