//! People who sign in, and the session of one window.

use super::wire;

wire! {
    /// Who sits at the window that asks.
    pub struct SessionView {
        /// True where the book has users, so that somebody must sign in.
        pub needed: bool,
        /// Who signed in here.
        pub user: Option<SignedIn>,
        /// They signed in, and the window is locked until they give their password again.
        pub locked: bool,
        /// Minutes without a key or a movement after which the window locks; 0: never.
        pub idle_minutes: u16,
    }

    /// Whoever is signed in, with what screens need to know about them.
    pub struct SignedIn {
        pub id: String,
        pub login: String,
        pub name: String,
        /// `admin`, `owner`, `staff` or `accountant`.
        pub role: String,
        /// Ids of the departments they see; empty: all.
        pub departments: Vec<String>,
        /// What they may do: `see`, `work`, `credit`, `price`, `export`, `connect`, `audit`, `set_up`.
        pub acts: Vec<String>,
    }

    pub struct SignIn {
        pub login: String,
        pub password: String,
    }

    pub struct SetIdleLock {
        /// 0 to 240; 0: never.
        pub minutes: u16,
    }

    pub struct UserList {
        pub rows: Vec<UserRow>,
    }

    pub struct UserRow {
        pub id: String,
        pub login: String,
        pub name: String,
        pub role: String,
        pub departments: Vec<String>,
        pub active: bool,
        /// False: no password was set, so they cannot sign in yet.
        pub has_password: bool,
    }

    pub struct SaveUser {
        /// Made when the form opens.
        pub id: String,
        /// Small letters, digits, `.`, `-` and `_`; cannot be changed later.
        pub login: String,
        pub name: String,
        pub role: String,
        /// For `staff` and `accountant`; empty: all departments.
        pub departments: Vec<String>,
        pub active: bool,
        /// A first password, with a new user.
        pub password: Option<String>,
    }

    /// Gives a user another password.
    pub struct ResetPassword {
        pub id: String,
        pub password: String,
    }

    /// Changes one's own.
    pub struct ChangePassword {
        pub current: String,
        pub password: String,
    }

    pub struct SaveDepartment {
        /// Made when the form opens.
        pub id: String,
        pub name: String,
    }
}
