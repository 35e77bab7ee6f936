//! Who sees to a cause, where an office shares the work.
//!
//! Never keeps anybody else from mending it: a name is a word among colleagues.

use super::causes::{Meant, meant};
use crate::actor::{Act, Actor};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::common::Nothing;
use crate::wire::exports::{CauseView, Colleague, GiveCause};
use finance::fact::FactBody;
use finance::ids::UserId;
use finance::user::User;
use std::collections::BTreeSet;
use store::View;

/// Gives a cause to somebody, or to nobody again. To the same person twice changes nothing.
pub async fn give_cause(
    office: &Office,
    actor: &Actor,
    request: GiveCause,
) -> Result<Nothing, Fault> {
    let Meant::Records(id) = meant("cause_id", &request.cause_id)? else {
        let fault = Fault::new(Code::Invalid, "This goes on by itself; nobody need see to it.");
        return Err(fault.at("cause_id"));
    };
    let to: Option<UserId> =
        request.user_id.as_deref().map(|id| typed::id("user_id", id)).transpose()?;
    let mut tx = office.store.begin().await?;
    let cause = tx.open_causes(None).await?.into_iter().find(|cause| cause.id == id);
    let cause =
        cause.ok_or_else(|| Fault::new(Code::NotFound, "There is no such cause any more."))?;
    if let Some(user) = to {
        let known = tx.find_user(user).await?.filter(may_mend);
        known.ok_or_else(|| {
            let message = "This person does not mend exports.";
            Fault::new(Code::Invalid, message).at("user_id").rule("may_not_mend")
        })?;
    }
    if cause.given_to != to {
        let given = FactBody::CauseGiven {
            connection_id: cause.connection,
            class: cause.class,
            user_id: to,
        };
        office.record(&mut tx, actor, [given]).await?;
        tx.give_cause(id, to).await?;
    }
    tx.commit().await?;
    Ok(Nothing {})
}

/// Whoever can be given one of these, and whoever was, by name. Nobody where nobody signs in.
///
/// # Errors
/// What the database reports.
pub(super) async fn people(view: &mut View, causes: &[CauseView]) -> Result<Vec<Colleague>, Fault> {
    let held: BTreeSet<&str> = causes.iter().filter_map(|it| it.given_to.as_deref()).collect();
    let users = view.users().await?;
    let listed = users.into_iter().map(|user| Colleague {
        can_take: may_mend(&user),
        id: user.id.to_string(),
        name: user.name,
    });
    Ok(listed.filter(|it| it.can_take || held.contains(it.id.as_str())).collect())
}

fn may_mend(user: &User) -> bool {
    let seat = Actor { role: user.role, departments: user.departments.clone(), ..Actor::owner() };
    user.active && seat.may(Act::Export)
}
