use super::*;
use crate::session::{Endpoints, TokenSource};
use async_trait::async_trait;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const MANNERS: Manners = Manners {
    request_id: "x-id",
    minute_left: "x-minute",
    day_left: "x-day",
    refuses_with_503: true,
};

const QUICK: Patience = Patience {
    connect: Duration::from_millis(500),
    idle: Duration::from_millis(200),
    total: Duration::from_millis(600),
    answer_bytes: 4096,
};

/// Answers one connection after the other with these bytes, and keeps what it was asked.
struct Fake {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

async fn fake(answers: Vec<Vec<u8>>) -> Fake {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    tokio::spawn(async move {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            while !request.ends_with(b"}") {
                match stream.read(&mut piece).await {
                    Ok(count) if count > 0 => request.extend_from_slice(&piece[..count]),
                    _ => break,
                }
                let whole = String::from_utf8_lossy(&request);
                if whole.starts_with("GET") && whole.ends_with("\r\n\r\n") {
                    break;
                }
            }
            seen.lock().expect("asked").push(String::from_utf8_lossy(&request).into_owned());
            if answer.is_empty() {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
            stream.write_all(&answer).await.ok();
            stream.shutdown().await.ok();
        }
    });
    Fake { address, asked }
}

fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

#[derive(Default)]
struct Tokens {
    renewals: AtomicUsize,
}

#[async_trait]
impl TokenSource for Tokens {
    async fn access_token(&self) -> Result<Secret, ProviderError> {
        Ok(Secret::new("canary-token-0"))
    }

    async fn renewed(&self, _stale: &Secret) -> Result<Secret, ProviderError> {
        let count = self.renewals.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(Secret::new(format!("canary-token-{count}")))
    }
}

#[derive(Default)]
struct Watch {
    records: Mutex<Vec<CallRecord>>,
    tries: u32,
}

#[async_trait]
impl CallWatch for Watch {
    async fn ask_again(&self, _error: &ProviderError, failed: u32) -> bool {
        failed < self.tries
    }

    async fn before_call(&self) -> Result<(), ProviderError> {
        Ok(())
    }

    fn after_call(&self, call: &CallRecord) {
        self.records.lock().expect("records").push(call.clone());
    }
}

fn session(address: &str, watch: Arc<Watch>) -> Session {
    let endpoints = Endpoints {
        authorize: format!("{address}/authorize"),
        token: format!("{address}/token"),
        api: format!("{address}/api"),
        companies: format!("{address}/companies"),
        issuer: address.to_owned(),
    };
    let tokens = Arc::new(Tokens::default());
    Session { endpoints, company: "company".to_owned(), tokens, watch }
}

fn call(address: &str, effect: Effect) -> Call {
    let is_write = effect == Effect::Write;
    Call {
        method: if is_write { Method::PUT } else { Method::GET },
        url: Url::parse(&format!("{address}/api/Invoices?secret=canary")).expect("an address"),
        headers: vec![("idempotency-key", "key-1".to_owned())],
        content: is_write.then(|| Content::Json("{}".to_owned())),
        effect,
    }
}

async fn send(answer: Vec<u8>, effect: Effect) -> (Reply, Vec<CallRecord>) {
    let fake = fake(vec![answer]).await;
    let watch = Arc::new(Watch::default());
    let session = session(&fake.address, Arc::clone(&watch));
    let client = HttpClient::new(QUICK).expect("a client");
    let reply = client.send(&session, &MANNERS, &call(&fake.address, effect)).await;
    let records = watch.records.lock().expect("records").clone();
    (reply, records)
}

fn unknown(seen: &str) -> ProviderError {
    ProviderError::OutcomeUnknown { seen: seen.to_owned() }
}

fn protocol(seen: &str) -> ProviderError {
    ProviderError::Protocol { seen: seen.to_owned() }
}

#[tokio::test]
async fn every_exchange_means_one_thing_for_a_write_and_one_for_a_read() {
    let page = "<html><title>502 Bad Gateway</title></html>";
    let down = ProviderError::Unavailable;
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Invoices\":".to_vec();
    let long = http("200 OK", "", &"x".repeat(5000));
    let too_long = "an answer longer than 4096 bytes";
    let limited = |seconds| ProviderError::RateLimited { after: Duration::from_secs(seconds) };
    let date =
        "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 10:02:00 GMT\r\n";
    let moved = http("302 Found", "Location: http://localhost/\r\n", "");
    let cases = [
        ("gateway page", http("502 Bad Gateway", "", page), unknown("status 502"), down.clone()),
        ("500", http("500 Oops", "", "{}"), unknown("status 500"), down.clone()),
        ("504", http("504 Late", "", ""), unknown("status 504"), down.clone()),
        (
            "its own 503",
            http("503 Down", "", "offline for maintenance"),
            down.clone(),
            down.clone(),
        ),
        ("a gateway's 503", http("503 Down", "", page), unknown("status 503"), down.clone()),
        (
            "sign-in page",
            http("200 OK", "", "\r\n <!doctype html>"),
            unknown("a web page instead of data"),
            protocol("a web page instead of data"),
        ),
        ("empty", http("200 OK", "", ""), unknown("an empty answer"), protocol("an empty answer")),
        ("cut", cut, unknown("an answer that broke off"), protocol("an answer that broke off")),
        ("too long", long, unknown(too_long), protocol(too_long)),
        ("redirect", moved, unknown("a redirect (302)"), protocol("a redirect (302)")),
        ("no answer", Vec::new(), unknown("no answer in time"), down.clone()),
        ("reset", b"x".to_vec(), unknown("a lost connection"), down),
        ("limit", http("429 Slow", "Retry-After: 7\r\n", ""), limited(7), limited(7)),
        ("limit by date", http("429 Slow", date, ""), limited(120), limited(120)),
        ("limit without time", http("429 Slow", "", ""), limited(60), limited(60)),
        (
            "forbidden",
            http("403 No", "", "no role"),
            ProviderError::NotPermitted { text: "no role".to_owned() },
            ProviderError::NotPermitted { text: "no role".to_owned() },
        ),
    ];
    for (name, answer, write, read) in cases {
        assert_eq!(send(answer.clone(), Effect::Write).await.0.answer, Err(write), "{name}");
        assert_eq!(send(answer, Effect::Read).await.0.answer, Err(read), "{name}");
    }
}

#[tokio::test]
async fn a_slow_body_ends_within_the_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let Ok((mut stream, _)) = listener.accept().await else { return };
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).await.is_ok_and(|count| count > 0));
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n").await.ok();
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let session = session(&address, Arc::default());
    let client = HttpClient::new(QUICK).expect("a client");
    let reply = client.send(&session, &MANNERS, &call(&address, Effect::Write)).await;
    assert_eq!(reply.answer, Err(unknown("an answer that came too slowly")));
}

#[tokio::test]
async fn a_call_that_asks_is_made_again_as_often_as_the_watch_says_and_a_write_never() {
    let broken = || http("500 Oops", "", "{}");
    let good = || http("200 OK", "", "{\"Invoices\":[]}");
    for (effect, calls) in [(Effect::Read, 3), (Effect::Write, 1)] {
        let fake = fake(vec![broken(), broken(), good()]).await;
        let watch = Arc::new(Watch { tries: 3, ..Watch::default() });
        let session = session(&fake.address, Arc::clone(&watch));
        let client = HttpClient::new(QUICK).expect("a client");
        let reply = client.send(&session, &MANNERS, &call(&fake.address, effect)).await;
        assert_eq!(reply.answer.is_ok(), effect == Effect::Read);
        assert_eq!(watch.records.lock().expect("records").len(), calls);
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let session = session(&address, Arc::default());
    let client = HttpClient::new(QUICK).expect("a client");
    let reply = client.send(&session, &MANNERS, &call(&address, Effect::Write)).await;
    assert_eq!(reply.answer, Err(ProviderError::NotReached));
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_same_call_goes_again() {
    let stale = http("401 No", "", "{}");
    let fake = fake(vec![stale, http("200 OK", "", "{}")]).await;
    let session = session(&fake.address, Arc::default());
    let client = HttpClient::new(QUICK).expect("a client");
    let reply = client.send(&session, &MANNERS, &call(&fake.address, Effect::Write)).await;
    assert_eq!(reply.status, Some(200));
    let asked = fake.asked.lock().expect("asked").clone();
    assert!(
        asked[0].contains("Bearer canary-token-0") && asked[1].contains("Bearer canary-token-1")
    );
    assert!(asked.iter().all(|request| request.contains("idempotency-key: key-1")));
}

#[tokio::test]
async fn the_second_refusal_asks_for_a_person() {
    let stale = http("401 No", "", "{}");
    let fake = fake(vec![stale.clone(), stale]).await;
    let session = session(&fake.address, Arc::default());
    let client = HttpClient::new(QUICK).expect("a client");
    let reply = client.send(&session, &MANNERS, &call(&fake.address, Effect::Write)).await;
    assert_eq!(reply.answer, Err(ProviderError::SignInNeeded));
}

#[tokio::test]
async fn what_is_recorded_holds_no_secret() {
    let headers = "x-id: r-1\r\nx-minute: 59\r\nx-day: 4999\r\n";
    let body = r#"{"echo":"Bearer canary-token-0"}"#;
    let (reply, records) = send(http("200 OK", headers, body), Effect::Write).await;
    assert_eq!(reply.request_id.as_deref(), Some("r-1"));
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].remaining, Remaining { minute: Some(59), day: Some(4999) });
    assert_eq!((records[0].path.as_str(), records[0].bytes), ("/api/Invoices", body.len()));
    let shown = format!("{records:?} {}", reply.excerpt);
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn a_foreign_or_unencrypted_address_is_never_called() {
    let session = session("https://api.example.org", Arc::default());
    let client = HttpClient::new(QUICK).expect("a client");
    for address in
        ["https://evil.example.org", "http://api.example.org", "https://api.example.org:8443"]
    {
        let reply = client.send(&session, &MANNERS, &call(address, Effect::Read)).await;
        assert!(matches!(reply.answer, Err(ProviderError::NotPermitted { .. })), "{address}");
    }
}
