//! The port on this computer that the browser is sent back to (RFC 8252, 7.3).
//!
//! Never listens beyond this computer, never answers more than one sign-in, and never repeats
//! anything it was sent.

use super::Judged;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Longest request head that is read; a code and a state need far less.
const HEAD_BYTES: usize = 16 * 1024;

/// A browser opens connections it may never use; each of them is given this long.
const HEAD_LIMIT: Duration = Duration::from_secs(10);

/// Connections that are held at a time.
const MOST_CONNECTIONS: usize = 32;

/// An open port. `localhost` means either of two addresses, so both are taken where both exist.
pub(super) struct Loopback {
    v4: TcpListener,
    v6: Option<TcpListener>,
    port: u16,
}

impl Loopback {
    /// Takes the first of the ports that is free.
    pub(super) async fn open(ports: &[u16]) -> Option<Self> {
        for port in ports {
            let Ok(v4) = TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).await else { continue };
            let Ok(port) = v4.local_addr().map(|address| address.port()) else { continue };
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(v6) => return Some(Self { v4, v6: Some(v6), port }),
                // Another program would get the browser's answer.
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
                Err(_) => return Some(Self { v4, v6: None, port }),
            }
        }
        None
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the request that `judge` recognises; all others are told that there is nothing.
    pub(super) async fn accept(self, judge: impl Fn(&str) -> Option<Judged>) -> Judged {
        let mut heads: JoinSet<Option<(TcpStream, String)>> = JoinSet::new();
        loop {
            let stream = tokio::select! {
                Ok((stream, _)) = self.v4.accept() => stream,
                Some(stream) = accept_v6(self.v6.as_ref()) => stream,
                Some(Ok(Some((stream, target)))) = heads.join_next() => {
                    let verdict = judge(&target);
                    let page = match &verdict {
                        None => NOTHING_HERE,
                        Some(Ok(_)) => SIGNED_IN,
                        Some(Err(_)) => NOT_SIGNED_IN,
                    };
                    // The sign-in stands even if the browser was closed before it saw the page.
                    let _shown = tokio::time::timeout(HEAD_LIMIT, show(stream, page)).await;
                    match verdict {
                        Some(outcome) => return outcome,
                        None => continue,
                    }
                }
            };
            if heads.len() < MOST_CONNECTIONS {
                heads.spawn(async move {
                    tokio::time::timeout(HEAD_LIMIT, read_target(stream)).await.ok().flatten()
                });
            }
        }
    }
}

async fn accept_v6(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => listener.accept().await.ok().map(|(stream, _)| stream),
        None => std::future::pending().await,
    }
}

/// The path and query of a GET request.
async fn read_target(mut stream: TcpStream) -> Option<(TcpStream, String)> {
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
        head.extend_from_slice(&piece[..count]);
        if head.len() > HEAD_BYTES {
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    let mut words = head.lines().next()?.split(' ');
    let is_get = words.next() == Some("GET");
    let target = words.next().filter(|target| is_get && target.starts_with('/'))?;
    Some((stream, target.to_owned()))
}

async fn show(mut stream: TcpStream, page: Page) -> std::io::Result<()> {
    let Page { status, body } = page;
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

#[derive(Clone, Copy)]
struct Page {
    status: &'static str,
    body: &'static str,
}

const SIGNED_IN: Page = Page {
    status: "200 OK",
    body: "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Kontor</title>\
           <h1>You are signed in</h1><p>Close this page and return to Kontor.</p>\
           <h1 lang=\"nb\">Du er logget inn</h1>\
           <p lang=\"nb\">Lukk denne siden og gå tilbake til Kontor.</p></html>",
};

const NOT_SIGNED_IN: Page = Page {
    status: "400 Bad Request",
    body: "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Kontor</title>\
           <h1>You are not signed in</h1><p>Return to Kontor and try again.</p>\
           <h1 lang=\"nb\">Du er ikke logget inn</h1>\
           <p lang=\"nb\">Gå tilbake til Kontor og prøv igjen.</p></html>",
};

const NOTHING_HERE: Page = Page { status: "404 Not Found", body: "" };
