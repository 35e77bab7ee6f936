//! E-mails over private lines, and the invoices of a run by e-mail.

use super::charge::{seen, told, wish};
use super::remind::{account, late, send, state};
use office::Code;
use serde_json::{Value, json};
use support::authority::Authority;
use support::mail::{Line, MailServer, Mood, USER};
use support::{TestDesk, id, person};

const HERE: &str = "127.0.0.1";

fn private(server: &MailServer, security: &str, authority: &str) -> Value {
    let mut account = account(server.port, USER.1);
    account["security"] = json!(security);
    account["authority"] = json!(authority);
    account
}

/// One e-mail waits; the account is set up as told.
async fn with_account(account: Value) -> TestDesk {
    let desk = late().await;
    desk.call("save_mail_settings", account).await.expect("an account");
    send(&desk, 80, "email").await;
    desk
}

async fn fault_of(desk: &TestDesk) -> Option<String> {
    let fault = desk.call("check_mail", json!({})).await.expect_err("it cannot be used");
    assert_eq!(fault.code, Code::MailUnavailable);
    fault.rule
}

#[tokio::test]
async fn an_e_mail_leaves_over_a_private_line() {
    let authority = Authority::new("Testby CA");
    let shown = authority.vouch(HERE);
    for (security, line) in
        [("tls", Line::Tls(shown.clone())), ("starttls", Line::Starttls(shown.clone()))]
    {
        let server = MailServer::start_over(line, Mood::Willing).await;
        let desk = with_account(private(&server, security, &authority.pem())).await;
        desk.call("check_mail", json!({})).await.expect("the account works");
        desk.desk.tick().await;
        assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("sent", 1), "{security}");
        assert_eq!(server.taken()[0].to, ["ada@example.no"]);
    }
}

#[tokio::test]
async fn a_server_that_cannot_show_who_it_is_is_told_nothing() {
    let (authority, other) = (Authority::new("Testby CA"), Authority::new("Another CA"));
    let stranger = authority.vouch("127.0.0.2");
    for security in ["tls", "starttls"] {
        for (shown, trusted) in [
            (other.vouch(HERE), authority.pem()),
            (authority.vouch(HERE), String::new()),
            (stranger.clone(), authority.pem()),
        ] {
            let line = if security == "tls" { Line::Tls(shown) } else { Line::Starttls(shown) };
            let server = MailServer::start_over(line, Mood::Willing).await;
            let desk = with_account(private(&server, security, &trusted)).await;
            assert_eq!(fault_of(&desk).await.as_deref(), Some("untrusted"), "{security}");
            desk.desk.tick().await;
            assert_eq!(state(&desk).await, "waiting", "{security}");
            assert_eq!((server.told(), server.taken().len()), (0, 0), "{security}");
        }
    }
}

#[tokio::test]
async fn without_the_private_line_that_is_asked_for_nothing_is_told() {
    let server = MailServer::start(Mood::Willing).await;
    for security in ["tls", "starttls"] {
        let desk = with_account(private(&server, security, "")).await;
        fault_of(&desk).await;
        desk.desk.tick().await;
        assert_eq!((state(&desk).await.as_str(), server.told()), ("waiting", 0), "{security}");
    }
    assert_eq!(server.taken().len(), 0);
}

#[tokio::test]
async fn a_wrong_password_is_called_one_and_nothing_leaves() {
    let authority = Authority::new("Testby CA");
    let line = Line::Starttls(authority.vouch(HERE));
    let server = MailServer::start_over(line, Mood::Willing).await;
    let mut wrong = private(&server, "starttls", &authority.pem());
    wrong["password"] = json!("wrong");
    let desk = with_account(wrong).await;
    assert_eq!(fault_of(&desk).await.as_deref(), Some("sign_in"));
    desk.desk.tick().await;
    assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("waiting", 0));
    let mut account = private(&server, "starttls", "-----BEGIN CERTIFICATE-----");
    account["password"] = Value::Null;
    let fault = desk.call("save_mail_settings", account).await.expect_err("no certificate");
    assert_eq!(
        (fault.field.as_deref(), fault.rule.as_deref()),
        (Some("authority"), Some("certificate"))
    );
}

/// A run of two invoices, one to somebody without an address; the mail server is in a mood.
async fn run(mood: Mood) -> (TestDesk, MailServer) {
    let (desk, server) = (TestDesk::with_student().await, MailServer::start(mood).await);
    let mut ada = person("Ada Berg");
    ada["email"] = json!("ada@example.no");
    desk.call("change_student", json!({ "id": id(1), "person": ada })).await.expect("changed");
    desk.register(2, "Bo Vik").await;
    told(&desk, "b1;Møtt;2026-03-02;1001;KT-B;\nb2;Møtt;2026-03-02;1002;KT-B;\n").await;
    let request = seen(&desk, wish(90)).await;
    desk.call("issue_run", request).await.expect("a run");
    (desk, server)
}

async fn queue(desk: &TestDesk) -> Value {
    desk.call("email_run", json!({ "id": id(90) })).await.expect("queued")["mails"].clone()
}

async fn mails(desk: &TestDesk) -> Value {
    desk.call("find_run", json!({ "id": id(90) })).await.expect("a run")["mails"].clone()
}

#[tokio::test]
async fn each_invoice_of_a_run_is_e_mailed_once_to_who_pays_it() {
    let (desk, server) = run(Mood::Willing).await;
    let fault = desk.call("email_run", json!({ "id": id(90) })).await.expect_err("no account");
    assert_eq!(fault.rule.as_deref(), Some("no_mail"));
    desk.call("save_mail_settings", account(server.port, USER.1)).await.expect("an account");
    let before = mails(&desk).await;
    assert_eq!((&before["to_queue"], &before["without_address"]), (&json!(1), &json!(1)));
    assert_eq!(queue(&desk).await["waiting"], 1);
    assert_eq!(queue(&desk).await["waiting"], 1);
    let desk = desk.restarted().await;
    assert_eq!(queue(&desk).await["waiting"], 1);
    desk.desk.tick().await;
    assert_eq!(queue(&desk).await["sent"], 1);
    desk.desk.tick().await;
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to, ["ada@example.no"]);
    for wanted in ["Content-Type: application/pdf", "Message-ID: <"] {
        assert!(taken[0].content.contains(wanted), "{wanted} is missing");
    }
    // Who gets an address later is queued then, and nobody else.
    let mut bo = person("Bo Vik");
    bo["email"] = json!("bo@example.no");
    desk.call("change_student", json!({ "id": id(2), "person": bo })).await.expect("changed");
    assert_eq!(queue(&desk).await["waiting"], 1);
    desk.desk.tick().await;
    assert_eq!(server.taken()[1].to, ["bo@example.no"]);
}

#[tokio::test]
async fn an_invoice_whose_answer_was_lost_waits_for_a_person() {
    let (desk, server) = run(Mood::LosesAnswer).await;
    desk.call("save_mail_settings", account(server.port, USER.1)).await.expect("an account");
    queue(&desk).await;
    desk.desk.tick().await;
    let found = mails(&desk).await;
    assert_eq!((&found["unsettled"], &found["rows"][0]["state"]), (&json!(1), &json!("unknown")));
    server.becomes(Mood::Willing);
    desk.clock.advance_seconds(7_200);
    desk.desk.tick().await;
    assert_eq!(server.taken().len(), 1);
    let settle = |outcome: &str| json!({ "run_id": id(90), "invoice_id": found["rows"][0]["invoice_id"], "outcome": outcome });
    let settled = desk.call("settle_invoice_mail", settle("again")).await.expect("again");
    assert_eq!(settled["mails"]["waiting"], 1);
    desk.desk.tick().await;
    assert_eq!((server.taken().len(), &mails(&desk).await["sent"]), (2, &json!(1)));
    let fault = desk.call("settle_invoice_mail", settle("again")).await.expect_err("sent");
    assert_eq!(fault.rule.as_deref(), Some("mail_state"));
}

#[tokio::test]
async fn an_invoice_that_was_taken_back_meanwhile_is_not_sent() {
    let (desk, server) = run(Mood::Willing).await;
    desk.call("save_mail_settings", account(server.port, USER.1)).await.expect("an account");
    queue(&desk).await;
    let list = json!({
        "filter": { "view": "all", "query": "Ada" }, "order": null,
        "window": { "offset": 0, "limit": 10 },
    });
    let page = desk.call("list_invoices", list).await.expect("invoices");
    let whole = json!({
        "id": id(95), "invoice_id": page["rows"][0]["id"], "issue_date": "2026-03-10",
        "reason": "Feil", "lines": [],
    });
    desk.call("credit_invoice", whole).await.expect("credited");
    desk.desk.tick().await;
    assert_eq!(server.taken().len(), 0);
    assert_eq!(mails(&desk).await["rows"][0]["state"], "stale");
}
