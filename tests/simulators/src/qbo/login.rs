//! The identity server's routes: consent without PKCE, as Intuit does it, tokens for a client that
//! proves itself with its secret, revocation.
//!
//! Consent is given at once, by nobody; a simulator configured to deny it always does.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::{Host, Url, form_urlencoded};

use super::gate::{log_answer, log_request};
use super::identity::{Login, Tokens};
use super::state::Shared;

type Fields = HashMap<String, String>;

/// `/.well-known/openid_configuration`.
pub async fn discovery(Extract(shared): Extract<Arc<Shared>>) -> Json<Value> {
    let base = &shared.base_url;
    Json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/connect/oauth2"),
        "token_endpoint": format!("{base}/oauth2/v1/tokens/bearer"),
        "revocation_endpoint": format!("{base}/v2/oauth2/tokens/revoke"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }))
}

/// `GET /connect/oauth2`: the answer names the company that was chosen.
pub async fn authorize(
    Extract(shared): Extract<Arc<Shared>>,
    Query(fields): Query<Fields>,
) -> Response {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let refused = |text: &'static str| (StatusCode::BAD_REQUEST, text).into_response();
    let Some(mut target) = Url::parse(field("redirect_uri")).ok().filter(is_allowed_redirect)
    else {
        return refused("The redirect_uri query parameter value is invalid");
    };
    if shared.client.as_ref().is_some_and(|(id, _)| id != field("client_id")) {
        return refused("The client_id query parameter value is invalid");
    }
    if field("response_type") != "code" || field("state").is_empty() {
        return refused("The state or response_type query parameter is missing");
    }
    let realm = shared.lock().chosen_realm.clone();
    let outcome = if shared.deny_consent {
        Err("access_denied")
    } else if !field("scope").contains("com.intuit.quickbooks.accounting") {
        Err("invalid_scope")
    } else {
        let login = Login { realm: realm.clone(), app: field("client_id").to_owned() };
        let now = shared.clock.now();
        Ok(shared.lock().identity.consent(field("redirect_uri"), login, now))
    };
    {
        let mut pairs = target.query_pairs_mut();
        match &outcome {
            Ok(code) => pairs.append_pair("code", code).append_pair("realmId", &realm),
            Err(error) => pairs.append_pair("error", error),
        };
        pairs.append_pair("state", field("state"));
    }
    (StatusCode::FOUND, [(header::LOCATION, target.to_string())]).into_response()
}

/// Https with a name; plain http for `localhost` alone, with the keys of a sandbox.
fn is_allowed_redirect(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(Host::Domain(_))) => true,
        ("http", Some(Host::Domain(name))) => name == "localhost",
        _ => false,
    }
}

/// `POST /oauth2/v1/tokens/bearer`.
pub async fn token(Extract(shared): Extract<Arc<Shared>>, parts: Parts, body: Bytes) -> Response {
    let place = log_request(&shared, &parts, &Bytes::new());
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    let response = match is_known_client(&shared, &parts.headers, &fields) {
        false => {
            (StatusCode::UNAUTHORIZED, Json(json!({"error": "invalid_client"}))).into_response()
        }
        true => match grant(&shared, &fields) {
            Ok(tokens) => Json(tokens).into_response(),
            Err(error) => {
                let said = json!({"error": error, "error_description": "Incorrect or invalid"});
                (StatusCode::BAD_REQUEST, Json(said)).into_response()
            }
        },
    };
    log_answer(&shared, place, response.status().as_u16(), false);
    response
}

fn grant(shared: &Shared, fields: &Fields) -> Result<Tokens, &'static str> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let now = shared.clock.now();
    let identity = &mut shared.lock().identity;
    let granted = match field("grant_type") {
        "authorization_code" => identity.exchange(field("code"), field("redirect_uri"), now),
        "refresh_token" => identity.refresh(field("refresh_token"), now),
        _ => return Err("unsupported_grant_type"),
    };
    granted.ok_or("invalid_grant")
}

/// The client proves itself by basic authentication or in the form; never by its id alone.
fn is_known_client(shared: &Shared, headers: &HeaderMap, fields: &Fields) -> bool {
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|pair| String::from_utf8(pair).ok())
        .and_then(|pair| {
            let (id, secret) = pair.split_once(':')?;
            Some((id.to_owned(), secret.to_owned()))
        });
    let posted = || Some((fields.get("client_id")?.clone(), fields.get("client_secret")?.clone()));
    let given = basic.or_else(posted);
    given.is_some_and(|given| {
        !given.1.is_empty() && shared.client.as_ref().is_none_or(|known| *known == given)
    })
}

/// `POST /v2/oauth2/tokens/revoke`, with the token as JSON or as a form.
pub async fn revocation(
    Extract(shared): Extract<Arc<Shared>>,
    parts: Parts,
    body: Bytes,
) -> StatusCode {
    let place = log_request(&shared, &parts, &Bytes::new());
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    let from_json = || {
        let body: Value = serde_json::from_slice(&body).ok()?;
        Some(body.get("token")?.as_str()?.to_owned())
    };
    let token = fields.get("token").cloned().or_else(from_json);
    let status = match (is_known_client(&shared, &parts.headers, &fields), token) {
        (false, _) => StatusCode::UNAUTHORIZED,
        (true, None) => StatusCode::BAD_REQUEST,
        (true, Some(token)) => {
            shared.lock().identity.revoke_by(&token);
            StatusCode::OK
        }
    };
    log_answer(&shared, place, status.as_u16(), false);
    status
}
