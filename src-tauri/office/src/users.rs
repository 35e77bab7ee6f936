//! The people who sign in: who they are, what they are, and that one of them always leads.
//!
//! Never shows or records a password; what it is checked against never leaves the book.

use crate::actor::{Actor, OWNER, Role};
use crate::desk::Desk;
use crate::fault::{Code, Fault};
use crate::keyfile::{PASSPHRASE_MAX, PASSPHRASE_MIN};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::desk::DepartmentView;
use crate::wire::users::{ResetPassword, SaveDepartment, SaveUser, UserList, UserRow};
use crate::{show, typed};
use finance::fact::FactBody;
use finance::ids::{DepartmentId, UserId};
use finance::party::Department;
use finance::user::User;
use store::View;

/// The roles by their names on the wire.
const ROLES: &[(&str, Role)] = &[
    ("admin", Role::Admin),
    ("owner", Role::Owner),
    ("staff", Role::Staff),
    ("accountant", Role::Accountant),
];

pub(crate) fn role_name(role: Role) -> String {
    show::name_of(&role, ROLES)
}

/// Everybody who signs in or did.
pub async fn list_users(office: &Office, _: &Actor, _: Nothing) -> Result<UserList, Fault> {
    let mut view = office.store.read().await?;
    let mut rows = Vec::new();
    for user in view.users().await? {
        rows.push(row(&mut view, user).await?);
    }
    Ok(UserList { rows })
}

async fn row(view: &mut View, user: User) -> Result<UserRow, Fault> {
    Ok(UserRow {
        has_password: view.password_verifier(user.id).await?.is_some(),
        id: user.id.to_string(),
        login: user.login,
        name: user.name,
        role: role_name(user.role),
        departments: user.departments.iter().map(ToString::to_string).collect(),
        active: user.active,
    })
}

/// Makes a user or changes one; saved twice as it is, the second changes nothing. Whoever makes
/// the first user of a book is signed in as that user, for from then on somebody must be.
pub async fn save_user(desk: &Desk, actor: &Actor, request: SaveUser) -> Result<UserRow, Fault> {
    let office = desk.office().await?;
    actor.demand_school(office.school.id)?;
    let user = user(&office, &request)?;
    if let Some(password) = &request.password {
        check_length("password", password)?;
    }
    let verifier = match request.password.clone() {
        Some(password) => Some(desk.verifier(password).await?),
        None => None,
    };
    let mut tx = office.store.begin().await?;
    let others = tx.users().await?;
    demand_departments(&mut tx, &user.departments).await?;
    check(&others, &user, verifier.is_some())?;
    let before = others.iter().find(|other| other.id == user.id);
    let mut bodies = Vec::new();
    if before != Some(&user) {
        bodies.push(FactBody::UserSet(user.clone()));
    }
    // A password comes with a new user; afterwards it has a command of its own.
    let verifier = verifier.filter(|_| before.is_none());
    if verifier.is_some() {
        bodies.push(FactBody::PasswordSet { user_id: user.id });
    }
    office.record(&mut tx, actor, bodies).await?;
    if let Some(verifier) = verifier {
        tx.set_password_verifier(user.id, &verifier).await?;
    }
    if others.is_empty() {
        tx.hand_over_views(OWNER, &user.id.to_string()).await?;
    }
    tx.commit().await?;
    if others.is_empty() {
        desk.sessions().sit(&actor.seat, user.id);
    }
    let mut view = office.store.read().await?;
    row(&mut view, user).await
}

fn user(office: &Office, request: &SaveUser) -> Result<User, Fault> {
    let departments = request.departments.iter().map(|id| typed::id("departments", id));
    let mut departments = departments.collect::<Result<Vec<DepartmentId>, Fault>>()?;
    departments.sort();
    departments.dedup();
    Ok(User {
        id: typed::id("id", &request.id)?,
        school_id: office.school.id,
        login: login(&request.login)?,
        name: typed::required("name", &request.name, typed::SHORT)?,
        role: typed::one_of("role", &request.role, ROLES)?,
        departments,
        active: request.active,
    })
}

fn login(text: &str) -> Result<String, Fault> {
    let text = typed::required("login", text, 40)?;
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    // The log says `owner` where nobody had to sign in.
    if text.chars().all(sound) && text != OWNER {
        return Ok(text);
    }
    let message = "A sign-in name has small letters, digits, points and dashes, and is not owner.";
    Err(Fault::new(Code::Invalid, message).at("login").rule("login"))
}

/// What must hold of a user beside the others.
fn check(others: &[User], user: &User, has_password: bool) -> Result<(), Fault> {
    let refused = |field: &str, rule: &str, message: &str| {
        Err(Fault::new(Code::Invalid, message).at(field).rule(rule))
    };
    let taken = others.iter().any(|other| other.login == user.login && other.id != user.id);
    if taken {
        let fault = Fault::new(Code::AlreadyExists, "This sign-in name is taken.");
        return Err(fault.at("login").rule("login").with("login", &user.login));
    }
    let before = others.iter().find(|other| other.id == user.id);
    if before.is_some_and(|before| before.login != user.login) {
        return refused("login", "login_stays", "A sign-in name cannot be changed.");
    }
    if user.role.leads() && !user.departments.is_empty() {
        return refused("departments", "leads_all", "Who leads the school sees all of it.");
    }
    if before.is_none() && !has_password {
        return refused("password", "missing", "Give a first password.");
    }
    let leads = |user: &User| user.active && user.role.leads();
    if !leads(user) && !others.iter().any(|other| other.id != user.id && leads(other)) {
        let field = if user.active { "role" } else { "active" };
        return refused(field, "last_owner", "One active owner or administrator must stay.");
    }
    Ok(())
}

async fn demand_departments(view: &mut View, wanted: &[DepartmentId]) -> Result<(), Fault> {
    let known = view.departments().await?;
    if wanted.iter().all(|id| known.iter().any(|department| department.id == *id)) {
        return Ok(());
    }
    Err(Fault::new(Code::NotFound, "There is no such department.").at("departments"))
}

/// Passwords are as long as the passphrase of a book, and for the same reason.
pub(crate) fn check_length(field: &str, password: &str) -> Result<(), Fault> {
    if (PASSPHRASE_MIN..=PASSPHRASE_MAX).contains(&password.chars().count()) {
        return Ok(());
    }
    let message = format!("A password has {PASSPHRASE_MIN} to {PASSPHRASE_MAX} characters.");
    Err(Fault::new(Code::Invalid, message).at(field).rule("password_length"))
}

/// Gives a user another password and ends their sessions.
pub async fn reset_password(
    desk: &Desk,
    actor: &Actor,
    request: ResetPassword,
) -> Result<Nothing, Fault> {
    let id: UserId = typed::id("id", &request.id)?;
    check_length("password", &request.password)?;
    let office = desk.office().await?;
    actor.demand_school(office.school.id)?;
    let verifier = desk.verifier(request.password).await?;
    let mut tx = office.store.begin().await?;
    if tx.find_user(id).await?.is_none() {
        return Err(Fault::new(Code::NotFound, "There is no such user.").rule("user"));
    }
    office.record(&mut tx, actor, [FactBody::PasswordSet { user_id: id }]).await?;
    tx.set_password_verifier(id, &verifier).await?;
    tx.commit().await?;
    desk.forget_tries(id)?;
    desk.sessions().end_others(id, &actor.seat);
    Ok(Nothing {})
}

/// Makes a department or renames one.
pub async fn save_department(
    office: &Office,
    actor: &Actor,
    request: SaveDepartment,
) -> Result<DepartmentView, Fault> {
    let department = Department {
        id: typed::id("id", &request.id)?,
        school_id: office.school.id,
        name: typed::required("name", &request.name, typed::SHORT)?,
    };
    let mut tx = office.store.begin().await?;
    let known = tx.departments().await?;
    let same = |other: &&Department| other.name == department.name && other.id != department.id;
    if known.iter().any(|other| same(&other)) {
        let fault = Fault::new(Code::AlreadyExists, "There is a department of this name.");
        return Err(fault.at("name").rule("department"));
    }
    if !known.contains(&department) {
        office.record(&mut tx, actor, [FactBody::DepartmentSet(department.clone())]).await?;
        tx.commit().await?;
    }
    Ok(DepartmentView { id: department.id.to_string(), name: department.name })
}
