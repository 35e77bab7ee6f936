//! Who signs in, and as what.
//!
//! Never takes a password from the command line.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::Table;
use crate::user;
use clap::{Args, Subcommand};
use office::wire::desk::SchoolTables;
use office::wire::users::{ResetPassword, SaveUser, UserList, UserRow};
use office::{Code, Fault};
use serde_json::json;

/// What is asked about users.
#[derive(Subcommand)]
pub enum Users {
    /// List everybody who signs in or did
    List,
    /// Make a user; the first one of a book leads it, and from then on everybody signs in
    Add(Add),
    /// Change a user's name, role, departments or whether they sign in
    Change(Change),
    /// Give a user another password; it is asked for, or taken from `KONTOR_NEW_PASSWORD`
    Password {
        /// Sign-in name
        login: String,
    },
}

/// A new user.
#[derive(Args)]
pub struct Add {
    /// Sign-in name: small letters, digits, points and dashes; it stays
    login: String,
    /// Name as colleagues read it
    #[arg(long)]
    name: String,
    /// What they are
    #[arg(long, value_parser = ROLES)]
    role: String,
    /// Name of a department they see; may be repeated; none: all of them
    #[arg(long = "department", value_name = "NAME")]
    departments: Vec<String>,
}

/// What changes; what is left out stays.
#[derive(Args)]
pub struct Change {
    /// Sign-in name
    login: String,
    /// Name as colleagues read it
    #[arg(long)]
    name: Option<String>,
    /// What they are
    #[arg(long, value_parser = ROLES)]
    role: Option<String>,
    /// Name of a department they see; may be repeated
    #[arg(long = "department", value_name = "NAME", conflicts_with = "all_departments")]
    departments: Vec<String>,
    /// They see all departments
    #[arg(long)]
    all_departments: bool,
    /// Whether they sign in
    #[arg(long)]
    active: Option<bool>,
}

const ROLES: [&str; 4] = ["admin", "owner", "staff", "accountant"];

/// Answers about users.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Users) -> Result<Answer, Fault> {
    match command {
        Users::List => list(asker).await,
        Users::Add(wish) => add(asker, wish).await,
        Users::Change(wish) => change(asker, wish).await,
        Users::Password { login } => password(asker, &login).await,
    }
}

async fn list(asker: &Asker) -> Result<Answer, Fault> {
    let list: UserList = asker.ask("list_users", json!({})).await?;
    let names = department_names(asker).await?;
    let headings = ["Sign-in name", "Name", "Role", "Departments", "Signs in"];
    let table = Table::new(headings).rows(&list.rows, |row| {
        let departments = row.departments.iter().map(|id| {
            let known = names.iter().find(|(known, _)| known == id);
            known.map_or(id.as_str(), |(_, name)| name.as_str())
        });
        let departments = departments.collect::<Vec<_>>().join(", ");
        vec![
            row.login.clone(),
            row.name.clone(),
            row.role.clone(),
            if departments.is_empty() { "all".to_owned() } else { departments },
            if row.active && row.has_password { "yes" } else { "no" }.to_owned(),
        ]
    });
    Answer::new(&list, table.text())
}

async fn department_names(asker: &Asker) -> Result<Vec<(String, String)>, Fault> {
    let tables: SchoolTables = asker.ask("school_tables", json!({})).await?;
    Ok(tables.departments.into_iter().map(|department| (department.id, department.name)).collect())
}

async fn departments(asker: &Asker, wanted: &[String]) -> Result<Vec<String>, Fault> {
    let known = department_names(asker).await?;
    let find = |wanted: &String| {
        let found = known.iter().find(|(id, name)| id == wanted || name == wanted);
        found.map(|(id, _)| id.clone()).ok_or_else(|| {
            Fault::new(Code::NotFound, format!("There is no department {wanted:?}."))
        })
    };
    wanted.iter().map(find).collect()
}

async fn add(asker: &Asker, wish: Add) -> Result<Answer, Fault> {
    let request = SaveUser {
        id: super::new_id(),
        login: wish.login,
        name: wish.name,
        role: wish.role,
        departments: departments(asker, &wish.departments).await?,
        active: true,
        password: Some(user::new_password()?),
    };
    save(asker, request).await
}

async fn find(asker: &Asker, login: &str) -> Result<UserRow, Fault> {
    let list: UserList = asker.ask("list_users", json!({})).await?;
    let found = list.rows.into_iter().find(|row| row.login == login);
    found.ok_or_else(|| Fault::new(Code::NotFound, format!("There is no user {login:?}.")))
}

async fn change(asker: &Asker, wish: Change) -> Result<Answer, Fault> {
    let now = find(asker, &wish.login).await?;
    let named = departments(asker, &wish.departments).await?;
    let stays = named.is_empty() && !wish.all_departments;
    let request = SaveUser {
        id: now.id,
        login: now.login,
        name: wish.name.unwrap_or(now.name),
        role: wish.role.unwrap_or(now.role),
        departments: if stays { now.departments } else { named },
        active: wish.active.unwrap_or(now.active),
        password: None,
    };
    save(asker, request).await
}

async fn save(asker: &Asker, request: SaveUser) -> Result<Answer, Fault> {
    let row: UserRow = asker.ask("save_user", request).await?;
    let text = format!("{} signs in as {} ({}).", row.name, row.login, row.role);
    let gone = format!("{} ({}) does not sign in.", row.name, row.login);
    Answer::new(&row, if row.active { text } else { gone })
}

async fn password(asker: &Asker, login: &str) -> Result<Answer, Fault> {
    let row = find(asker, login).await?;
    let request = ResetPassword { id: row.id, password: user::new_password()? };
    asker
        .call("reset_password", serde_json::to_value(request).map_err(crate::ask::internal)?)
        .await?;
    Answer::new(&json!({ "login": row.login }), format!("{} has a new password.", row.name))
}
