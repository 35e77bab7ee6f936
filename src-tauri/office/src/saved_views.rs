//! What a person keeps of the lists: filters under a name, columns, the view a list opens with.
//!
//! Never knows what stands in an address: the window wrote it, and reads it again.

use crate::actor::{Act, Actor, OWNER};
use crate::desk::Desk;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::common::Nothing;
use crate::wire::lists::{
    AmountRead, ColumnChoice, ListDesk, ListSetup, ReadAmount, SaveView, SavedView, ViewRequest,
};
use finance::Currency;
use std::collections::BTreeSet;
use store::View;
use uuid::Uuid;

/// The most views of one person.
const MOST_VIEWS: usize = 200;
/// The most columns a list has.
const MOST_COLUMNS: usize = 60;
/// The most letters of an address.
const LONGEST_ADDRESS: usize = 2_000;
/// Narrower nothing can be read, wider is wider than a screen.
const WIDTHS_PX: std::ops::RangeInclusive<u32> = 32..=1_200;

/// Whose things are meant.
fn owner(actor: &Actor) -> String {
    actor.user.map_or_else(|| OWNER.to_owned(), |user| user.to_string())
}

fn damaged(error: serde_json::Error) -> Fault {
    Fault::new(Code::BookDamaged, "A list's columns cannot be read.").detail(error.to_string())
}

/// Everything this person keeps of the lists.
pub async fn list_desk(office: &Office, actor: &Actor, _: Nothing) -> Result<ListDesk, Fault> {
    show(&mut office.store.read().await?, actor).await
}

async fn show(view: &mut View, actor: &Actor) -> Result<ListDesk, Fault> {
    let owner = owner(actor);
    let views = view.saved_views(&owner).await?.into_iter().map(|kept| SavedView {
        id: kept.id.to_string(),
        list: kept.list,
        name: kept.name,
        address: kept.address,
        is_shared: kept.is_shared,
        is_mine: kept.owner == owner,
    });
    let views = views.collect();
    let mut setups = Vec::new();
    for setup in view.list_setups(&owner).await? {
        let columns = serde_json::from_str(&setup.columns).map_err(damaged)?;
        setups.push(ListSetup { list: setup.list, columns, default_view: setup.default_view });
    }
    Ok(ListDesk { views, setups })
}

/// Keeps a filter under a name, or changes one that is the person's own.
pub async fn save_view(
    office: &Office,
    actor: &Actor,
    request: SaveView,
) -> Result<ListDesk, Fault> {
    let view = store::SavedView {
        id: typed::id("id", &request.id)?,
        owner: owner(actor),
        list: typed::required("list", &request.list, 40)?,
        name: typed::required("name", &request.name, 60)?,
        address: address(&request.address)?,
        is_shared: request.is_shared,
    };
    if view.is_shared {
        // What everybody sees is part of the work.
        actor.demand(Act::Work)?;
    }
    let mut tx = office.store.begin().await?;
    let there = demand_own(&mut tx, actor, view.id).await?;
    let own = tx.saved_views(&view.owner).await?;
    let own = own.iter().filter(|kept| kept.owner == view.owner && kept.id != view.id);
    if !there && own.clone().count() >= MOST_VIEWS {
        let fault = Fault::new(Code::Invalid, "There are too many views.").at("name");
        return Err(fault.rule("too_many_views").with("most", MOST_VIEWS.to_string()));
    }
    let same = |kept: &&store::SavedView| {
        kept.list == view.list && kept.name.to_lowercase() == view.name.to_lowercase()
    };
    if own.clone().any(|kept| same(&kept)) {
        let fault = Fault::new(Code::AlreadyExists, "Another view has this name.").at("name");
        return Err(fault.rule("view_name").with("name", view.name));
    }
    tx.save_view(&view).await?;
    tx.commit().await?;
    list_desk(office, actor, Nothing {}).await
}

/// An address is a JSON object of texts, numbers and truths.
fn address(text: &str) -> Result<String, Fault> {
    let wrong = || {
        let fault = Fault::new(Code::Invalid, "This is not what an address holds.");
        fault.at("address").rule("address")
    };
    if text.chars().count() > LONGEST_ADDRESS {
        return Err(wrong());
    }
    let held: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| wrong())?;
    if held.values().any(|value| value.is_array() || value.is_object()) {
        return Err(wrong());
    }
    Ok(text.to_owned())
}

/// Throws a view away; one that is gone is thrown away already. Who leads the school also throws
/// away what others share.
pub async fn delete_view(
    office: &Office,
    actor: &Actor,
    request: ViewRequest,
) -> Result<ListDesk, Fault> {
    let id: Uuid = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    let shared = tx.find_saved_view(id).await?.is_some_and(|view| view.is_shared);
    if !(shared && actor.may(Act::SetUp)) {
        demand_own(&mut tx, actor, id).await?;
    }
    tx.delete_view(id).await?;
    tx.commit().await?;
    list_desk(office, actor, Nothing {}).await
}

/// Whether there is such a view; refuses somebody else's.
async fn demand_own(view: &mut View, actor: &Actor, id: Uuid) -> Result<bool, Fault> {
    let Some(kept) = view.find_saved_view(id).await? else { return Ok(false) };
    if kept.owner == owner(actor) {
        return Ok(true);
    }
    Err(Fault::new(Code::Forbidden, "This view is somebody else's.").rule("not_your_view"))
}

/// Keeps how a list stands: its columns, and the view it opens with.
pub async fn set_list(
    office: &Office,
    actor: &Actor,
    request: ListSetup,
) -> Result<ListDesk, Fault> {
    let list = typed::required("list", &request.list, 40)?;
    check_columns(&request.columns)?;
    let default: Option<Uuid> =
        typed::optional_id("default_view", request.default_view.as_deref())?;
    let owner = owner(actor);
    let mut tx = office.store.begin().await?;
    if let Some(id) = default {
        let seen = tx.saved_views(&owner).await?;
        if !seen.iter().any(|view| view.id == id && view.list == list) {
            let fault = Fault::new(Code::NotFound, "There is no such view.");
            return Err(fault.at("default_view").rule("view"));
        }
    }
    let columns = serde_json::to_string(&request.columns).map_err(damaged)?;
    let default_view = default.map(|id| id.to_string());
    tx.set_list(&owner, &store::ListSetup { list, columns, default_view }).await?;
    tx.commit().await?;
    list_desk(office, actor, Nothing {}).await
}

fn check_columns(columns: &[ColumnChoice]) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for column in columns {
        let id = typed::required("columns", &column.id, 60)?;
        let fits = column.width_px.is_none_or(|width| WIDTHS_PX.contains(&width));
        if !fits || !seen.insert(id) || seen.len() > MOST_COLUMNS {
            let fault = Fault::new(Code::Invalid, "These columns do not make sense.");
            return Err(fault.at("columns").rule("columns"));
        }
    }
    Ok(())
}

/// Reads an amount as a person types it, also as a sum. Nothing is recorded.
pub async fn read_amount(_: &Desk, _: &Actor, request: ReadAmount) -> Result<AmountRead, Fault> {
    let wrong =
        |rule: &str, message: &str| Err(Fault::new(Code::Invalid, message).at("text").rule(rule));
    let Ok(currency) = request.currency.parse::<Currency>() else {
        return wrong("currency", "There is no such currency.");
    };
    let mut amount = typed::bounded("text", typed::sum("text", &request.text)?)?;
    if amount.is_sign_negative() && !amount.is_zero() && !request.allow_negative {
        return wrong("negative", "This must not be below nothing.");
    }
    let most = request.decimals.unwrap_or_default().max(currency.decimals());
    if amount.scale() > most {
        return wrong("too_many_decimals", "This has more decimals than are used.");
    }
    if amount.scale() < currency.decimals() {
        amount.rescale(currency.decimals());
    }
    Ok(AmountRead { amount: amount.to_string() })
}
