//! Signing in and out, and locking a window.
//!
//! Never looks at the request to learn which window asks: whoever carries it says so.

use crate::actor::{Act, Actor};
use crate::desk::{Desk, Seated};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::opening::status;
use crate::users;
use crate::wire::common::Nothing;
use crate::wire::desk::DeskStatus;
use crate::wire::users::{ChangePassword, SessionView, SetIdleLock, SignIn, SignedIn};
use finance::fact::FactBody;
use finance::user::User;
use std::sync::Arc;

/// The setting that keeps the minutes after which a window of this desk locks.
const IDLE_SETTING: &str = "idle_minutes";
/// Where nobody chose: an office where people come and go.
const IDLE_USUAL: u16 = 15;
/// Longer than that is no lock.
const IDLE_MOST: u16 = 240;

/// Signs a person in at this window.
pub async fn sign_in(desk: &Desk, actor: &Actor, request: SignIn) -> Result<DeskStatus, Fault> {
    desk.sign_in(&actor.seat, &request.login, request.password).await?;
    Ok(status(desk, actor).await)
}

/// Ends the session of this window.
pub async fn sign_out(desk: &Desk, actor: &Actor, _: Nothing) -> Result<DeskStatus, Fault> {
    desk.sessions().leave(&actor.seat);
    Ok(status(desk, actor).await)
}

/// Answers nothing more at this window until the password is given again.
pub async fn lock_session(desk: &Desk, actor: &Actor, _: Nothing) -> Result<DeskStatus, Fault> {
    desk.sessions().lock(&actor.seat);
    Ok(status(desk, actor).await)
}

/// Sets after how many minutes windows of this desk lock by themselves.
pub async fn set_idle_lock(
    desk: &Desk,
    actor: &Actor,
    request: SetIdleLock,
) -> Result<DeskStatus, Fault> {
    if request.minutes > IDLE_MOST {
        let fault = Fault::new(Code::Invalid, "A window locks after at most 240 minutes.");
        return Err(fault.at("minutes").rule("too_large"));
    }
    let office = desk.office().await?;
    actor.demand_school(office.school.id)?;
    let mut tx = office.store.begin().await?;
    tx.set_setting(IDLE_SETTING, &request.minutes.to_string()).await?;
    tx.commit().await?;
    Ok(status(desk, actor).await)
}

/// Changes one's own password.
pub async fn change_password(
    desk: &Desk,
    actor: &Actor,
    request: ChangePassword,
) -> Result<Nothing, Fault> {
    let nobody = || Fault::new(Code::WrongState, "Nobody signs in here.").rule("no_users");
    let id = actor.user.ok_or_else(nobody)?;
    users::check_length("password", &request.password)?;
    let office = desk.office().await?;
    let verifier = office.store.read().await?.password_verifier(id).await?;
    match desk.check_password(Some(id), verifier, request.current).await {
        Err(fault) if fault.code == Code::WrongPassword => return Err(fault.at("current")),
        checked => checked?,
    }
    let verifier = desk.verifier(request.password).await?;
    let mut tx = office.store.begin().await?;
    office.record(&mut tx, actor, [FactBody::PasswordSet { user_id: id }]).await?;
    tx.set_password_verifier(id, &verifier).await?;
    tx.commit().await?;
    desk.sessions().end_others(id, &actor.seat);
    Ok(Nothing {})
}

/// Who sits at a window; of a closed book nothing is known.
pub(crate) async fn session(
    desk: &Desk,
    office: Option<&Arc<Office>>,
    seat: &str,
) -> Result<Option<SessionView>, Fault> {
    let Some(office) = office else { return Ok(None) };
    let seated = Seated::read(desk, office, seat).await?;
    let minutes = office.store.read().await?.setting(IDLE_SETTING).await?;
    Ok(Some(SessionView {
        needed: seated.needed,
        user: seated.user.map(signed_in),
        locked: seated.locked,
        idle_minutes: minutes.and_then(|text| text.parse().ok()).unwrap_or(IDLE_USUAL),
    }))
}

fn signed_in(user: User) -> SignedIn {
    let actor = Actor { role: user.role, departments: user.departments.clone(), ..Actor::owner() };
    let acts = Act::ALL.iter().filter(|act| actor.may(**act));
    SignedIn {
        id: user.id.to_string(),
        login: user.login,
        name: user.name,
        role: users::role_name(user.role),
        departments: user.departments.iter().map(ToString::to_string).collect(),
        acts: acts.map(|act| act.name().to_owned()).collect(),
    }
}
