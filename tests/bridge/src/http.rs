//! The doors: one POST per command, one stream of events, and the screens.
//!
//! Never lets a page of another site in: requests need the token, which only our page knows.

use crate::screens::Screens;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, stream};
use office::{Code, Desk, Fault};
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

/// Every page sits at the same window, as the one window of the application does.
const SEAT: &str = "browser";

/// An import of 50 MB comes as base64.
const LARGEST_BODY: usize = 80 * 1024 * 1024;

#[derive(Clone)]
struct Door {
    desk: Arc<Desk>,
    token: Arc<str>,
    screens: Option<Arc<Screens>>,
}

/// Every route.
pub fn router(desk: Arc<Desk>, token: String, screens: Option<Screens>) -> Router {
    let door = Door { desk, token: token.into(), screens: screens.map(Arc::new) };
    let guarded = Router::new()
        .route("/rpc/{name}", post(rpc))
        .route("/events", get(events))
        .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
        .route_layer(middleware::from_fn_with_state(door.clone(), demand_token));
    Router::new()
        .merge(guarded)
        .fallback(get(screen))
        .layer(middleware::from_fn(let_local_pages_in))
        .with_state(door)
}

async fn demand_token(State(door): State<Door>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer "));
    if given == Some(&*door.token) {
        return next.run(request).await;
    }
    let fault = Fault::new(Code::Forbidden, "The token is missing or wrong.");
    (StatusCode::UNAUTHORIZED, Json(fault)).into_response()
}

/// Screens served by a development server on this machine call from another port.
async fn let_local_pages_in(request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned().filter(is_local);
    let asks_first = request.method() == Method::OPTIONS;
    let mut response = if asks_first && origin.is_some() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization, content-type"),
        );
    }
    response
}

fn is_local(origin: &HeaderValue) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    let host = origin.strip_prefix("http://").and_then(|rest| rest.split(':').next());
    matches!(host, Some("127.0.0.1" | "localhost"))
}

async fn rpc(
    State(door): State<Door>,
    Path(name): Path<String>,
    request: Option<Json<Value>>,
) -> Response {
    let request = request.map_or(Value::Null, |Json(request)| request);
    // A task of its own: a page that goes away must not cut a write in half.
    let answer =
        tokio::spawn(async move { office::rpc::answer(&door.desk, SEAT, &name, request).await });
    match answer.await {
        Ok(Ok(answer)) => Json(answer).into_response(),
        Ok(Err(fault)) => (status(fault.code), Json(fault)).into_response(),
        Err(lost) => {
            let fault = Fault::new(Code::Internal, "The request was cut short.");
            let fault = fault.detail(lost.to_string());
            (StatusCode::INTERNAL_SERVER_ERROR, Json(fault)).into_response()
        }
    }
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::UnknownCommand | Code::NotFound | Code::NoBook => StatusCode::NOT_FOUND,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotSignedIn | Code::WrongPassword => StatusCode::UNAUTHORIZED,
        Code::Locked => StatusCode::LOCKED,
        Code::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn events(State(door): State<Door>) -> impl IntoResponse {
    Sse::new(told(door.desk)).keep_alive(KeepAlive::default())
}

fn told(desk: Arc<Desk>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(desk.events(), async |mut events| {
        loop {
            match events.recv().await {
                Ok(event) => {
                    let sent = Event::default().event(event.name()).json_data(&event);
                    // An event of the office can always be written as JSON.
                    return Some((Ok(sent.unwrap_or_default()), events));
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    })
}

async fn screen(State(door): State<Door>, uri: Uri) -> Response {
    let Some(screens) = &door.screens else {
        return (StatusCode::NOT_FOUND, "no screens: start with --ui").into_response();
    };
    match screens.find(uri.path()) {
        Some((kind, content)) => {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            (headers, Body::from(content)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
