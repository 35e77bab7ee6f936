//! Who may sign in, and what their passwords are checked against.
//!
//! Never tells a verifier together with a list of users: each is asked for by itself.

use crate::decode;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use finance::ids::UserId;
use finance::user::User;

impl View {
    /// Every user, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn users(&mut self) -> Result<Vec<User>, StoreError> {
        self.bodies("SELECT body FROM desk_user ORDER BY name COLLATE NOCASE, id").await
    }

    /// Whether anybody must sign in.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn has_users(&mut self) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM desk_user)")
            .fetch_one(self.conn())
            .await?)
    }

    /// One user.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let body: Option<String> = sqlx::query_scalar("SELECT body FROM desk_user WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(self.conn())
            .await?;
        body.as_deref().map(decode::json).transpose()
    }

    /// The user who signs in so; capitals do not matter.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        let body: Option<String> = sqlx::query_scalar("SELECT body FROM desk_user WHERE login = ?")
            .bind(login)
            .fetch_optional(self.conn())
            .await?;
        body.as_deref().map(decode::json).transpose()
    }

    /// What a user's password is checked against, once one was set.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn password_verifier(&mut self, id: UserId) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT verifier FROM user_password WHERE user_id = ?")
            .bind(id.to_string())
            .fetch_optional(self.conn())
            .await?)
    }
}

impl Tx {
    /// Replaces what a user's password is checked against. The caller records
    /// [`finance::fact::FactBody::PasswordSet`] beside it.
    ///
    /// # Errors
    /// [`StoreError::CauseMissing`] where there is no such user, or what the database reports.
    pub async fn set_password_verifier(
        &mut self,
        id: UserId,
        verifier: &str,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO user_password (user_id, verifier) VALUES (?, ?)
             ON CONFLICT (user_id) DO UPDATE SET verifier = excluded.verifier",
        )
        .bind(id.to_string())
        .bind(verifier)
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
