//! Login with PKCE, rotating tokens, connections and their end.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};
use simulators::xero::XeroConfig;
use url::Url;

use super::desk::{Desk, read, still};

const VERIFIER: &str = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
const REDIRECT: &str = "http://localhost:49152/callback";

async fn authorise(desk: &Desk, redirect: &str, method: &str) -> reqwest::Response {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let fields = [
        ("response_type", "code"),
        ("client_id", "desk"),
        ("redirect_uri", redirect),
        ("scope", "offline_access accounting.invoices"),
        ("state", "s t&1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", method),
    ];
    let url = format!("{}/identity/connect/authorize", desk.sim.base_url());
    desk.http.get(url).query(&fields).send().await.unwrap()
}

fn answered(response: &reqwest::Response, name: &str) -> Option<String> {
    let location = response.headers()["location"].to_str().unwrap();
    let pairs = Url::parse(location).unwrap();
    pairs.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn token(desk: &Desk, fields: &[(&str, &str)]) -> (u16, Value) {
    let url = format!("{}/connect/token", desk.sim.base_url());
    read(desk.http.post(url).form(fields).send().await.unwrap()).await
}

async fn exchange(desk: &Desk, code: &str, verifier: &str) -> (u16, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", "desk"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    token(desk, &fields).await
}

async fn refresh(desk: &Desk, refresh_token: &str) -> (u16, Value) {
    let fields =
        [("grant_type", "refresh_token"), ("client_id", "desk"), ("refresh_token", refresh_token)];
    token(desk, &fields).await
}

#[tokio::test]
async fn a_login_with_pkce_opens_two_tenants() {
    let desk = Desk::open().await;
    let consent = authorise(&desk, REDIRECT, "S256").await;
    assert_eq!(answered(&consent, "state").as_deref(), Some("s t&1"));
    assert_eq!(answered(&consent, "iss").as_deref(), Some(desk.sim.base_url()));
    let code = answered(&consent, "code").unwrap();
    let (status, tokens) = exchange(&desk, &code, VERIFIER).await;
    assert_eq!((status, tokens["expires_in"].as_i64()), (200, Some(1800)));
    let url = format!("{}/connections", desk.sim.base_url());
    let listed = desk.http.get(url).bearer_auth(tokens["access_token"].as_str().unwrap());
    let (_, listed) = read(listed.send().await.unwrap()).await;
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(exchange(&desk, &code, VERIFIER).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_wrong_verifier_or_a_late_code_is_an_invalid_grant() {
    let desk = Desk::open().await;
    let code = answered(&authorise(&desk, REDIRECT, "S256").await, "code").unwrap();
    let (status, answer) = exchange(&desk, &code, "another verifier").await;
    assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_grant")));
    let code = answered(&authorise(&desk, REDIRECT, "S256").await, "code").unwrap();
    desk.sim.clock().advance(TimeDelta::minutes(6));
    assert_eq!(exchange(&desk, &code, VERIFIER).await.0, 400);
}

#[tokio::test]
async fn plain_challenges_numeric_loopback_and_refusing_users_get_no_code() {
    let desk = Desk::open().await;
    let plain = authorise(&desk, REDIRECT, "plain").await;
    assert_eq!(answered(&plain, "error").as_deref(), Some("invalid_request"));
    let numeric = authorise(&desk, "http://127.0.0.1:49152/callback", "S256").await;
    assert_eq!(numeric.status(), 400);
    let desk = Desk::with(XeroConfig { deny_consent: true, ..still() }).await;
    let denied = authorise(&desk, REDIRECT, "S256").await;
    assert_eq!(answered(&denied, "error").as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn refreshing_rotates_and_the_old_token_has_thirty_minutes_of_grace() {
    let desk = Desk::open().await;
    let first = desk.sim.issue_tokens().refresh_token;
    let (_, second) = refresh(&desk, &first).await;
    let second = second["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    desk.sim.clock().advance(TimeDelta::minutes(30));
    assert_eq!(refresh(&desk, &first).await.0, 200, "within the grace");
    desk.sim.clock().advance(TimeDelta::seconds(1));
    let (status, answer) = refresh(&desk, &first).await;
    assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_grant")));
    desk.sim.clock().advance(TimeDelta::days(61));
    assert_eq!(refresh(&desk, &second).await.0, 400, "unused for 60 days");
}

#[tokio::test]
async fn an_access_token_lives_thirty_minutes() {
    let desk = Desk::open().await;
    assert_eq!(desk.get("Organisation").await.0, 200);
    desk.sim.clock().advance(TimeDelta::minutes(30));
    let (status, answer) = desk.get("Organisation").await;
    assert_eq!((status, answer["Title"].as_str()), (401, Some("Unauthorized")));
    let detail = "TokenExpired: token expired at 11/20/2026 12:30:00";
    assert_eq!(answer["Detail"], detail);
}

#[tokio::test]
async fn disconnecting_closes_one_tenant_and_revoking_closes_all() {
    let desk = Desk::open().await;
    let url = format!("{}/connections", desk.sim.base_url());
    let listed = desk.http.get(&url).bearer_auth(&desk.access_token).send().await.unwrap();
    let (_, listed) = read(listed).await;
    let id = listed[0]["id"].as_str().unwrap();
    let gone = desk.http.request(Method::DELETE, format!("{url}/{id}"));
    let gone = gone.bearer_auth(&desk.access_token).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(desk.get("Organisation").await.0, 403);
    let tokens = desk.sim.issue_tokens();
    let url = format!("{}/connect/revocation", desk.sim.base_url());
    let fields = [("token", tokens.refresh_token.as_str())];
    assert_eq!(desk.http.post(url).form(&fields).send().await.unwrap().status(), 200);
    assert_eq!(desk.get("Organisation").await.0, 401);
    assert_eq!(refresh(&desk, &tokens.refresh_token).await.1["error"], "invalid_grant");
}
