//! What tests build on: a desk in a folder of its own, with a clock that stands, ids that count,
//! and secrets that are gone afterwards.
//!
//! Never used by the product, and never the machine's keychain, clock or folders.

pub mod adapter;
pub mod authority;
mod books;
mod chance;
pub mod engine;
pub mod exporting;
pub mod filing;
mod forms;
pub mod journals;
pub mod mail;
pub mod purchases;
pub mod scene;
pub mod signing_in;
pub mod sms;
mod still;
pub mod system;
mod wall;
pub mod worker;
pub mod wrapped;

pub use chance::CountingIds;
pub use forms::{
    LineForm, draft, line, payer, payment, person, school, school_with_passphrase, service, share,
    student,
};
pub use wall::WallClock;

use chrono::NaiveDate;
use office::rpc::dispatch;
use office::sealing::Stretch;
use office::secrets::{MemorySecrets, SecretStore};
use office::{Actor, Desk, DeskSetup, Fault};
use providers::registry::Provider;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// So cheap that a test does not notice; never used for a real book.
pub const CHEAP: Stretch = Stretch { memory_kib: 8, passes: 1 };

/// The passphrase of test books.
pub const PASSPHRASE: &str = "a passphrase for tests";

/// A desk in a temporary folder.
pub struct TestDesk {
    pub desk: Arc<Desk>,
    pub clock: Arc<WallClock>,
    pub keychain: Arc<dyn SecretStore>,
    pub actor: Actor,
    ids: Arc<CountingIds>,
    elsewhere: BTreeMap<Provider, String>,
    folder: TempDir,
}

impl TestDesk {
    /// A desk without a book, on a Tuesday.
    pub fn empty() -> Self {
        Self::on("2026-03-10")
    }

    /// A desk without a book on a day.
    pub fn on(day: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Arc::new(WallClock::standing_at(self::day(day)));
        let keychain: Arc<dyn SecretStore> = Arc::new(MemorySecrets::default());
        let ids = Arc::new(CountingIds::default());
        let desk = Desk::new(setup(folder.path(), &clock, &keychain, &ids)).expect("a desk");
        let actor = Actor::owner();
        Self { desk, clock, keychain, actor, ids, elsewhere: BTreeMap::new(), folder }
    }

    /// A desk with the book of a small Norwegian school, its key in the keychain.
    pub async fn with_school() -> Self {
        let desk = Self::empty();
        desk.call("create_school", forms::school()).await.expect("a school");
        desk
    }

    /// A desk with a school, one student and two services.
    pub async fn with_student() -> Self {
        let desk = Self::with_school().await;
        desk.call("save_service", service(1, "KT-B", "790.00", "3")).await.expect("a service");
        desk.call("save_service", service(2, "TK-01", "2450.00", "6")).await.expect("a service");
        desk.call("register_student", student(1, "Ada Berg")).await.expect("a student");
        desk
    }

    /// Takes over a book that another desk of tests made: its ids are not given again.
    pub fn after_another(&self) {
        self.ids.go_on_from(1_000_000_000_000);
    }

    /// The folder with the book.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The same folder and keychain after the program was started again.
    pub async fn restarted(mut self) -> Self {
        self.desk.close().await;
        let setup = setup(self.folder.path(), &self.clock, &self.keychain, &self.ids);
        let elsewhere = self.elsewhere.iter();
        let setup = elsewhere.fold(setup, |setup, (system, at)| setup.with_system_at(*system, at));
        self.desk = Desk::new(setup).expect("a desk");
        self
    }

    /// The same desk, started again with Xero at another address: a simulator.
    pub async fn with_xero_at(self, address: &str) -> Self {
        self.with_system_at(Provider::Xero, address).await
    }

    /// The same desk, started again with a system at another address: a simulator.
    pub async fn with_system_at(mut self, system: Provider, address: &str) -> Self {
        self.elsewhere.insert(system, address.to_owned());
        self.restarted().await
    }

    /// Asks the router, as window and terminal do.
    pub async fn call(&self, name: &str, request: impl Serialize) -> Result<Value, Fault> {
        let request = serde_json::to_value(request).expect("a request that can be written");
        let answer = dispatch(&self.desk, &self.actor, name, request).await?;
        Ok(serde_json::from_str(answer.get()).expect("an answer in JSON"))
    }

    /// Asks the router and reads the answer.
    pub async fn ask<Answer: DeserializeOwned>(
        &self,
        name: &str,
        request: impl Serialize,
    ) -> Result<Answer, Fault> {
        let answer = self.call(name, request).await?;
        Ok(serde_json::from_value(answer).expect("an answer of its type"))
    }

    /// Registers a student; the ids of tests are small numbers.
    pub async fn register(&self, number: u128, name: &str) -> String {
        self.call("register_student", student(number, name)).await.expect("a student");
        id(number)
    }

    /// Issues an invoice over lessons of 790.00 kroner to student 1, and gives its id.
    pub async fn issue(&self, number: u128, lessons: u32) -> String {
        let today = self.clock.day().to_string();
        let draft = draft(number, 1, &today, &[line("KT-B", lessons, "790.00", "3")]);
        self.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
        id(number)
    }
}

fn setup(
    folder: &Path,
    clock: &Arc<WallClock>,
    keychain: &Arc<dyn SecretStore>,
    ids: &Arc<CountingIds>,
) -> DeskSetup {
    DeskSetup {
        clock: clock.clone(),
        ids: ids.clone(),
        keychain: keychain.clone(),
        stretch: CHEAP,
        ..DeskSetup::for_this_machine(folder.to_owned())
    }
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The id that stands for a small number.
pub fn id(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}
