//! What a person keeps of a list: filters under a name, its columns, the view it opens with.
//!
//! Never facts: it is how somebody looks at the book. Never knows what an address or a column
//! means; that is the window's.

use crate::error::{StoreError, breaks_uniqueness};
use crate::tx::Tx;
use crate::view::View;
use uuid::Uuid;

/// A filter under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Made when the form opens.
    pub id: Uuid,
    /// Whose it is: a user's id, or the owner of a desk without sign-in.
    pub owner: String,
    /// The list it narrows.
    pub list: String,
    /// As it was named.
    pub name: String,
    /// What the list's address holds, as JSON.
    pub address: String,
    /// Everybody of the school sees it.
    pub is_shared: bool,
}

/// How a person has set up a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListSetup {
    /// The list.
    pub list: String,
    /// Its columns as JSON.
    pub columns: String,
    /// The view it opens with.
    pub default_view: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: String,
    owner: String,
    list: String,
    name: String,
    address: String,
    is_shared: bool,
}

impl Stored {
    fn view(self) -> Result<SavedView, StoreError> {
        Ok(SavedView {
            id: crate::decode::id(&self.id)?,
            owner: self.owner,
            list: self.list,
            name: self.name,
            address: self.address,
            is_shared: self.is_shared,
        })
    }
}

impl View {
    /// A person's own views and those that are shared, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn saved_views(&mut self, owner: &str) -> Result<Vec<SavedView>, StoreError> {
        let rows: Vec<Stored> = sqlx::query_as(
            "SELECT id, owner, list, name, address, is_shared FROM saved_view
             WHERE owner = ? OR is_shared = 1 ORDER BY name, id",
        )
        .bind(owner)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(Stored::view).collect()
    }

    /// One view, whoever it belongs to.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_saved_view(&mut self, id: Uuid) -> Result<Option<SavedView>, StoreError> {
        let row: Option<Stored> = sqlx::query_as(
            "SELECT id, owner, list, name, address, is_shared FROM saved_view WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(Stored::view).transpose()
    }

    /// How a person has set up the lists.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_setups(&mut self, owner: &str) -> Result<Vec<ListSetup>, StoreError> {
        let sql = "SELECT list, columns, default_view FROM list_setup WHERE owner = ? ORDER BY 1";
        Ok(sqlx::query_as(sql).bind(owner).fetch_all(self.conn()).await?)
    }
}

impl Tx {
    /// Keeps a view, in place of an earlier one with the same id; its owner stays.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] where the person has another of this name in the list, or what
    /// the database reports.
    pub async fn save_view(&mut self, view: &SavedView) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO saved_view (id, owner, list, name, address, is_shared)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address,
                is_shared = excluded.is_shared",
        )
        .bind(view.id.to_string())
        .bind(&view.owner)
        .bind(&view.list)
        .bind(&view.name)
        .bind(&view.address)
        .bind(view.is_shared)
        .execute(self.conn())
        .await
        .map_err(|error| {
            if breaks_uniqueness(&error) { StoreError::CodeTaken } else { error.into() }
        })?;
        Ok(())
    }

    /// Throws a view away, also where lists open with it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn delete_view(&mut self, id: Uuid) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM saved_view WHERE id = ?",
            "UPDATE list_setup SET default_view = NULL WHERE default_view = ?",
        ] {
            sqlx::query(sql).bind(id.to_string()).execute(self.conn()).await?;
        }
        Ok(())
    }

    /// Keeps how a person has set up a list.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn set_list(&mut self, owner: &str, setup: &ListSetup) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO list_setup (owner, list, columns, default_view) VALUES (?, ?, ?, ?)
             ON CONFLICT (owner, list) DO UPDATE SET columns = excluded.columns,
                default_view = excluded.default_view",
        )
        .bind(owner)
        .bind(&setup.list)
        .bind(&setup.columns)
        .bind(&setup.default_view)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// What somebody kept before anybody had to sign in becomes a user's.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn hand_over_views(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        for sql in [
            "UPDATE saved_view SET owner = ?2 WHERE owner = ?1",
            "UPDATE list_setup SET owner = ?2 WHERE owner = ?1",
        ] {
            sqlx::query(sql).bind(from).bind(to).execute(self.conn()).await?;
        }
        Ok(())
    }
}
