use super::*;
use crate::http::{HttpClient, Patience};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ISSUER: &str = "https://login.example.org";

static OPEN: Registration = Registration {
    scopes: "books offline_access",
    attachment_scope: "",
    // Port 0 takes any free port, so that tests can run side by side.
    ports: &[0],
    path: "/example",
    issuer_is_named: true,
    proof: Proof::Pkce,
    company_field: None,
    idle_days: 60,
};

static SECRET: Registration = Registration {
    scopes: "books",
    attachment_scope: "",
    ports: &[],
    path: "/example",
    issuer_is_named: false,
    proof: Proof::SecretInHeader,
    company_field: Some("realmId"),
    idle_days: 100,
};

static POSTED: Registration = Registration { proof: Proof::SecretInBody, ..plain() };

const fn plain() -> Registration {
    Registration {
        scopes: "books",
        attachment_scope: "",
        ports: &[],
        path: "/example",
        issuer_is_named: false,
        proof: Proof::SecretInHeader,
        company_field: None,
        idle_days: 31,
    }
}

const PAGE: &str = "https://www.school.example/kontor/example";

fn application() -> Application {
    Application { client_id: "kontor".to_owned(), secret: None, redirect: None }
}

fn own() -> Application {
    Application {
        client_id: "own".to_owned(),
        secret: Some(Secret::new("canary-secret")),
        redirect: Some(PAGE.to_owned()),
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
    let begun = SignIn::begin(&OPEN, &application(), &endpoints("https://t"), false).await;
    let sign_in = begun.expect("a sign-in");
    let port = sign_in.loopback.as_ref().expect("a port").port();
    let state = state_of(&sign_in);
    (sign_in, port, state)
}

fn state_of(sign_in: &SignIn) -> String {
    let mut pairs = sign_in.address.query_pairs();
    pairs.find(|(name, _)| name == "state").expect("a state").1.into_owned()
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
    let endpoints = endpoints(&token);
    let application = application();
    let (http, registration) = (http(), &OPEN);
    let broker =
        Direct { http: &http, endpoints: &endpoints, registration, application: &application };
    broker.renew(&Secret::new("old"), now()).await
}

#[tokio::test]
async fn the_address_carries_a_challenge_and_never_the_verifier() {
    let (sign_in, port, state) = begin().await;
    let address = sign_in.address.as_str();
    assert!(
        address.contains("code_challenge_method=S256") && address.contains("response_type=code")
    );
    assert!(address.contains(&format!("redirect_uri=http%3A%2F%2Flocalhost%3A{port}%2Fexample")));
    let verifier = sign_in.verifier.as_ref().expect("a verifier").reveal();
    assert!(!address.contains(verifier));
    assert_eq!((state.len(), verifier.len()), (43, 43));
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
        verifier: Some(Secret::new("v")),
        redirect: "http://localhost:1/example".to_owned(),
        company: None,
    };
    let (http, endpoints, application) = (http(), endpoints(&token), application());
    let registration = &OPEN;
    let broker =
        Direct { http: &http, endpoints: &endpoints, registration, application: &application };
    let first = broker.exchange(code(), now()).await;
    assert_eq!(first.expect("tokens").expires_at, now() + TimeDelta::minutes(30));
    let replayed = broker.exchange(code(), now()).await;
    assert_eq!(replayed, Err(SignInError::Provider(ProviderError::SignInNeeded)));
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

/// Takes one request of the token address whole, and grants.
async fn asked_with(registration: &'static Registration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let token = format!("http://{}/token", listener.local_addr().expect("an address"));
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut seen = String::new();
        while !seen.contains("grant_type=refresh_token") || !seen.contains("refresh_token=old") {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).await.expect("a request");
            seen.push_str(&String::from_utf8_lossy(&piece[..count]));
        }
        let body = r#"{"access_token":"a","refresh_token":"r","expires_in":300}"#;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).await.expect("answered");
        seen
    });
    let (http, endpoints, application) = (http(), endpoints(&token), own());
    let broker =
        Direct { http: &http, endpoints: &endpoints, registration, application: &application };
    broker.renew(&Secret::new("old"), now()).await.expect("tokens");
    server.await.expect("a request")
}

#[tokio::test]
async fn a_secret_travels_in_the_header_or_in_the_form_and_never_in_both() {
    let seen = asked_with(&SECRET).await;
    // base64 of "own:canary-secret".
    assert!(
        seen.to_lowercase().contains("authorization: basic b3duomnhbmfyes1zzwnyzxq="),
        "{seen}"
    );
    assert!(!seen.contains("client_secret") && !seen.contains("client_id"));
    let seen = asked_with(&POSTED).await;
    assert!(seen.contains("client_id=own&client_secret=canary-secret"), "{seen}");
    assert!(!seen.to_lowercase().contains("authorization"));
}

#[tokio::test]
async fn a_wrong_secret_is_told_from_a_sign_in_that_ended() {
    for status in ["401 Unauthorized", "400 Bad Request"] {
        let token = token_server(vec![(status, r#"{"error":"invalid_client"}"#); 2]).await;
        let (http, endpoints, application) = (http(), endpoints(&token), own());
        let registration = &SECRET;
        let broker =
            Direct { http: &http, endpoints: &endpoints, registration, application: &application };
        let code = Code {
            code: Secret::new("c"),
            verifier: None,
            redirect: PAGE.to_owned(),
            company: Some("1".to_owned()),
        };
        let refused = broker.exchange(code, now()).await;
        assert_eq!(refused, Err(SignInError::ApplicationRefused));
        let ended = broker.renew(&Secret::new("old"), now()).await;
        assert_eq!(ended, Err(ProviderError::SignInNeeded));
    }
}

#[tokio::test]
async fn an_application_with_a_secret_sends_no_challenge_and_its_company_comes_from_the_answer() {
    let begun = SignIn::begin(&SECRET, &own(), &endpoints("https://t"), false).await;
    let sign_in = begun.expect("a sign-in");
    let address = sign_in.address.as_str();
    assert!(!address.contains("code_challenge") && !address.contains("canary"));
    assert!(sign_in.landing.is_by_hand());
    let (state, landing) = (state_of(&sign_in), sign_in.landing.clone());
    let waiting = tokio::spawn(sign_in.wait(Duration::from_secs(5)));
    for wrong in [
        "nothing".to_owned(),
        format!("{PAGE}?code=c&state=guess&realmId=934"),
        format!("https://evil.example/kontor/example?code=c&state={state}&realmId=934"),
        format!("https://www.school.example/kontor/other?code=c&state={state}&realmId=934"),
        format!("http://www.school.example/kontor/example?code=c&state={state}&realmId=934"),
    ] {
        assert_eq!(landing.take(&wrong), Err(NotTheAnswer), "{wrong}");
    }
    let right = format!(" {PAGE}?code=canary&state={state}&realmId=9341#top\n");
    assert_eq!(landing.take(&right), Ok(()));
    let code = waiting.await.expect("ended").expect("a code");
    assert_eq!((code.code.reveal(), code.company.as_deref()), ("canary", Some("9341")));
    assert_eq!(code.redirect, PAGE);
    assert_eq!(landing.take(&right), Ok(()), "brought twice");
}

#[tokio::test]
async fn an_answer_without_a_company_or_with_a_path_in_its_place_ends_the_sign_in() {
    for company in ["", "&realmId=", "&realmId=..%2F..%2Fadmin"] {
        let begun = SignIn::begin(&SECRET, &own(), &endpoints("https://t"), false).await;
        let sign_in = begun.expect("a sign-in");
        let landed = format!("{PAGE}?code=c&state={}{company}", state_of(&sign_in));
        sign_in.landing.take(&landed).expect("the answer");
        let ended = sign_in.wait(Duration::from_secs(5)).await;
        assert_eq!(ended.err(), Some(SignInError::NoCompany), "{company}");
    }
}

#[test]
fn a_redirect_is_https_with_a_name_or_localhost_and_ends_as_the_system_says() {
    let check = |address: &str| SECRET.check_redirect(address).err();
    for good in [PAGE, "http://localhost:47641/example", "https://school.example/example"] {
        assert_eq!(check(good), None, "{good}");
    }
    for (odd, why) in [
        ("school.example/example", OddRedirect::NotPlain),
        ("https://school.example/example?x=1", OddRedirect::NotPlain),
        ("https://school.example/#/example", OddRedirect::NotPlain),
        ("https://me@school.example/example", OddRedirect::NotPlain),
        ("http://school.example/example", OddRedirect::NotSecure),
        ("http://127.0.0.1:47641/example", OddRedirect::NotSecure),
        ("https://192.0.2.1/example", OddRedirect::NotSecure),
        ("https://localhost/example", OddRedirect::NotSecure),
        ("https://school.example/other", OddRedirect::OtherPath),
    ] {
        assert_eq!(check(odd), Some(why), "{odd}");
    }
}

#[test]
fn an_application_prints_without_its_secret() {
    assert!(!format!("{:?}", own()).contains("canary"));
}
