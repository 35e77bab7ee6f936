//! Signing a desk in to a simulated system, as a person and a browser would.
//!
//! Never hands a token to the desk: it gets its own, through the address it was sent to.

use crate::TestDesk;
use crate::system::System;
use office::Fault;
use office::wire::connections::{SignInStarted, SignInView};
use serde_json::{Value, json};
use simulators::qbo::{QboConfig, QboSimulator};
use simulators::sage::{BUSINESSES, SageConfig, SageSimulator};
use simulators::xero::{XeroConfig, XeroSimulator};
use std::time::Duration;

/// An application of the school's own, its secret, and the page that its sign-ins end at.
pub const ID: &str = "school-app";
pub const SECRET: &str = "canary-secret-of-the-app";
pub const PAGE: &str = "https://www.school.example/kontor/qbo";

/// The application as a simulator knows it.
pub fn client() -> Option<(String, String)> {
    Some((ID.to_owned(), SECRET.to_owned()))
}

/// A system that a desk signs in to, and the way back from it.
pub trait SignsIn: System {
    /// Without limits, and with the application above where it needs one.
    fn strict() -> impl Future<Output = Self> + Send;
    /// What a person asks for who signs in for the first time, with this secret.
    fn wish(secret: &str) -> Value;
    /// What the browser does after the person agreed, as far as it needs us.
    fn land(desk: &TestDesk, started: &SignInStarted) -> impl Future<Output = ()> + Send;
    /// How often tokens were asked for.
    fn token_calls(&self) -> usize;
    /// Every access token is over.
    fn expire(&self);
    /// Companies to choose from.
    fn companies() -> usize;
}

fn wish<S: SignsIn>(secret: &str, redirect: &str) -> Value {
    json!({
        "system": S::PROVIDER.key(), "client_id": ID, "secret": secret,
        "redirect": redirect, "connection_id": null,
    })
}

/// The browser comes back by itself.
async fn come_back(started: &SignInStarted) {
    assert!(!started.by_hand);
    let page = reqwest::get(&started.address).await.expect("a page");
    assert!(page.status().is_success());
}

impl SignsIn for XeroSimulator {
    async fn strict() -> Self {
        Self::start(XeroConfig::unlimited()).await.expect("a simulator")
    }

    /// An application without a secret.
    fn wish(_: &str) -> Value {
        json!({ "system": "xero", "client_id": ID, "connection_id": null })
    }

    async fn land(_: &TestDesk, started: &SignInStarted) {
        come_back(started).await;
    }

    fn token_calls(&self) -> usize {
        self.requests().iter().filter(|call| call.path == "/connect/token").count()
    }

    fn expire(&self) {
        self.expire_access_tokens();
    }

    fn companies() -> usize {
        2
    }
}

impl SignsIn for QboSimulator {
    async fn strict() -> Self {
        let config = QboConfig { client: client(), ..QboConfig::unlimited() };
        Self::start(config).await.expect("a simulator")
    }

    fn wish(secret: &str) -> Value {
        wish::<Self>(secret, PAGE)
    }

    async fn land(desk: &TestDesk, started: &SignInStarted) {
        assert!(started.by_hand);
        let landed = landed_at(&started.address).await;
        let view = finish(desk, started, &landed).await.expect("taken");
        assert_ne!(view.state, "refused");
    }

    fn token_calls(&self) -> usize {
        self.requests().iter().filter(|call| call.path.ends_with("/tokens/bearer")).count()
    }

    fn expire(&self) {
        self.expire_access_tokens();
    }

    fn companies() -> usize {
        1
    }
}

impl SignsIn for SageSimulator {
    async fn strict() -> Self {
        let config = SageConfig { client: client(), ..SageConfig::unlimited() };
        Self::start(config).await.expect("a simulator")
    }

    /// Back to a port that is free now, so that tests can run side by side.
    fn wish(secret: &str) -> Value {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        wish::<Self>(secret, &format!("http://localhost:{port}/sage"))
    }

    async fn land(_: &TestDesk, started: &SignInStarted) {
        come_back(started).await;
    }

    fn token_calls(&self) -> usize {
        self.requests().iter().filter(|call| call.path == "/token").count()
    }

    fn expire(&self) {
        self.expire_access_tokens();
    }

    fn companies() -> usize {
        BUSINESSES.len()
    }
}

/// Where a browser ends up that cannot open the page it is sent to.
pub async fn landed_at(address: &str) -> String {
    let policy = reqwest::redirect::Policy::none();
    let browser = reqwest::Client::builder().redirect(policy).build().expect("a browser");
    let answer = browser.get(address).send().await.expect("an answer");
    let landed = answer.headers().get("location").expect("a redirect");
    landed.to_str().expect("an address").to_owned()
}

/// Brings the address that the browser landed on.
///
/// # Errors
/// What the office says of it.
pub async fn finish(
    desk: &TestDesk,
    started: &SignInStarted,
    address: &str,
) -> Result<SignInView, Fault> {
    let request = json!({ "sign_in_id": started.sign_in_id, "address": address });
    desk.ask("finish_sign_in", request).await
}

/// A desk that finds a system at a simulator.
pub async fn desk<S: SignsIn>(sim: &S) -> TestDesk {
    TestDesk::with_student().await.with_system_at(S::PROVIDER, sim.base_url()).await
}

/// Begins a sign-in.
pub async fn start(desk: &TestDesk, request: &Value) -> SignInStarted {
    desk.ask("start_sign_in", request).await.expect("a sign-in")
}

/// Asks until the sign-in no longer waits for the browser.
pub async fn outcome(desk: &TestDesk, started: &SignInStarted) -> SignInView {
    for _ in 0..200 {
        let request = json!({ "sign_in_id": started.sign_in_id });
        let view: SignInView = desk.ask("sign_in_status", request).await.expect("a status");
        if view.state != "waiting" {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the sign-in still waits");
}

/// Signs in and chooses the first company; gives the connection's id.
pub async fn connect<S: SignsIn>(desk: &TestDesk) -> String {
    let started = start(desk, &S::wish(SECRET)).await;
    S::land(desk, &started).await;
    let view = outcome(desk, &started).await;
    assert_eq!((view.state.as_str(), view.companies.len()), ("choose_company", S::companies()));
    let request = json!({
        "sign_in_id": started.sign_in_id, "company_id": view.companies[0].id, "export_from": null,
    });
    let chosen = desk.call("choose_company", request).await.expect("a connection");
    chosen["connection_id"].as_str().expect("an id").to_owned()
}
