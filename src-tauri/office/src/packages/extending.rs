//! A later last day for packages, one or many at once.
//!
//! Never posts anything: a rest that expired was revenue since it was sold, and stays that when it
//! can be drawn again. Never charges or credits what was charged while a package had expired.

use super::{demand, shown};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::packages::{
    ExtendPackage, ExtendPackages, PackageNotExtended, PackagesExtended, StudentPackages,
};
use crate::{derived, typed};
use chrono::NaiveDate;
use finance::fact::FactBody;
use finance::holding::{Extension, ExtensionRejection, Holding};
use finance::ids::{EntitlementId, ExtensionId, StudentId};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use uuid::Uuid;

/// The most packages extended at once.
const MOST: usize = 1_000;
/// Extensions recorded before the window hears how far it is.
const STRIDE: usize = 100;

/// A refusal in the office's codes.
fn refused(rejection: &ExtensionRejection) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string()).at("until");
    match rejection {
        ExtensionRejection::Closed => fault.rule("extension_closed"),
        ExtensionRejection::UsedUp => fault.rule("extension_used_up"),
        ExtensionRejection::Endless => fault.rule("extension_endless"),
        ExtensionRejection::NotLater { until } => {
            fault.rule("extension_not_later").with("until", until.to_string())
        }
        ExtensionRejection::Past => fault.rule("extension_past"),
        ExtensionRejection::TooFar { last } => {
            fault.rule("extension_too_far").with("last", last.to_string())
        }
    }
}

/// What all extensions of one request have in common.
struct Wish {
    until: NaiveDate,
    reason: String,
}

impl Wish {
    fn read(until: &str, reason: &str) -> Result<Self, Fault> {
        let until = typed::date("until", until)?;
        Ok(Self { until, reason: typed::required("reason", reason, typed::LINE)? })
    }

    fn extension(
        &self,
        office: &Office,
        id: ExtensionId,
        holding: &Holding,
    ) -> Result<FactBody, ExtensionRejection> {
        let today = office.today();
        let before = holding.extensible(self.until, today)?;
        Ok(FactBody::EntitlementExtended(Extension {
            id,
            school_id: office.school.id,
            student_id: holding.entitlement.student_id,
            entitlement_id: holding.entitlement.id,
            before,
            until: self.until,
            on: today,
            reason: self.reason.clone(),
        }))
    }
}

/// Gives a package a later last day; asked twice with the same id, once.
pub async fn extend_package(
    office: &Office,
    actor: &Actor,
    request: ExtendPackage,
) -> Result<StudentPackages, Fault> {
    let id: ExtensionId = typed::id("id", &request.id)?;
    let wish = Wish::read(&request.until, &request.reason)?;
    let mut tx = office.store.begin().await?;
    let holding = demand(&mut tx, typed::id("entitlement_id", &request.entitlement_id)?).await?;
    if tx.is_extended_by(id).await? {
        drop(tx);
    } else {
        let later = wish.extension(office, id, &holding).map_err(|why| refused(&why))?;
        office.record(&mut tx, actor, [later]).await?;
        tx.commit().await?;
    }
    shown(office, holding.entitlement.student_id).await
}

/// Gives many packages the same later last day, for one reason. One that cannot last until that day
/// stays as it is and is told; asked twice with the same id, each is extended once.
///
/// # Errors
/// [`Code::NotFound`] where one is not there, [`Code::Invalid`] where none or too many are named:
/// then none is extended.
pub async fn extend_packages(
    office: &Office,
    actor: &Actor,
    request: ExtendPackages,
) -> Result<PackagesExtended, Fault> {
    let many: Uuid = typed::id("id", &request.id)?;
    let wish = Wish::read(&request.until, &request.reason)?;
    let ids = request.entitlement_ids.iter().map(|id| typed::id("entitlement_ids", id));
    let ids: BTreeSet<EntitlementId> = ids.collect::<Result<_, _>>()?;
    if ids.is_empty() || ids.len() > MOST {
        let fault = Fault::new(Code::Invalid, "Between 1 and 1 000 packages are extended at once.");
        return Err(fault.at("entitlement_ids").rule("package_count"));
    }
    let mut tx = office.store.begin().await?;
    let held = held(&mut tx, &ids).await?;
    let (mut bodies, mut answer) =
        (Vec::new(), PackagesExtended { extended: 0, refused: Vec::new() });
    for holding in held.values() {
        let package = holding.entitlement.id;
        let parts = ["one of many extensions", &many.to_string(), &package.to_string()];
        let id = ExtensionId(derived::id(&parts));
        if holding.extensions.iter().any(|there| there.id == id) {
            answer.extended += 1;
            continue;
        }
        match wish.extension(office, id, holding) {
            Ok(later) => bodies.push(later),
            Err(why) => answer.refused.push(not_extended(holding, &why)),
        }
    }
    let total = bodies.len();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut done = 0;
    for portion in bodies.chunks(STRIDE) {
        office.record(&mut tx, actor, portion.to_vec()).await?;
        done += portion.len();
        office.events.progress("extend_packages", count(done), count(total));
    }
    tx.commit().await?;
    answer.extended += count(total);
    Ok(answer)
}

/// The packages of some ids, each of which must be there.
async fn held(
    tx: &mut Tx,
    ids: &BTreeSet<EntitlementId>,
) -> Result<BTreeMap<EntitlementId, Holding>, Fault> {
    let wanted: Vec<EntitlementId> = ids.iter().copied().collect();
    let students: BTreeSet<StudentId> =
        tx.holders_of(&wanted).await?.into_iter().map(|(_, student)| student).collect();
    let students: Vec<StudentId> = students.into_iter().collect();
    let rows = tx.holdings_of(&students).await?.into_iter().map(|row| row.holding);
    let held: BTreeMap<EntitlementId, Holding> =
        rows.map(|it| (it.entitlement.id, it)).filter(|(id, _)| ids.contains(id)).collect();
    if held.len() < ids.len() {
        return Err(Fault::new(Code::NotFound, "There is no such package.").rule("entitlement"));
    }
    Ok(held)
}

fn not_extended(holding: &Holding, why: &ExtensionRejection) -> PackageNotExtended {
    let fault = refused(why);
    PackageNotExtended {
        id: holding.entitlement.id.to_string(),
        name: holding.entitlement.name.clone(),
        rule: fault.rule.unwrap_or_default(),
        params: fault.params,
    }
}
