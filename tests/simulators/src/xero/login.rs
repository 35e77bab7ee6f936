//! The identity server's routes: consent with PKCE, tokens, revocation, connections.
//!
//! Consent is given at once, by nobody; a simulator configured to deny it always does.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};
use uuid::Uuid;

use super::gate::{check_token, log_answer, log_request, respond};
use super::identity::{Login, Tokens};
use super::state::{Shared, State};

type Fields = HashMap<String, String>;

/// `/.well-known/openid-configuration`.
pub async fn discovery(Extract(shared): Extract<Arc<Shared>>) -> Json<Value> {
    let base = &shared.base_url;
    Json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/identity/connect/authorize"),
        "token_endpoint": format!("{base}/connect/token"),
        "revocation_endpoint": format!("{base}/connect/revocation"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// `GET /identity/connect/authorize`.
pub async fn authorize(
    Extract(shared): Extract<Arc<Shared>>,
    Query(fields): Query<Fields>,
) -> Response {
    let redirect = fields.get("redirect_uri").and_then(|uri| Url::parse(uri).ok());
    let Some(redirect) = redirect.filter(is_allowed_redirect) else {
        return (StatusCode::BAD_REQUEST, "Error: unauthorized_client. Invalid redirect_uri")
            .into_response();
    };
    if !is_known_client(&shared, fields.get("client_id").map(String::as_str)) {
        return (StatusCode::BAD_REQUEST, "Error: unauthorized_client. Unknown client")
            .into_response();
    }
    let outcome = decide(&shared, &fields);
    let mut target = redirect;
    {
        let mut pairs = target.query_pairs_mut();
        match &outcome {
            Ok(code) => pairs.append_pair("code", code),
            Err(error) => pairs.append_pair("error", error),
        };
        if let Some(state) = fields.get("state") {
            pairs.append_pair("state", state);
        }
        pairs.append_pair("iss", &shared.base_url);
    }
    (StatusCode::FOUND, [(header::LOCATION, target.to_string())]).into_response()
}

/// Scopes that applications made since 2 March 2026 are not given any more
/// (developer.xero.com/documentation/guides/oauth2/scopes).
const BROAD_SCOPES: [&str; 4] = [
    "accounting.transactions",
    "accounting.transactions.read",
    "accounting.reports.read",
    "accounting.journals.read",
];

fn decide(shared: &Shared, fields: &Fields) -> Result<String, &'static str> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    if field("response_type") != "code" {
        return Err("unsupported_response_type");
    }
    // S256 of any verifier is 43 characters of base64url (RFC 7636, 4.2).
    if field("code_challenge_method") != "S256" || field("code_challenge").len() != 43 {
        return Err("invalid_request");
    }
    if field("scope").split_whitespace().any(|scope| BROAD_SCOPES.contains(&scope)) {
        return Err("invalid_scope");
    }
    if shared.deny_consent {
        return Err("access_denied");
    }
    let login = Login {
        redirect_uri: field("redirect_uri").to_owned(),
        code_challenge: field("code_challenge").to_owned(),
        scope: field("scope").to_owned(),
    };
    let mut state = shared.lock();
    let tenants = state.tenant_ids();
    Ok(state.identity.consent(login, &tenants, shared.clock.now()))
}

/// Xero takes https and `http://localhost`; numeric loopback and custom schemes it refuses.
fn is_allowed_redirect(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && url.host_str() == Some("localhost"))
}

fn is_known_client(shared: &Shared, client_id: Option<&str>) -> bool {
    client_id.is_some_and(|given| shared.client_id.as_deref().is_none_or(|known| known == given))
}

/// `POST /connect/token`.
pub async fn token(Extract(shared): Extract<Arc<Shared>>, parts: Parts, body: Bytes) -> Response {
    let place = log_request(&shared, &parts, &body);
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    let client = client_of(&parts.headers, &fields);
    let outcome = match is_known_client(&shared, client.as_deref()) {
        true => grant(&shared, &fields),
        false => Err("invalid_client"),
    };
    let response = match outcome {
        Ok(tokens) => Json(tokens).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response(),
    };
    log_answer(&shared, place, response.status().as_u16(), false);
    response
}

fn grant(shared: &Shared, fields: &Fields) -> Result<Tokens, &'static str> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let now = shared.clock.now();
    let identity = &mut shared.lock().identity;
    let granted = match field("grant_type") {
        "authorization_code" => {
            let (code, verifier) = (field("code"), field("code_verifier"));
            identity.exchange(code, field("redirect_uri"), verifier, now)
        }
        "refresh_token" => identity.refresh(field("refresh_token"), now),
        _ => return Err("unsupported_grant_type"),
    };
    granted.ok_or("invalid_grant")
}

/// The client names itself in the form (PKCE) or by basic authentication.
fn client_of(headers: &HeaderMap, fields: &Fields) -> Option<String> {
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|pair| String::from_utf8(pair).ok())
        .and_then(|pair| Some(pair.split_once(':')?.0.to_owned()));
    basic.or_else(|| fields.get("client_id").cloned())
}

/// `POST /connect/revocation`: a known refresh token takes all the user's connections with it.
pub async fn revocation(
    Extract(shared): Extract<Arc<Shared>>,
    parts: Parts,
    body: Bytes,
) -> StatusCode {
    let place = log_request(&shared, &parts, &body);
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    // An unknown token is answered alike (RFC 7009, 2.2).
    if let Some(token) = fields.get("token") {
        shared.lock().identity.revoke_by(token);
    }
    log_answer(&shared, place, StatusCode::OK.as_u16(), false);
    StatusCode::OK
}

/// `GET /connections`.
pub async fn connections(Extract(shared): Extract<Arc<Shared>>, parts: Parts) -> Response {
    let place = log_request(&shared, &parts, &Bytes::new());
    let allowed = check_token(&shared.lock(), &parts.headers, shared.clock.now());
    let response = match allowed {
        Err(refusal) => respond(refusal.answer(), HeaderMap::new()),
        Ok(()) => Json(shown_connections(&shared.lock())).into_response(),
    };
    log_answer(&shared, place, response.status().as_u16(), false);
    response
}

fn shown_connections(state: &State) -> Value {
    let shown = state.identity.connections().iter().map(|connection| {
        let tenant = state.tenants.iter().find(|it| it.books.tenant_id == connection.tenant_id);
        let at = connection.created_at.to_rfc3339_opts(SecondsFormat::Millis, true);
        json!({
            "id": connection.id,
            "authEventId": connection.auth_event_id,
            "tenantId": connection.tenant_id,
            "tenantType": "ORGANISATION",
            "tenantName": tenant.map(|it| it.books.organisation.name.clone()),
            "createdDateUtc": at,
            "updatedDateUtc": at,
        })
    });
    shown.collect()
}

/// `DELETE /connections/{id}`.
pub async fn disconnect(
    Extract(shared): Extract<Arc<Shared>>,
    Path(id): Path<Uuid>,
    parts: Parts,
) -> Response {
    let mut state = shared.lock();
    if let Err(refusal) = check_token(&state, &parts.headers, shared.clock.now()) {
        return respond(refusal.answer(), HeaderMap::new());
    }
    match state.identity.disconnect(id) {
        true => StatusCode::NO_CONTENT.into_response(),
        false => StatusCode::NOT_FOUND.into_response(),
    }
}
