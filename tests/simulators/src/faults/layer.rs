//! Puts a fault plan in front of a simulator's routes.
//!
//! Faults of the wire are made here. Faults a provider itself must know of (a crash whose answer it
//! remembers under the idempotency key, tokens that expired) are handed inward.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::{Fault, FaultPlan, FaultProfile, Fired, When};
use crate::wire::Wire;

/// A request extension: the provider must answer 500 to this request, and remember that answer as
/// it would remember any other.
#[derive(Clone, Copy, Debug)]
pub struct CrashInstead(pub When);

/// The fault plan of one simulator.
#[derive(Clone)]
pub struct FaultLayer {
    plan: Arc<Mutex<FaultPlan>>,
    expire_tokens: Arc<dyn Fn() + Send + Sync>,
}

impl FaultLayer {
    /// A layer with a profile; `expire_tokens` makes the provider's access tokens stale.
    pub fn new(profile: FaultProfile, expire_tokens: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { plan: Arc::new(Mutex::new(FaultPlan::new(profile))), expire_tokens }
    }

    /// Replaces the profile and starts its counters afresh.
    pub fn set(&self, profile: FaultProfile) {
        self.with(|plan| *plan = FaultPlan::new(profile));
    }

    /// Every fault that struck since the profile was set.
    pub fn fired(&self) -> Vec<Fired> {
        self.with(|plan| plan.fired().to_vec())
    }

    /// Calls that arrived while the client had been told to wait, since the profile was set.
    pub fn too_early(&self) -> u64 {
        self.with(|plan| plan.too_early())
    }

    fn with<T>(&self, use_plan: impl FnOnce(&mut FaultPlan) -> T) -> T {
        use_plan(&mut self.plan.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The middleware: routes behind it meet the plan's faults.
pub async fn inject(
    State(layer): State<FaultLayer>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    mut request: Request,
    next: Next,
) -> Response {
    let struck = layer.with(|plan| plan.decide(request.method().as_str(), request.uri().path()));
    let Some((fault, when)) = struck else { return next.run(request).await };
    match fault {
        Fault::ExpiredToken => {
            (layer.expire_tokens)();
            return next.run(request).await;
        }
        Fault::Delay { ms } => tokio::time::sleep(Duration::from_millis(ms)).await,
        Fault::ServerError => {
            // A keyed request goes inward even before the commit: the provider remembers the crash.
            request.extensions_mut().insert(CrashInstead(when));
        }
        _ => {}
    }
    let keyed_crash = fault == Fault::ServerError && request.headers().contains_key(KEY_HEADER);
    let reply = match when {
        When::BeforeCommit if !keyed_crash => Response::new(Body::empty()),
        _ => next.run(request).await,
    };
    spoil(fault, reply, &wire).await
}

const KEY_HEADER: &str = "idempotency-key";

async fn spoil(fault: Fault, reply: Response, wire: &Wire) -> Response {
    match fault {
        Fault::ConnectionLost => {
            wire.cut();
            reply
        }
        Fault::RateLimited { retry_after_s, problem } => too_many(retry_after_s, &problem),
        Fault::ServerError => server_error(),
        Fault::BadRequest => page(StatusCode::BAD_REQUEST, GATEWAY_PAGE),
        Fault::Forbidden => {
            let body =
                serde_json::json!({"Title": "Forbidden", "Detail": "AuthorizationUnsuccessful"});
            (StatusCode::FORBIDDEN, axum::Json(body)).into_response()
        }
        Fault::BadGateway => page(StatusCode::BAD_GATEWAY, GATEWAY_PAGE),
        Fault::GatewayTimeout => page(StatusCode::GATEWAY_TIMEOUT, GATEWAY_PAGE),
        Fault::Maintenance => {
            (StatusCode::SERVICE_UNAVAILABLE, "The service is offline for maintenance.")
                .into_response()
        }
        Fault::SignInPage => page(StatusCode::OK, SIGN_IN_PAGE),
        Fault::EmptyOk => StatusCode::OK.into_response(),
        Fault::HugeBody { bytes } => huge(bytes),
        Fault::Redirect { location } => {
            (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
        }
        Fault::WrongContentType => {
            let mut reply = reply;
            let plain = HeaderValue::from_static("text/plain");
            reply.headers_mut().insert(header::CONTENT_TYPE, plain);
            reply
        }
        Fault::CutBody | Fault::TruncatedJson | Fault::MalformedJson | Fault::SlowBody { .. } => {
            spoil_body(&fault, reply).await
        }
        Fault::ExpiredToken | Fault::Delay { .. } => reply,
    }
}

async fn spoil_body(fault: &Fault, reply: Response) -> Response {
    let (mut parts, body) = reply.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return server_error() };
    let whole = bytes.len();
    let half = bytes.slice(0..whole / 2);
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match fault {
        Fault::CutBody => {
            parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole));
            cut_after(half)
        }
        Fault::TruncatedJson => Body::from(half),
        Fault::MalformedJson => Body::from([half.as_ref(), b"}]\"\x00,,{"].concat()),
        Fault::SlowBody { ms_per_byte, bytes: slow } => trickle(bytes, *ms_per_byte, *slow),
        _ => Body::from(bytes),
    };
    Response::from_parts(parts, body)
}

fn cut_after(half: Bytes) -> Body {
    Body::from_stream(stream::unfold(Some(half), |half| async move {
        if let Some(half) = half {
            return Some((Ok(half), None));
        }
        // An error straight away would take the unsent first half down with it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let broken = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "cut");
        Some((Err(broken), None))
    }))
}

fn trickle(bytes: Bytes, ms_per_byte: u64, slow: usize) -> Body {
    let slow = slow.min(bytes.len());
    Body::from_stream(stream::unfold((bytes, 0), move |(bytes, sent)| async move {
        if sent >= bytes.len() {
            return None;
        }
        if sent >= slow {
            let end = bytes.len();
            return Some((Ok::<_, std::io::Error>(bytes.slice(sent..)), (bytes, end)));
        }
        tokio::time::sleep(Duration::from_millis(ms_per_byte)).await;
        Some((Ok(bytes.slice(sent..=sent)), (bytes, sent + 1)))
    }))
}

fn huge(bytes: u64) -> Response {
    let chunk = Bytes::from(vec![b' '; 64 * 1024]);
    let body = stream::unfold(bytes, move |left| {
        let chunk = chunk.clone();
        async move {
            let size = usize::try_from(left).unwrap_or(usize::MAX).min(chunk.len());
            (size > 0).then(|| {
                (Ok::<_, std::io::Error>(chunk.slice(0..size)), left.saturating_sub(size as u64))
            })
        }
    });
    ([(header::CONTENT_TYPE, "application/json")], Body::from_stream(body)).into_response()
}

fn too_many(retry_after_s: Option<u64>, problem: &str) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(seconds) = retry_after_s {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Ok(problem) = HeaderValue::from_str(problem) {
        headers.insert("x-rate-limit-problem", problem);
    }
    (StatusCode::TOO_MANY_REQUESTS, headers).into_response()
}

fn server_error() -> Response {
    let body = r#"{"Title":"An error occurred","Detail":"An error occurred in the service"}"#;
    let json = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::INTERNAL_SERVER_ERROR, json, body).into_response()
}

fn page(status: StatusCode, html: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

const GATEWAY_PAGE: &str = "<html><head><title>502 Bad Gateway</title></head><body>\
<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>";

const SIGN_IN_PAGE: &str = "<!doctype html><html><head><title>Sign in</title></head><body>\
<form method=\"post\" action=\"/login\"><input name=\"user\"><input name=\"password\">\
</form></body></html>";
