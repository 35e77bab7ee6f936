//! Connecting a folder: batches of files that a person carries to the accountant.
//!
//! Never signs in and never maps: our own codes stand in the files.

use super::{connection, find_open};
use crate::actor::Actor;
use crate::export::files::{CsvFolder, PROVIDER};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::connections::{ConnectFolder, ConnectionView};
use finance::fact::FactBody;
use finance::ids::ConnectionId;
use std::path::{Path, PathBuf};
use store::ConnectionRow;

/// Connects a folder, which must be there. A folder that is connected already stays as it is.
pub async fn connect_folder(
    office: &Office,
    actor: &Actor,
    request: ConnectFolder,
) -> Result<ConnectionView, Fault> {
    let folder = typed::required("folder", &request.folder, typed::LINE)?;
    let export_from = typed::optional_date("export_from", request.export_from.as_deref())?;
    let folder = writable(Path::new(&folder))?;
    // Two clicks make one connection.
    let _turn = office.outside.sign_ins.turn.lock().await;
    let known = office
        .store
        .read()
        .await?
        .connections()
        .await?
        .into_iter()
        .find(|row| !row.closed && row.provider == PROVIDER && row.remote_company_id == folder);
    let id = match known {
        Some(row) => row.id,
        None => open(office, actor, folder, export_from).await?,
    };
    let mut view = office.store.read().await?;
    let row = find_open(&mut view, "id", &id.to_string()).await?;
    connection(office, &mut view, &row).await
}

async fn open(
    office: &Office,
    actor: &Actor,
    folder: String,
    export_from: Option<chrono::NaiveDate>,
) -> Result<ConnectionId, Fault> {
    let id = ConnectionId(office.ids.new_id());
    let opened = FactBody::ConnectionOpened {
        connection_id: id,
        provider: PROVIDER.to_owned(),
        remote_company_id: folder.clone(),
        remote_company_name: folder,
        export_from,
    };
    let mut tx = office.store.begin().await?;
    office.record(&mut tx, actor, [opened]).await?;
    // There is nothing to map, so nothing keeps it from beginning.
    super::runs::let_begin(office, &mut tx, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// The folder's whole path, where files can be made in it.
fn writable(folder: &Path) -> Result<String, Fault> {
    let refused =
        |rule: &str, message: &str| Fault::new(Code::Invalid, message).at("folder").rule(rule);
    if !folder.is_absolute() || !folder.is_dir() {
        return Err(refused("no_folder", "There is no such folder."));
    }
    let folder = folder.canonicalize().map_err(|error| crate::files::fault(&error))?;
    let probe = folder.join(".kontor-probe");
    let made = std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe));
    made.map_err(|error| {
        refused("not_writable", "Files cannot be made in this folder.").detail(error.to_string())
    })?;
    let path = folder.to_str().map(str::to_owned);
    path.ok_or_else(|| refused("no_folder", "The name of this folder cannot be kept."))
}

/// Whether the folder of a connection is still there.
///
/// # Errors
/// [`Code::NotFound`] where it is not.
pub(super) fn check(row: &ConnectionRow) -> Result<(), Fault> {
    CsvFolder::new(PathBuf::from(&row.remote_company_id)).check().map_err(|_| {
        let fault = Fault::new(Code::NotFound, "The folder of this connection is not there.");
        fault.rule("folder_gone").with("name", row.remote_company_name.clone())
    })
}
