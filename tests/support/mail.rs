//! A mail server on this machine (RFC 5321, RFC 4954 for signing in, RFC 3207 for STARTTLS): it
//! takes messages, and can be told to misbehave as real ones do.
//!
//! Never delivers anything: what it took is kept for the test to read.

use crate::authority::Shown;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_native_tls::TlsAcceptor;

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It takes everything.
    Willing,
    /// It knows no recipient (550).
    KnowsNobody,
    /// It is busy when a recipient is named (451).
    Busy,
    /// It breaks the line after the recipient, before the message.
    HangsUpEarly,
    /// It takes the message and breaks the line without an answer.
    LosesAnswer,
    /// It refuses what it was sent (554).
    Picky,
}

/// A message as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The sender of the envelope.
    pub from: String,
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// Headers and body, dots unstuffed.
    pub content: String,
}

/// How the line to it is kept private.
#[derive(Clone)]
pub enum Line {
    /// Not at all.
    Open,
    /// TLS from the first byte.
    Tls(Shown),
    /// TLS after STARTTLS.
    Starttls(Shown),
}

struct Inner {
    mood: Mood,
    taken: Vec<Mail>,
    /// Connections that were opened.
    visits: usize,
    /// Names and passwords that were told, right or wrong.
    told: usize,
}

/// Anything that can be talked over.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// The server.
pub struct MailServer {
    /// Its port on 127.0.0.1.
    pub port: u16,
    inner: Arc<Mutex<Inner>>,
    serving: JoinHandle<()>,
}

/// Who may send, and with what password.
pub const USER: (&str, &str) = ("kontor@testby.example.no", "a password for tests");

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().expect("nobody panics while holding the letters")
}

impl MailServer {
    /// Starts one on a free port, over an open line.
    pub async fn start(mood: Mood) -> Self {
        Self::start_over(Line::Open, mood).await
    }

    /// Starts one on a free port.
    pub async fn start_over(line: Line, mood: Mood) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let inner = Arc::new(Mutex::new(Inner { mood, taken: Vec::new(), visits: 0, told: 0 }));
        let shared = inner.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                lock(&shared).visits += 1;
                // A client that hangs up is no fault of the server.
                tokio::spawn({
                    let (shared, line) = (shared.clone(), line.clone());
                    async move { drop(greet(Box::new(stream), line, shared).await) }
                });
            }
        });
        Self { port, inner, serving }
    }

    /// Changes its mood.
    pub fn becomes(&self, mood: Mood) {
        lock(&self.inner).mood = mood;
    }

    /// What it took, oldest first.
    pub fn taken(&self) -> Vec<Mail> {
        lock(&self.inner).taken.clone()
    }

    /// How often somebody told a name and a password.
    pub fn told(&self) -> usize {
        lock(&self.inner).told
    }

    /// How often somebody came.
    pub fn visits(&self) -> usize {
        lock(&self.inner).visits
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Begins a conversation, in private where that is how the line begins.
async fn greet(stream: Box<dyn Wire>, line: Line, inner: Arc<Mutex<Inner>>) -> std::io::Result<()> {
    let (stream, later) = match line {
        Line::Open => (stream, None),
        Line::Tls(shown) => (private(stream, &shown).await?, None),
        Line::Starttls(shown) => (stream, Some(shown)),
    };
    let stream = BufStream::new(stream);
    let mut talk = Talk { stream, later, inner, signed_in: false, mail: nothing() };
    talk.say("220 testby.example.no ready").await?;
    talk.serve().await
}

async fn private(stream: Box<dyn Wire>, shown: &Shown) -> std::io::Result<Box<dyn Wire>> {
    let acceptor = TlsAcceptor::from(shown.acceptor());
    let stream = acceptor.accept(stream).await.map_err(std::io::Error::other)?;
    Ok(Box::new(stream))
}

/// One conversation.
struct Talk {
    stream: BufStream<Box<dyn Wire>>,
    /// What is shown once privacy is asked for.
    later: Option<Shown>,
    inner: Arc<Mutex<Inner>>,
    signed_in: bool,
    mail: Mail,
}

fn nothing() -> Mail {
    Mail { from: String::new(), to: Vec::new(), content: String::new() }
}

impl Talk {
    async fn say(&mut self, text: &str) -> std::io::Result<()> {
        self.stream.write_all(format!("{text}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    async fn hear(&mut self) -> std::io::Result<Option<String>> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).await?;
        Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    async fn serve(mut self) -> std::io::Result<()> {
        while let Some(line) = self.hear().await? {
            let upper = line.to_uppercase();
            let mood = lock(&self.inner).mood;
            if upper.starts_with("EHLO ") || upper.starts_with("HELO ") {
                let last = if self.later.is_some() { "STARTTLS" } else { "AUTH PLAIN LOGIN" };
                self.say(&format!("250-testby.example.no\r\n250-8BITMIME\r\n250 {last}")).await?;
            } else if let ("STARTTLS", Some(shown)) = (upper.as_str(), self.later.take()) {
                self.say("220 go ahead").await?;
                self.stream = BufStream::new(private(self.stream.into_inner(), &shown).await?);
            } else if let Some(given) = upper.strip_prefix("AUTH PLAIN ") {
                let given = line[line.len() - given.len()..].to_owned();
                self.sign_in(&given).await?;
            } else if upper.starts_with("MAIL FROM:") {
                self.mail = Mail { from: address(&line), ..nothing() };
                let answer = if self.signed_in { "250 ok" } else { "530 sign in first" };
                self.say(answer).await?;
            } else if upper.starts_with("RCPT TO:") {
                match mood {
                    Mood::KnowsNobody => self.say("550 5.1.1 no such user").await?,
                    Mood::Busy => self.say("451 4.3.2 come back later").await?,
                    Mood::HangsUpEarly => return Ok(()),
                    _ => {
                        self.mail.to.push(address(&line));
                        self.say("250 ok").await?;
                    }
                }
            } else if upper == "DATA" && !self.mail.to.is_empty() {
                self.say("354 end with a dot").await?;
                if !self.take(mood).await? {
                    return Ok(());
                }
            } else if upper == "QUIT" {
                return self.say("221 bye").await;
            } else {
                self.say("503 not now").await?;
            }
        }
        Ok(())
    }

    async fn sign_in(&mut self, given: &str) -> std::io::Result<()> {
        let (user, password) = USER;
        let wanted = format!("\0{user}\0{password}");
        lock(&self.inner).told += 1;
        self.signed_in = BASE64.decode(given).is_ok_and(|given| given == wanted.as_bytes());
        let answer = if self.signed_in { "235 welcome" } else { "535 5.7.8 wrong password" };
        self.say(answer).await
    }

    /// Reads a message to its dot. Returns whether the conversation goes on.
    async fn take(&mut self, mood: Mood) -> std::io::Result<bool> {
        let mut content = String::new();
        loop {
            let Some(line) = self.hear().await? else { return Ok(false) };
            if line == "." {
                break;
            }
            content.push_str(line.strip_prefix('.').unwrap_or(&line));
            content.push('\n');
        }
        if mood == Mood::Picky {
            self.say("554 5.6.0 not wanted").await?;
            return Ok(true);
        }
        let mail = Mail { content, ..std::mem::replace(&mut self.mail, nothing()) };
        lock(&self.inner).taken.push(mail);
        if mood == Mood::LosesAnswer {
            return Ok(false);
        }
        self.say("250 2.0.0 taken").await?;
        Ok(true)
    }
}

/// What stands between angle brackets.
fn address(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(address, _)| address.to_owned())
}
