//! Those who pay for students: finding, setting, and who pays for whom by default.
//!
//! Never deletes one: a payer with documents stays part of the book.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::desk::SchoolTables;
use crate::wire::payers::{
    ListPayers, PaidStudent, PayerPage, PayerPart, PayerPartView, PayerRequest, PayerRow,
    PayerView, SavePayer, SaveStudentPayers, SaveTerms, StudentPayers, StudentPayersRequest, Terms,
};
use crate::{erasing, listing, school, show, students, typed};
use finance::fact::FactBody;
use finance::ids::{DepartmentId, PayerId, StudentId};
use finance::party::School;
use finance::payer::{Payer, PayerKind, PayerShare};
use finance::split::{MOST_PARTS, Part, SplitRejection};
use finance::terms::{MOST_DAYS, PaymentTerms};
use finance::{Currency, Money};
use store::{PayerFilter, View};

const KINDS: &[(&str, PayerKind)] = &[
    ("guardian", PayerKind::Guardian),
    ("employer", PayerKind::Employer),
    ("agency", PayerKind::Agency),
    ("other", PayerKind::Other),
];

/// Reads payment terms.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub(crate) fn terms(field: &str, terms: &Terms) -> Result<PaymentTerms, Fault> {
    if terms.days > MOST_DAYS {
        let fault = Fault::new(Code::Invalid, "Terms have at most 366 days.");
        return Err(fault.at(field).rule("terms_days"));
    }
    let days = terms.days;
    match terms.from.as_str() {
        "issue" => Ok(PaymentTerms::Issue { days }),
        "end_of_month" => Ok(PaymentTerms::EndOfMonth { days }),
        _ => Err(Fault::new(Code::Invalid, "There are no such terms.").at(field).rule("choice")),
    }
}

/// Payment terms as screens know them.
pub(crate) fn terms_view(terms: PaymentTerms) -> Terms {
    let (from, days) = match terms {
        PaymentTerms::Issue { days } => ("issue", days),
        PaymentTerms::EndOfMonth { days } => ("end_of_month", days),
    };
    Terms { from: from.to_owned(), days }
}

/// Reads how much somebody pays.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub(crate) fn part(field: &str, share: &PayerPart, currency: Currency) -> Result<Part, Fault> {
    match share.part.as_str() {
        "percent" => Ok(Part::Percent(typed::decimal(field, &share.value)?)),
        "amount" => Ok(Part::Amount(typed::money(field, &share.value, currency)?)),
        "rest" => Ok(Part::Rest),
        _ => Err(Fault::new(Code::Invalid, "There is no such share.").at(field).rule("choice")),
    }
}

/// How much somebody pays, as screens know it: what it is, and the number.
pub(crate) fn part_view(part: Part) -> (String, String) {
    match part {
        Part::Percent(percent) => ("percent".to_owned(), show::number(percent)),
        Part::Amount(amount) => ("amount".to_owned(), amount.plain()),
        Part::Rest => ("rest".to_owned(), String::new()),
    }
}

/// A share as it is typed into a document.
pub(crate) fn share_input(share: &PayerShare) -> PayerPart {
    let (part, value) = part_view(share.part);
    let payer_id = share.payer_id.map(|id| id.to_string());
    PayerPart { payer_id, part, value, reference: String::new() }
}

/// Code and numbers of a split that is refused.
pub(crate) fn split_refused(rejection: &SplitRejection) -> (&'static str, Vec<(&str, String)>) {
    match rejection {
        SplitRejection::PartCount => ("split_count", vec![("most", MOST_PARTS.to_string())]),
        SplitRejection::NotPositive { place } => {
            ("split_not_positive", vec![("place", place.to_string())])
        }
        SplitRejection::TwoRests => ("split_two_rests", vec![]),
        SplitRejection::DoesNotAddUp { left } => {
            let rule = if left.is_negative() { "split_too_much" } else { "split_left" };
            let size = if left.is_negative() { left.negated() } else { *left };
            (rule, vec![("left", size.plain()), ("currency", size.currency().to_string())])
        }
        SplitRejection::Nothing { place } => ("split_nothing", vec![("place", place.to_string())]),
        SplitRejection::EmptyDocument => ("split_empty", vec![]),
    }
}

/// A page of payers, by name.
pub async fn list_payers(
    office: &Office,
    _: &Actor,
    request: ListPayers,
) -> Result<PayerPage, Fault> {
    let filter = PayerFilter {
        query: typed::text("query", &request.query, typed::SHORT)?,
        with_inactive: request.with_inactive,
    };
    let window = listing::window(&request.window);
    let mut view = office.store.read().await?;
    let page = view.list_payers(&filter, window, office.today()).await?;
    Ok(PayerPage { rows: page.rows.iter().map(row).collect(), total: page.total })
}

/// What a payer is, as screens know it.
pub(crate) fn kind_name(kind: &PayerKind) -> String {
    show::name_of(kind, KINDS)
}

fn row(row: &store::PayerRow) -> PayerRow {
    let payer = &row.payer;
    PayerRow {
        id: payer.id.to_string(),
        number: payer.number.clone(),
        kind: kind_name(&payer.kind),
        name: payer.person.name.clone(),
        email: payer.person.email.clone(),
        org_number: payer.org_number.clone(),
        reference: payer.reference.clone(),
        terms: payer.terms.map(terms_view),
        active: payer.active,
        students: row.students,
        open: row.open.into(),
        overdue: row.overdue.into(),
    }
}

/// One payer.
pub async fn find_payer(
    office: &Office,
    _: &Actor,
    request: PayerRequest,
) -> Result<PayerView, Fault> {
    show_payer(office, typed::id("id", &request.id)?).await
}

/// A payer that must be there.
///
/// # Errors
/// [`Code::NotFound`].
pub(crate) async fn demand(
    view: &mut View,
    id: PayerId,
    office: &Office,
) -> Result<store::PayerRow, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such payer.").rule("payer");
    view.find_payer(id, office.today()).await?.ok_or_else(missing)
}

async fn show_payer(office: &Office, id: PayerId) -> Result<PayerView, Fault> {
    let mut view = office.store.read().await?;
    let found = demand(&mut view, id, office).await?;
    let students = view.paid_students(id).await?.into_iter().map(|student| {
        let (part, value) = part_view(student.share.part);
        PaidStudent {
            id: student.student_id.to_string(),
            number: student.number,
            name: student.name,
            part,
            value,
        }
    });
    Ok(PayerView {
        students: students.collect(),
        department_id: found.payer.department_id.map(|id| id.to_string()),
        vat_number: found.payer.vat_number.clone(),
        person: (&found.payer.person).into(),
        row: row(&found),
    })
}

/// Registers a payer or changes it; asked twice, the second changes nothing.
pub async fn save_payer(
    office: &Office,
    actor: &Actor,
    request: SavePayer,
) -> Result<PayerView, Fault> {
    let mut payer = read(office, &request)?;
    let mut tx = office.store.begin().await?;
    let known = tx.find_payer(payer.id, office.today()).await?.map(|row| row.payer);
    if let Some(id) = payer.department_id {
        demand_department(&mut tx, id).await?;
    }
    if tx.payer_is_erased(payer.id).await? {
        return Err(erasing::erased());
    }
    if known.is_none() && payer.department_id.is_none() {
        // Who sees one department registers payers there.
        payer.department_id = actor.departments.first().copied();
    }
    if payer.number.is_empty() {
        payer.number = match &known {
            Some(known) => known.number.clone(),
            None => tx.next_payer_number().await?,
        };
    }
    let id = payer.id;
    if known.as_ref() == Some(&payer) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::PayerSet(Box::new(payer))]).await?;
        tx.commit().await?;
    }
    show_payer(office, id).await
}

fn read(office: &Office, request: &SavePayer) -> Result<Payer, Fault> {
    Ok(Payer {
        id: typed::id("id", &request.id)?,
        school_id: office.school.id,
        department_id: typed::optional_id("department_id", request.department_id.as_deref())?,
        kind: typed::one_of("kind", &request.kind, KINDS)?,
        number: typed::text("number", &request.number, typed::SHORT)?,
        person: typed::person(&request.person)?,
        org_number: typed::text("org_number", &request.org_number, typed::SHORT)?,
        vat_number: typed::text("vat_number", &request.vat_number, typed::SHORT)?,
        reference: typed::text("reference", &request.reference, typed::SHORT)?,
        terms: request.terms.as_ref().map(|given| terms("terms", given)).transpose()?,
        active: request.active,
    })
}

async fn demand_department(view: &mut View, id: DepartmentId) -> Result<(), Fault> {
    if view.departments().await?.iter().any(|department| department.id == id) {
        return Ok(());
    }
    Err(Fault::new(Code::NotFound, "There is no such department.").at("department_id"))
}

/// Who pays for a student by default.
pub async fn student_payers(
    office: &Office,
    _: &Actor,
    request: StudentPayersRequest,
) -> Result<StudentPayers, Fault> {
    show_shares(office, typed::id("student_id", &request.student_id)?).await
}

async fn show_shares(office: &Office, id: StudentId) -> Result<StudentPayers, Fault> {
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, id, office).await?.student;
    let shares = view.default_payers(&[id]).await?.remove(&id).unwrap_or_default();
    let ids: Vec<PayerId> = shares.iter().filter_map(|share| share.payer_id).collect();
    let payers = view.find_payers(&ids).await?;
    let shares = shares.iter().map(|share| {
        let payer = share.payer_id.and_then(|id| payers.get(&id));
        let (name, number) = payer.map_or((&student.person.name, &student.number), |payer| {
            (&payer.person.name, &payer.number)
        });
        PayerPartView { share: share_input(share), name: name.clone(), number: number.clone() }
    });
    Ok(StudentPayers { student_id: id.to_string(), shares: shares.collect() })
}

/// Sets who pays for a student by default; asked twice, the second changes nothing.
pub async fn save_student_payers(
    office: &Office,
    actor: &Actor,
    request: SaveStudentPayers,
) -> Result<StudentPayers, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let shares = shares(&request.shares, office.school.currency)?;
    let mut tx = office.store.begin().await?;
    students::demand(&mut tx, student_id, office).await?;
    let ids: Vec<PayerId> = shares.iter().filter_map(|share| share.payer_id).collect();
    let known = tx.find_payers(&ids).await?;
    if let Some(place) = ids.iter().position(|id| !known.contains_key(id)) {
        let fault = Fault::new(Code::NotFound, "There is no such payer.").rule("payer");
        return Err(fault.at(format!("shares.{place}.payer_id")));
    }
    let now = tx.default_payers(&[student_id]).await?.remove(&student_id).unwrap_or_default();
    if now == shares {
        drop(tx);
    } else {
        let set = finance::payer::StudentPayers { student_id, shares };
        office.record(&mut tx, actor, [FactBody::StudentPayersSet(set)]).await?;
        tx.commit().await?;
    }
    show_shares(office, student_id).await
}

/// Shares that hold for invoices of any size: percentages come to all of it unless somebody takes
/// the rest, and beside an amount somebody must.
fn shares(typed_shares: &[PayerPart], currency: Currency) -> Result<Vec<PayerShare>, Fault> {
    let mut shares: Vec<PayerShare> = Vec::with_capacity(typed_shares.len());
    for (place, share) in typed_shares.iter().enumerate() {
        let at = |field: &str| format!("shares.{place}.{field}");
        let payer_id = typed::optional_id(&at("payer_id"), share.payer_id.as_deref())?;
        if shares.iter().any(|known| known.payer_id == payer_id) {
            let fault = Fault::new(Code::Invalid, "Somebody is named twice.");
            return Err(fault.at(at("payer_id")).rule("payer_twice"));
        }
        shares.push(PayerShare { payer_id, part: part(&at("value"), share, currency)? });
    }
    let parts: Vec<Part> = shares.iter().map(|share| share.part).collect();
    if let [PayerShare { payer_id: None, part: Part::Rest }] | [] = shares.as_slice() {
        return Ok(Vec::new());
    }
    let has = |wanted: fn(&Part) -> bool| parts.iter().any(wanted);
    if has(|part| matches!(part, Part::Amount(_))) && !has(|part| matches!(part, Part::Rest)) {
        let fault = Fault::new(Code::Invalid, "Beside an amount somebody takes the rest.");
        return Err(fault.at("shares").rule("split_needs_rest"));
    }
    // Large enough that no amount a person types exhausts it.
    let invoice = Money::from_minor(1_000_000_000_000, currency);
    finance::split::amounts(invoice, &parts).map_err(|rejection| {
        let (rule, params) = split_refused(&rejection);
        let fault = Fault::new(Code::Invalid, rejection.to_string()).at("shares");
        let rule = if rule == "split_left" { "split_not_all" } else { rule };
        params.into_iter().fold(fault.rule(rule), |fault, (name, value)| fault.with(name, value))
    })?;
    Ok(shares)
}

/// Sets the school's payment terms.
pub async fn save_terms(
    office: &Office,
    actor: &Actor,
    request: SaveTerms,
) -> Result<SchoolTables, Fault> {
    let terms = terms("terms", &request.terms)?;
    let mut tx = office.store.begin().await?;
    let now = tx.find_school().await?.unwrap_or_else(|| office.school.clone());
    if now.payment_terms() == terms {
        drop(tx);
    } else {
        let school = School { terms: Some(terms), ..now };
        office.record(&mut tx, actor, [FactBody::SchoolSet(school)]).await?;
        tx.commit().await?;
    }
    school::school_tables(office, actor, Nothing {}).await
}
