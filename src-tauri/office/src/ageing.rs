//! How old debt is: of every student and payer, and the rows that make each amount.
//!
//! Never a sum without its rows, and never a sum of the rows of one page: sums are of all.

mod paging;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show::name_of;
use crate::wire::balances::{
    AgeingAsked, AgeingByPayer, AgeingDepartment, AgeingItem, AgeingItems, AgeingItemsRequest,
    AgeingPage, AgeingRequest, AgeingStudent, AgeingView,
};
use crate::{listing, payers, reports, statements, typed};
use finance::Money;
use finance::ageing::{AgeingRow, Buckets, Span};
use finance::ids::DepartmentId;
use finance::money::MoneyError;
use paging::page;
use std::collections::BTreeMap;
use store::{AgeBy, AgeingQuestion, Asked, ItemQuestion, View};

/// The columns that debts are aged in: as typed, two to six rising limits.
///
/// # Errors
/// [`Code::Invalid`] at `buckets`.
pub(crate) fn buckets(ends: Vec<u16>) -> Result<Buckets, Fault> {
    Buckets::new(ends).map_err(|_| {
        Fault::new(Code::Invalid, "Limits are two to six rising numbers of days.")
            .at("buckets")
            .rule("buckets")
    })
}

/// The columns of the school.
///
/// # Errors
/// What the database reports.
pub(crate) async fn school_buckets(view: &mut View) -> Result<Buckets, Fault> {
    let school = view.find_school().await?;
    Ok(school.and_then(|school| school.ageing_buckets).unwrap_or_default())
}

async fn chosen_buckets(view: &mut View, ends: Vec<u16>) -> Result<Buckets, Fault> {
    if ends.is_empty() { school_buckets(view).await } else { buckets(ends) }
}

/// Every student with debt or credit on a day, by age, and the same by department.
pub async fn ageing(
    office: &Office,
    _: &Actor,
    request: AgeingRequest,
) -> Result<AgeingView, Fault> {
    let mut view = office.store.read().await?;
    let (question, wanted) = question(&mut view, request).await?;
    let students = view.ageing(&question).await?;
    let names = view.departments().await?;
    let none = Sums::none(question.buckets.columns(), Money::zero(office.school.currency));
    let mut sums: BTreeMap<Option<DepartmentId>, Sums> = BTreeMap::new();
    for student in &students {
        let of = sums.entry(student.department_id).or_insert_with(|| none.clone());
        of.add(1, &student.amounts)?;
    }
    let mut all = none;
    for of in sums.values() {
        all.add(of.students, &of.amounts)?;
    }
    let named = names.into_iter().map(|department| (Some(department.id), department.name));
    let departments = named.chain([(None, String::new())]).filter_map(|(id, name)| {
        let of = sums.remove(&id)?;
        Some(AgeingDepartment {
            department_id: id.map(|id| id.to_string()),
            name,
            students: of.students,
            columns: of.amounts.columns.into_iter().map(Into::into).collect(),
            credit: of.amounts.credit.into(),
            balance: of.amounts.balance.into(),
        })
    });
    let departments = departments.collect();
    let (rows, people, total) = page(students, wanted.as_ref(), question.buckets.columns())?;
    Ok(AgeingView {
        as_of: question.as_of.to_string(),
        buckets: question.buckets.ends().to_vec(),
        departments,
        rows: rows.into_iter().map(ageing_row).collect(),
        total,
        people,
        columns: all.amounts.columns.into_iter().map(Into::into).collect(),
        credit: all.amounts.credit.into(),
        balance: all.amounts.balance.into(),
    })
}

/// What is asked of the books, and which of its rows.
async fn question(
    view: &mut View,
    request: AgeingRequest,
) -> Result<(AgeingQuestion, Option<AgeingPage>), Fault> {
    let question = AgeingQuestion {
        as_of: typed::date("as_of", &request.as_of)?,
        by: typed::one_of("by", &request.by, BY)?,
        buckets: chosen_buckets(view, request.buckets).await?,
        department: reports::among("department_id", request.department_id.as_deref())?,
    };
    Ok((question, request.page))
}

/// Everybody who is asked for something or has credit on a day, by age: payers, and students where
/// nobody else pays.
pub async fn ageing_by_payer(
    office: &Office,
    _: &Actor,
    request: AgeingRequest,
) -> Result<AgeingByPayer, Fault> {
    let mut view = office.store.read().await?;
    let (question, wanted) = question(&mut view, request).await?;
    let rows = view.ageing_by_asked(&question).await?;
    let mut all = Sums::none(question.buckets.columns(), Money::zero(office.school.currency));
    for row in &rows {
        all.add(1, &row.amounts)?;
    }
    let (rows, people, total) = page(rows, wanted.as_ref(), question.buckets.columns())?;
    Ok(AgeingByPayer {
        as_of: question.as_of.to_string(),
        buckets: question.buckets.ends().to_vec(),
        rows: rows.into_iter().map(asked_row).collect(),
        total,
        people,
        columns: all.amounts.columns.into_iter().map(Into::into).collect(),
        credit: all.amounts.credit.into(),
        balance: all.amounts.balance.into(),
    })
}

fn asked_row(row: store::AgeingAsked) -> AgeingAsked {
    let (payer_id, student_id) = match row.asked {
        Asked::Payer(id) => (Some(id.to_string()), None),
        Asked::Student(id) => (None, Some(id.to_string())),
    };
    AgeingAsked {
        payer_id,
        student_id,
        number: row.number.to_string(),
        name: row.name.to_string(),
        kind: row.kind.map_or_else(|| "student".to_owned(), |kind| payers::kind_name(&kind)),
        students: row.students,
        columns: row.amounts.columns.into_iter().map(Into::into).collect(),
        credit: row.amounts.credit.into(),
        balance: row.amounts.balance.into(),
    }
}

const BY: &[(&str, AgeBy)] = &[("due", AgeBy::Due), ("issue", AgeBy::Issue)];

/// Amounts of several students.
#[derive(Clone)]
struct Sums {
    students: u32,
    amounts: AgeingRow,
}

impl Sums {
    fn none(columns: usize, zero: Money) -> Self {
        let amounts = AgeingRow { columns: vec![zero; columns], credit: zero, balance: zero };
        Self { students: 0, amounts }
    }

    fn add(&mut self, students: u32, more: &AgeingRow) -> Result<(), MoneyError> {
        self.students += students;
        for (sum, column) in self.amounts.columns.iter_mut().zip(&more.columns) {
            *sum = sum.plus(*column)?;
        }
        self.amounts.credit = self.amounts.credit.plus(more.credit)?;
        self.amounts.balance = self.amounts.balance.plus(more.balance)?;
        Ok(())
    }
}

fn ageing_row(student: store::AgeingStudent) -> AgeingStudent {
    AgeingStudent {
        student_id: student.student_id.to_string(),
        number: student.number.to_string(),
        name: student.name.to_string(),
        columns: student.amounts.columns.into_iter().map(Into::into).collect(),
        credit: student.amounts.credit.into(),
        balance: student.amounts.balance.into(),
    }
}

/// The rows that make a cell of the ageing.
pub async fn ageing_items(
    office: &Office,
    _: &Actor,
    request: AgeingItemsRequest,
) -> Result<AgeingItems, Fault> {
    let mut view = office.store.read().await?;
    let as_of = typed::date("as_of", &request.as_of)?;
    let buckets = chosen_buckets(&mut view, request.buckets).await?;
    let span = match request.column {
        None => Span::default(),
        Some(column) => buckets.span(column.into(), as_of).ok_or_else(|| {
            Fault::new(Code::Invalid, "There is no such column.").at("column").rule("choice")
        })?,
    };
    let question = ItemQuestion {
        as_of,
        by: typed::one_of("by", &request.by, BY)?,
        span,
        student_id: typed::optional_id("student_id", request.student_id.as_deref())?,
        department: reports::among("department_id", request.department_id.as_deref())?,
        payer: reports::among("payer_id", request.payer_id.as_deref())?,
    };
    let window = listing::window(&request.window);
    let page = if request.credit {
        view.credits_on(&question, window).await?
    } else {
        view.debts_on(&question, window).await?
    };
    let methods = view.payment_methods().await?;
    let row = |item: store::Item| AgeingItem {
        kind: name_of(&item.kind, statements::ITEMS),
        id: item.id.to_string(),
        label: statements::item_label(&item, &methods),
        student_id: item.student_id.to_string(),
        student: item.student,
        date: item.date.to_string(),
        due_date: item.due_date.map(|day| day.to_string()),
        amount: item.total.into(),
        left: item.left.into(),
    };
    Ok(AgeingItems {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        left: page.left.into(),
    })
}
