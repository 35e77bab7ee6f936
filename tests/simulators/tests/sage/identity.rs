//! Signing in: consent, codes, tokens that turn, and their end.

use reqwest::Url;
use serde_json::{Value, json};
use simulators::sage::SageConfig;

use super::desk::{Desk, read, still};

const REDIRECT: &str = "http://localhost:47631/sage";

fn registered() -> SageConfig {
    SageConfig {
        client: Some(("app".to_owned(), "s3cret".to_owned())),
        redirect_uri: Some(REDIRECT.to_owned()),
        ..still()
    }
}

async fn consent(desk: &Desk, redirect: &str) -> (u16, Option<String>) {
    let mut url = Url::parse(&format!("{}/oauth2/auth/central", desk.sim.base_url())).unwrap();
    url.query_pairs_mut().extend_pairs([
        ("filter", "apiv3.1"),
        ("response_type", "code"),
        ("client_id", "app"),
        ("redirect_uri", redirect),
        ("scope", "full_access"),
        ("state", "s1"),
    ]);
    let answer = desk.http.get(url).send().await.unwrap();
    let status = answer.status().as_u16();
    let target = answer.headers().get("location").map(|it| it.to_str().unwrap().to_owned());
    let target = target.and_then(|text| Url::parse(&text).ok());
    let pair = |name: &str| {
        let url = target.as_ref()?;
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    assert_eq!(pair("state").as_deref(), target.as_ref().map(|_| "s1"));
    (status, pair("code"))
}

async fn token(desk: &Desk, fields: &[(&str, &str)]) -> (u16, Value) {
    let url = format!("{}/token", desk.sim.base_url());
    let client = [("client_id", "app"), ("client_secret", "s3cret")];
    let fields: Vec<_> = client.iter().chain(fields).copied().collect();
    read(desk.http.post(url).form(&fields).send().await.unwrap()).await
}

#[tokio::test]
async fn a_code_is_exchanged_once_within_a_minute_at_its_own_address() {
    let desk = Desk::with(registered()).await;
    assert_eq!(consent(&desk, "http://localhost:47631/sage/").await.0, 400);
    let (status, code) = consent(&desk, REDIRECT).await;
    assert_eq!(status, 302);
    let code = code.unwrap();
    let fields =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", REDIRECT)];
    let (status, granted) = token(&desk, &fields).await;
    assert_eq!((status, &granted["expires_in"]), (200, &json!(300)));
    assert_eq!(granted["refresh_token_expires_in"], 2_678_400);
    assert_eq!(token(&desk, &fields).await, (400, json!({"error": "invalid_grant"})));
    let late = consent(&desk, REDIRECT).await.1.unwrap();
    desk.sim.clock().advance(chrono::TimeDelta::seconds(61));
    let fields =
        [("grant_type", "authorization_code"), ("code", &late), ("redirect_uri", REDIRECT)];
    assert_eq!(token(&desk, &fields).await.0, 400);
}

#[tokio::test]
async fn a_refresh_token_works_once_and_the_secret_is_needed() {
    let desk = Desk::with(registered()).await;
    let first = desk.sim.issue_tokens().refresh_token;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", first.as_str())];
    let url = format!("{}/token", desk.sim.base_url());
    let bare = desk.http.post(url).form(&[&fields[..], &[("client_id", "app")]].concat());
    assert_eq!(read(bare.send().await.unwrap()).await.1, json!({"error": "invalid_client"}));
    let (status, second) = token(&desk, &fields).await;
    assert_eq!(status, 200);
    assert_eq!(token(&desk, &fields).await.1, json!({"error": "invalid_grant"}));
    let second = second["refresh_token"].as_str().unwrap();
    desk.sim.clock().advance(chrono::TimeDelta::days(32));
    let fields = [("grant_type", "refresh_token"), ("refresh_token", second)];
    assert_eq!(token(&desk, &fields).await.1, json!({"error": "invalid_grant"}));
}

#[tokio::test]
async fn a_revoked_sign_in_lives_out_its_five_minutes() {
    let desk = Desk::with(registered()).await;
    let tokens = desk.sim.issue_tokens();
    let url = format!("{}/revoke", desk.sim.base_url());
    let fields =
        [("client_id", "app"), ("client_secret", "s3cret"), ("token", &tokens.refresh_token)];
    let answer = read(desk.http.post(url).form(&fields).send().await.unwrap()).await;
    assert_eq!(answer, (200, json!({"success": "ok"})));
    let desk = Desk { access_token: tokens.access_token, ..desk };
    assert_eq!(desk.get("contacts").await.0, 200);
    desk.sim.clock().advance(chrono::TimeDelta::minutes(5));
    assert_eq!(desk.get("contacts").await.0, 401);
}
