//! The schools of a desk, and which of them is in use.
//!
//! Never holds anything of a school but its name, and not even that while there is one school only:
//! the list is read before any book is opened, so it lies there in plain text. Each keeps books of its own, as whoever is bound
//! to keep books must (Norway: bokføringsloven § 2; Germany: HGB § 238; United Kingdom: Companies
//! Act 2006 s. 386), in a folder of its own under a key of its own: nothing can cross over by a
//! forgotten condition. Branches of one school are departments within its book.

use super::Desk;
use super::folder::Folder;
use crate::fault::{Code, Fault};
use crate::files;
use crate::office::Office;
use crate::wire::desk::DeskSchool;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use uuid::Uuid;

/// The school whose book lies in the desk's folder itself.
const FIRST: &str = "first";

/// A place for a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The name of its folder; the first lies in the desk's own.
    id: String,
    /// The school's name as it was when its book was last opened, or empty.
    name: String,
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

    /// The folder of the school in use.
    pub(super) fn folder(&self, desk: &Path) -> Folder {
        Folder::new(path(desk, &self.in_use))
    }

    /// Takes a place into use; none named: a place without a book, new where there is none.
    ///
    /// # Errors
    /// [`Code::NotFound`], or what the disk reports.
    fn take(&mut self, desk: &Path, id: Option<&str>, new: Uuid) -> Result<(), Fault> {
        let vacant = |place: &&Place| !has_book(desk, &place.id);
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
    fn name(&mut self, desk: &Path, name: &str) -> Result<(), Fault> {
        let in_use = self.in_use.clone();
        match self.places.iter_mut().find(|place| place.id == in_use) {
            Some(place) if place.name != name => name.clone_into(&mut place.name),
            _ => return Ok(()),
        }
        if self.places.len() == 1 { Ok(()) } else { self.write(desk) }
    }

    /// The schools that have a book.
    fn schools(&self, desk: &Path) -> Vec<DeskSchool> {
        let booked = self.places.iter().filter(|place| has_book(desk, &place.id));
        booked
            .map(|place| DeskSchool {
                id: place.id.clone(),
                name: place.name.clone(),
                in_use: place.id == self.in_use,
            })
            .collect()
    }

    /// Clears the place in use, whose book is gone, and takes another school's into use where there
    /// is one.
    ///
    /// # Errors
    /// What the disk reports.
    pub(super) fn clear(&mut self, desk: &Path) -> Result<(), Fault> {
        let gone = self.in_use.clone();
        let others = |place: &&Place| place.id != gone && has_book(desk, &place.id);
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

impl Desk {
    /// The schools of this desk.
    ///
    /// # Errors
    /// What the disk reports.
    pub(crate) async fn schools(&self) -> Result<Vec<DeskSchool>, Fault> {
        let mut schools = Shelf::read(&self.setup.folder)?.schools(&self.setup.folder);
        if let Some(opened) = self.opened.read().await.as_ref()
            && let Some(in_use) = schools.iter_mut().find(|school| school.in_use)
        {
            in_use.name.clone_from(&opened.office.school.name);
        }
        Ok(schools)
    }

    /// Closes the book that is open and turns to another school, or to a place for a new one.
    ///
    /// # Errors
    /// [`Code::NotFound`], or what the disk reports.
    pub(crate) async fn turn_to(&self, school: Option<&str>) -> Result<(), Fault> {
        let mut opened = self.opened.write().await;
        let mut shelf = Shelf::read(&self.setup.folder)?;
        if let Some(opened) = opened.as_ref() {
            shelf.name(&self.setup.folder, &opened.office.school.name)?;
        }
        let before = shelf.in_use.clone();
        shelf.take(&self.setup.folder, school, self.setup.ids.new_id())?;
        if shelf.in_use != before {
            let left = opened.take();
            self.settle_at(&shelf);
            self.shut(left).await;
        }
        drop(opened);
        Ok(())
    }

    /// Works from now on in the folder of the school in use. What was made for the person of another
    /// school is not opened for the next.
    fn settle_at(&self, shelf: &Shelf) {
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) =
            shelf.folder(&self.setup.folder);
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Keeps the name under which the school is found again.
    pub(super) fn note_name(&self, office: &Office) -> Result<(), Fault> {
        Shelf::read(&self.setup.folder)?.name(&self.setup.folder, &office.school.name)
    }

    /// Leaves the place of a book that is gone; another school of the desk comes into use.
    pub(super) async fn leave_place(&self) -> Result<(), Fault> {
        let _opened = self.opened.write().await;
        let mut shelf = Shelf::read(&self.setup.folder)?;
        shelf.clear(&self.setup.folder)?;
        self.settle_at(&shelf);
        Ok(())
    }
}

fn has_book(desk: &Path, id: &str) -> bool {
    Folder::new(path(desk, id)).has_book()
}

fn index(desk: &Path) -> PathBuf {
    desk.join("schools.json")
}

fn path(desk: &Path, id: &str) -> PathBuf {
    if id == FIRST { desk.to_owned() } else { desk.join("schools").join(id) }
}
