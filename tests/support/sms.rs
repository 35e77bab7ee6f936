//! A gateway for text messages on this machine (RFC 9112): it takes messages, and can be told to
//! misbehave as real ones do.
//!
//! Never delivers anything: what it took is kept for the test to read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How the gateway behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayMood {
    /// It answers with a status and takes what it is given if that is a success.
    Says(u16),
    /// It takes the message and breaks the line without an answer.
    LosesAnswer,
    /// It takes the message and never answers.
    Hangs,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Method and path with query.
    pub line: String,
    /// Headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

struct Inner {
    mood: GatewayMood,
    asked: Vec<Taken>,
}

/// The gateway.
pub struct SmsGateway {
    /// Its address.
    pub url: String,
    inner: Arc<Mutex<Inner>>,
    serving: JoinHandle<()>,
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().expect("nobody panics while holding the messages")
}

impl SmsGateway {
    /// Starts one on a free port.
    pub async fn start(mood: GatewayMood) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let inner = Arc::new(Mutex::new(Inner { mood, asked: Vec::new() }));
        let shared = inner.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that hangs up is no fault of the gateway.
                tokio::spawn({
                    let shared = shared.clone();
                    async move { drop(serve(stream, shared).await) }
                });
            }
        });
        Self { url: format!("http://127.0.0.1:{port}/send"), inner, serving }
    }

    /// Changes its mood.
    pub fn becomes(&self, mood: GatewayMood) {
        lock(&self.inner).mood = mood;
    }

    /// What it was asked, oldest first.
    pub fn asked(&self) -> Vec<Taken> {
        lock(&self.inner).asked.clone()
    }
}

impl Drop for SmsGateway {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(stream: TcpStream, inner: Arc<Mutex<Inner>>) -> std::io::Result<()> {
    let mut stream = BufStream::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|text| text.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    let line = first.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    let body = String::from_utf8_lossy(&body).into_owned();
    let mood = {
        let mut inner = lock(&inner);
        inner.asked.push(Taken { line, headers, body });
        inner.mood
    };
    let status = match mood {
        GatewayMood::Says(status) => status,
        GatewayMood::LosesAnswer => return Ok(()),
        GatewayMood::Hangs => std::future::pending().await,
    };
    let said = format!("{{\"status\":{status}}}");
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Retry-After: 30\r\nConnection: close\r\n\r\n{said}",
        said.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.flush().await
}
