//! The schools of a desk, and which of them is in use.
//!
//! Never holds anything of a school but its name. Each keeps books of its own, as whoever is bound
//! to keep books must (Norway: bokføringsloven § 2; Germany: HGB § 238; United Kingdom: Companies
//! Act 2006 s. 386), in a folder of its own under a key of its own: nothing can cross over by a
//! forgotten condition. Branches of one school are departments within its book.

use super::folder::Folder;
use crate::fault::{Code, Fault};
use crate::files;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The school whose book lies in the desk's folder itself.
const FIRST: &str = "first";

/// A place for a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The name of its folder; the first lies in the desk's own.
    pub id: String,
    /// The school's name as it was when its book was last opened; empty: it has no book yet.
    pub name: String,
}

/// The places of a desk, as `schools.json` keeps them. Without that file there is the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shelf {
    in_use: String,
    places: Vec<Place>,
}

impl Shelf {
    /// Reads the shelf of a desk.
    ///
    /// # Errors
    /// [`Code::BookDamaged`] where the file is not one, or what the disk reports.
    pub(super) fn read(desk: &Path) -> Result<Self, Fault> {
        match std::fs::read(index(desk)) {
            Ok(text) => {
                let damaged = |error: serde_json::Error| {
                    Fault::new(Code::BookDamaged, error.to_string()).rule("schools")
                };
                let shelf: Self = serde_json::from_slice(&text).map_err(damaged)?;
                // A name is a folder's: it must not lead anywhere else.
                let sound = |place: &Place| place.id == FIRST || place.id.parse::<Uuid>().is_ok();
                if shelf.places.iter().all(sound) && shelf.place(&shelf.in_use).is_some() {
                    return Ok(shelf);
                }
                Err(Fault::new(Code::BookDamaged, "The list of schools is not sound.")
                    .rule("schools"))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let first = Place { id: FIRST.to_owned(), name: String::new() };
                Ok(Self { in_use: first.id.clone(), places: vec![first] })
            }
            Err(error) => Err(files::fault(&error)),
        }
    }

    fn write(&self, desk: &Path) -> Result<(), Fault> {
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        files::write_whole(&index(desk), &text)
    }

    fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    pub(super) fn in_use(&self) -> &str {
        &self.in_use
    }

    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The folder of the school in use.
    pub(super) fn folder(&self, desk: &Path) -> Folder {
        Folder::new(path(desk, &self.in_use))
    }

    /// Takes a place into use; none named: a place without a book, new where there is none.
    ///
    /// # Errors
    /// [`Code::NotFound`], or what the disk reports.
    pub(super) fn take(&mut self, desk: &Path, id: Option<&str>, new: Uuid) -> Result<(), Fault> {
        let vacant = |place: &&Place| !Folder::new(path(desk, &place.id)).has_book();
        let found = match id {
            Some(id) => Some(self.place(id).ok_or_else(|| {
                Fault::new(Code::NotFound, "This desk has no such school.").rule("school")
            })?),
            None => self.places.iter().find(vacant),
        };
        let id = match found {
            Some(place) => place.id.clone(),
            None => {
                self.places.push(Place { id: new.to_string(), name: String::new() });
                new.to_string()
            }
        };
        files::private_folder(&path(desk, &id))?;
        self.in_use = id;
        self.write(desk)
    }

    /// Keeps the name under which the school in use is found again.
    ///
    /// # Errors
    /// What the disk reports.
    pub(super) fn name(&mut self, desk: &Path, name: &str) -> Result<(), Fault> {
        let in_use = self.in_use.clone();
        match self.places.iter_mut().find(|place| place.id == in_use) {
            Some(place) if place.name != name => name.clone_into(&mut place.name),
            _ => return Ok(()),
        }
        self.write(desk)
    }

    /// Clears the place in use, whose book is gone, and takes another school's into use where there
    /// is one.
    ///
    /// # Errors
    /// What the disk reports.
    pub(super) fn clear(&mut self, desk: &Path) -> Result<(), Fault> {
        let gone = self.in_use.clone();
        let others = |place: &&Place| place.id != gone && !place.name.is_empty();
        let Some(other) = self.places.iter().find(others).map(|place| place.id.clone()) else {
            return self.name(desk, "");
        };
        self.places.retain(|place| place.id != gone);
        self.in_use = other;
        self.write(desk)?;
        if gone == FIRST {
            return Ok(());
        }
        match std::fs::remove_dir_all(path(desk, &gone)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(files::fault(&error)),
            _ => Ok(()),
        }
    }
}

fn index(desk: &Path) -> PathBuf {
    desk.join("schools.json")
}

fn path(desk: &Path, id: &str) -> PathBuf {
    if id == FIRST { desk.to_owned() } else { desk.join("schools").join(id) }
}
