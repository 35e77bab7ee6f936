//! Login without PKCE, a client that must prove itself, tokens that rotate once a day, and the end.

use chrono::TimeDelta;
use serde_json::{Value, json};
use simulators::qbo::{QboConfig, REALMS};
use url::Url;

use super::desk::{Desk, read, still};

const REDIRECT: &str = "https://desk.example.org/qbo";
const CLIENT: (&str, &str) = ("desk", "whispered");

async fn desk() -> Desk {
    let client = Some((CLIENT.0.to_owned(), CLIENT.1.to_owned()));
    Desk::at(REALMS[0].0, QboConfig { client, ..still() }).await
}

async fn authorize(desk: &Desk, redirect: &str) -> reqwest::Response {
    let fields = [
        ("response_type", "code"),
        ("client_id", CLIENT.0),
        ("redirect_uri", redirect),
        ("scope", "com.intuit.quickbooks.accounting"),
        ("state", "s t&1"),
    ];
    let url = format!("{}/connect/oauth2", desk.sim.base_url());
    desk.http.get(url).query(&fields).send().await.unwrap()
}

fn answered(response: &reqwest::Response, name: &str) -> Option<String> {
    let location = Url::parse(response.headers()["location"].to_str().unwrap()).unwrap();
    location.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn token(desk: &Desk, secret: &str, fields: &[(&str, &str)]) -> (u16, Value) {
    let url = format!("{}/oauth2/v1/tokens/bearer", desk.sim.base_url());
    let request = desk.http.post(url).basic_auth(CLIENT.0, Some(secret)).form(fields);
    read(request.send().await.unwrap()).await
}

async fn refresh(desk: &Desk, value: &str) -> (u16, Value) {
    let fields = [("grant_type", "refresh_token"), ("refresh_token", value)];
    token(desk, CLIENT.1, &fields).await
}

#[tokio::test]
async fn a_login_names_the_company_and_its_code_works_once() {
    let desk = desk().await;
    let answer = authorize(&desk, REDIRECT).await;
    assert_eq!(answered(&answer, "realmId").as_deref(), Some(REALMS[0].0));
    assert_eq!(answered(&answer, "state").as_deref(), Some("s t&1"));
    let code = answered(&answer, "code").unwrap();
    let fields =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", REDIRECT)];
    assert_eq!(token(&desk, "guessed", &fields).await.0, 401);
    let (status, tokens) = token(&desk, CLIENT.1, &fields).await;
    assert_eq!((status, tokens["expires_in"].as_i64()), (200, Some(3600)));
    assert_eq!(tokens["x_refresh_token_expires_in"].as_i64(), Some(8_640_000));
    assert_eq!(token(&desk, CLIENT.1, &fields).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn addresses_without_a_name_or_without_encryption_are_refused() {
    let desk = desk().await;
    for (redirect, status) in [
        (REDIRECT, 302),
        ("http://localhost:49152/qbo", 302),
        ("http://127.0.0.1:49152/qbo", 400),
        ("https://10.0.0.1/qbo", 400),
        ("kontor://qbo", 400),
    ] {
        assert_eq!(authorize(&desk, redirect).await.status(), status, "{redirect}");
    }
}

#[tokio::test]
async fn a_refresh_value_lives_a_day_and_its_successor_ends_it() {
    let desk = desk().await;
    let first = desk.sim.issue_tokens(desk.realm).refresh_token;
    let again = refresh(&desk, &first).await.1;
    assert_eq!(again["refresh_token"], json!(first));
    desk.sim.clock().advance(TimeDelta::hours(25));
    let next = refresh(&desk, &first).await.1["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(next, first);
    assert_eq!(refresh(&desk, &first).await.1["error"], "invalid_grant");
    desk.sim.clock().advance(TimeDelta::days(101));
    assert_eq!(refresh(&desk, &next).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_token_ends_after_an_hour_and_opens_one_company_only() {
    let desk = desk().await;
    assert_eq!(desk.get("companyinfo/1").await.0, 200);
    let other = format!("{}/{}/companyinfo/1", desk.sim.api_url(), REALMS[1].0);
    let other = desk.http.get(other).bearer_auth(&desk.access_token).send().await.unwrap();
    assert_eq!(other.status(), 403);
    desk.sim.clock().advance(TimeDelta::minutes(61));
    let (status, answer) = desk.get("companyinfo/1").await;
    assert_eq!((status, &answer["fault"]["error"][0]["code"]), (401, &json!("3200")));
    assert_eq!(answer["fault"]["type"], "AUTHENTICATION");
}

#[tokio::test]
async fn revoking_ends_everything() {
    let desk = desk().await;
    let tokens = desk.sim.issue_tokens(desk.realm);
    let url = format!("{}/v2/oauth2/tokens/revoke", desk.sim.base_url());
    let body = json!({"token": tokens.refresh_token});
    let request = desk.http.post(url).basic_auth(CLIENT.0, Some(CLIENT.1)).json(&body);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(desk.get("companyinfo/1").await.0, 401);
    assert_eq!(refresh(&desk, &tokens.refresh_token).await.0, 400);
}
