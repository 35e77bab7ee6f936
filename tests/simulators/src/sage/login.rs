//! The identity server's routes: consent, tokens, revocation. Every app has a secret; there is no
//! PKCE ("Authentication" guide, read 2026-11).
//!
//! Consent is given at once, by nobody; a simulator configured to deny it always does.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State as Extract};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use url::{Url, form_urlencoded};

use super::gate::{log_answer, log_request};
use super::identity::Tokens;
use super::state::Shared;

type Fields = HashMap<String, String>;

/// `GET /oauth2/auth/central`.
pub async fn authorize(
    Extract(shared): Extract<Arc<Shared>>,
    Query(fields): Query<Fields>,
) -> Response {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let given = field("redirect_uri");
    // It must match the registered address character for character.
    let is_right = shared.redirect_uri.as_deref().is_none_or(|known| known == given);
    let client = shared.client.as_ref().map(|(id, _)| id.as_str());
    let is_known = client.is_none_or(|known| known == field("client_id"));
    let Some(mut target) = Url::parse(given).ok().filter(|_| is_right && is_known) else {
        return (StatusCode::BAD_REQUEST, "Invalid client or redirect_uri").into_response();
    };
    let scope = field("scope");
    let outcome = match (field("response_type"), scope) {
        ("code", "full_access" | "readonly") if !shared.deny_consent => {
            Ok(shared.lock().identity.consent(given, scope, shared.clock.now()))
        }
        ("code", "full_access" | "readonly") => Err("access_denied"),
        ("code", _) => Err("invalid_scope"),
        _ => Err("unsupported_response_type"),
    };
    {
        let mut pairs = target.query_pairs_mut();
        match &outcome {
            Ok(code) => pairs.append_pair("code", code),
            Err(error) => pairs.append_pair("error", error),
        };
        if let Some(state) = fields.get("state") {
            pairs.append_pair("state", state);
        }
    }
    (StatusCode::FOUND, [(header::LOCATION, target.to_string())]).into_response()
}

/// `POST /token`.
pub async fn token(Extract(shared): Extract<Arc<Shared>>, parts: Parts, body: Bytes) -> Response {
    let place = log_request(&shared, &parts, &Bytes::new());
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    let response = match grant(&shared, &fields) {
        Ok(tokens) => Json(tokens).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response(),
    };
    log_answer(&shared, place, response.status().as_u16(), None);
    response
}

fn grant(shared: &Shared, fields: &Fields) -> Result<Tokens, &'static str> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    check_client(shared, fields)?;
    let now = shared.clock.now();
    let identity = &mut shared.lock().identity;
    let granted = match field("grant_type") {
        "authorization_code" => identity.exchange(field("code"), field("redirect_uri"), now),
        "refresh_token" => identity.refresh(field("refresh_token"), now),
        _ => return Err("unsupported_grant_type"),
    };
    granted.ok_or("invalid_grant")
}

fn check_client(shared: &Shared, fields: &Fields) -> Result<(), &'static str> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let (id, secret) = (field("client_id"), field("client_secret"));
    let is_known = match &shared.client {
        Some((known, its)) => known == id && its == secret,
        None => !id.is_empty() && !secret.is_empty(),
    };
    if is_known { Ok(()) } else { Err("invalid_client") }
}

/// `POST /revoke`: takes a refresh token back.
pub async fn revoke(Extract(shared): Extract<Arc<Shared>>, parts: Parts, body: Bytes) -> Response {
    let place = log_request(&shared, &parts, &Bytes::new());
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    let token = fields.get("token").map_or("", String::as_str);
    let outcome = check_client(&shared, &fields).and_then(|()| {
        let known = shared.lock().identity.revoke(token);
        if known { Ok(()) } else { Err("invalid_token") }
    });
    let response = match outcome {
        Ok(()) => Json(json!({"success": "ok"})).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response(),
    };
    log_answer(&shared, place, response.status().as_u16(), None);
    response
}
