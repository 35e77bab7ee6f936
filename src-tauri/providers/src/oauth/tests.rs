use super::*;
use crate::http::Patience;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ISSUER: &str = "https://login.example.org";

fn client() -> OAuthClient {
    OAuthClient {
        client_id: "kontor".to_owned(),
        scopes: "books offline_access",
        // Port 0 takes any free port, so that tests can run side by side.
        ports: &[0],
        path: "/example",
        issuer_is_named: true,
    }
}

fn endpoints(token: &str) -> Endpoints {
    Endpoints {
        authorize: format!("{ISSUER}/authorize"),
        token: token.to_owned(),
        api: "https://api.example.org".to_owned(),
        companies: "https://api.example.org/companies".to_owned(),
        issuer: ISSUER.to_owned(),
    }
}

async fn begin() -> (SignIn, u16, String) {
    let sign_in = SignIn::begin(&client(), &endpoints("https://t")).await.expect("a sign-in");
    let port = sign_in.loopback.port();
    let pairs = sign_in.address.query_pairs();
    let state =
        pairs.into_iter().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    (sign_in, port, state)
}

async fn browse(port: u16, target: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

/// Answers each request of the token address with the next of these.
async fn token_server(answers: Vec<(&'static str, &'static str)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/token", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        for (status, body) in answers {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let mut piece = [0; 4096];
            assert!(stream.read(&mut piece).await.is_ok_and(|count| count > 0));
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).await.ok();
            stream.shutdown().await.ok();
        }
    });
    address
}

fn http() -> HttpClient {
    HttpClient::new(Patience::USUAL).expect("a client")
}

async fn refreshed(status: &'static str, body: &'static str) -> Result<TokenSet, ProviderError> {
    let token = token_server(vec![(status, body)]).await;
    refresh(&http(), &endpoints(&token), "kontor", &Secret::new("old"), now()).await
}

#[tokio::test]
async fn the_address_carries_a_challenge_and_never_the_verifier() {
    let (sign_in, port, state) = begin().await;
    let address = sign_in.address.as_str();
    assert!(
        address.contains("code_challenge_method=S256") && address.contains("response_type=code")
    );
    assert!(address.contains(&format!("redirect_uri=http%3A%2F%2Flocalhost%3A{port}%2Fexample")));
    assert!(!address.contains(sign_in.verifier.reveal()));
    assert_eq!((state.len(), sign_in.verifier.reveal().len()), (43, 43));
}

#[test]
fn the_challenge_is_that_of_rfc_7636_appendix_b() {
    let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[tokio::test]
async fn other_paths_and_wrong_states_are_passed_over_and_the_right_one_ends_it() {
    let (sign_in, port, state) = begin().await;
    let waiting = tokio::spawn(sign_in.wait(Duration::from_secs(5)));
    let issuer = "iss=https%3A%2F%2Flogin.example.org";
    assert!(browse(port, "/favicon.ico").await.starts_with("HTTP/1.1 404"));
    let wrong = format!("/example?code=canary&state=guess&{issuer}");
    assert!(browse(port, &wrong).await.starts_with("HTTP/1.1 404"));
    let page = browse(port, &format!("/example?code=canary&state={state}&{issuer}")).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("gå tilbake til Kontor"));
    assert!(!page.contains("canary"));
    let code = waiting.await.expect("ended").expect("a code");
    assert_eq!(code.code.reveal(), "canary");
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err(), "the port is closed");
}

#[tokio::test]
async fn an_answer_of_another_issuer_ends_the_sign_in() {
    for issuer in ["&iss=https%3A%2F%2Fevil.example.org", ""] {
        let (sign_in, port, state) = begin().await;
        let waiting = tokio::spawn(sign_in.wait(Duration::from_secs(5)));
        let page = browse(port, &format!("/example?code=c&state={state}{issuer}")).await;
        assert!(page.starts_with("HTTP/1.1 400"));
        assert_eq!(waiting.await.expect("ended").err(), Some(SignInError::WrongIssuer));
    }
}

#[tokio::test]
async fn a_person_who_declines_ends_the_sign_in() {
    let (sign_in, port, state) = begin().await;
    let waiting = tokio::spawn(sign_in.wait(Duration::from_secs(5)));
    let issuer = "iss=https%3A%2F%2Flogin.example.org";
    browse(port, &format!("/example?error=access_denied&state={state}&{issuer}")).await;
    let declined = SignInError::Declined { code: "access_denied".to_owned() };
    assert_eq!(waiting.await.expect("ended").err(), Some(declined));
}

#[tokio::test]
async fn a_silent_connection_holds_nothing_up_and_the_wait_ends_in_time() {
    let (sign_in, port, state) = begin().await;
    let _silent = TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
    let waiting = tokio::spawn(sign_in.wait(Duration::from_secs(5)));
    let issuer = "iss=https%3A%2F%2Flogin.example.org";
    browse(port, &format!("/example?code=c&state={state}&{issuer}")).await;
    assert!(waiting.await.expect("ended").is_ok());
    let (sign_in, _, _) = begin().await;
    let ended = sign_in.wait(Duration::from_millis(20)).await.err();
    assert_eq!(ended, Some(SignInError::TimedOut));
}

#[tokio::test]
async fn a_code_works_once() {
    let granted =
        r#"{"access_token":"a","refresh_token":"r","expires_in":1800,"token_type":"Bearer"}"#;
    let answers = vec![("200 OK", granted), ("400 Bad Request", r#"{"error":"invalid_grant"}"#)];
    let token = token_server(answers).await;
    let code = || Code {
        code: Secret::new("c"),
        verifier: Secret::new("v"),
        redirect: "http://localhost:1/example".to_owned(),
    };
    let first = exchange(&http(), &endpoints(&token), "kontor", code(), now()).await;
    assert_eq!(first.expect("tokens").expires_at, now() + TimeDelta::minutes(30));
    let replayed = exchange(&http(), &endpoints(&token), "kontor", code(), now()).await;
    assert_eq!(replayed, Err(ProviderError::SignInNeeded));
}

#[tokio::test]
async fn a_refusal_never_passes_for_tokens() {
    let refusal = r#"{"error":"invalid_grant"}"#;
    assert_eq!(refreshed("200 OK", refusal).await, Err(ProviderError::SignInNeeded));
    let empty = r#"{"access_token":"","refresh_token":"","expires_in":1}"#;
    assert!(matches!(refreshed("200 OK", empty).await, Err(ProviderError::OutcomeUnknown { .. })));
    let page = refreshed("502 Bad Gateway", "<html>").await;
    assert!(matches!(page, Err(ProviderError::OutcomeUnknown { .. })));
    let down = refreshed("503 Down", "maintenance").await;
    assert_eq!(down, Err(ProviderError::Unavailable));
}

#[tokio::test]
async fn an_answer_without_a_new_refresh_token_keeps_the_old_one() {
    let tokens = refreshed("200 OK", r#"{"access_token":"a","expires_in":60}"#).await;
    assert_eq!(tokens.expect("tokens").refresh, Secret::new("old"));
}

#[test]
fn tokens_print_as_dots_and_come_back_whole_from_the_keychain() {
    let tokens = TokenSet {
        access: Secret::new("canary-1"),
        refresh: Secret::new("canary-2"),
        expires_at: now(),
    };
    assert!(!format!("{tokens:?}").contains("canary"));
    let kept = tokens.for_keychain().expect("kept");
    assert_eq!(TokenSet::from_keychain(&kept), Ok(tokens));
    let broken = TokenSet::from_keychain(&Secret::new("{}"));
    assert_eq!(broken, Err(ProviderError::SignInNeeded));
}
