//! The desk: a whole book or none, its key never in plain text, and guesses that cost time.

use office::Code;
use serde_json::{Value, json};
use support::{PASSPHRASE, TestDesk, school, school_with_passphrase};

async fn state(desk: &TestDesk) -> Value {
    desk.call("desk_status", json!({})).await.expect("a status")
}

async fn code(desk: &TestDesk, name: &str, request: Value) -> Code {
    desk.call(name, request).await.expect_err("refused").code
}

#[tokio::test]
async fn an_empty_folder_becomes_a_school() {
    let desk = TestDesk::empty();
    assert_eq!(state(&desk).await["state"], "empty");
    assert_eq!(code(&desk, "home", json!({})).await, Code::NoBook);
    let made = desk.call("create_school", school()).await.expect("a school");
    assert_eq!(made["state"], "ready");
    assert_eq!(made["school"]["vat_number"], "999 000 111 MVA");
    assert_eq!(code(&desk, "create_school", school()).await, Code::AlreadyExists);
    let tables = desk.call("school_tables", json!({})).await.expect("tables");
    assert_eq!(tables["payment_methods"].as_array().expect("methods").len(), 4);
}

#[tokio::test]
async fn a_key_in_the_keychain_opens_the_book_by_itself() {
    let desk = TestDesk::with_student().await.restarted().await;
    let status = state(&desk).await;
    assert_eq!((&status["state"], &status["protection"]), (&json!("ready"), &json!("keychain")));
}

#[tokio::test]
async fn a_keychain_that_lost_the_key_is_named() {
    let mut desk = TestDesk::with_school().await;
    desk.keychain = std::sync::Arc::new(office::secrets::MemorySecrets::default());
    let desk = desk.restarted().await;
    let status = state(&desk).await;
    assert_eq!(status["state"], "broken");
    assert_eq!(status["trouble"], "keychain_unavailable");
}

#[tokio::test]
async fn a_passphrase_opens_the_book_and_nothing_else_does() {
    let desk = TestDesk::empty();
    desk.call("create_school", school_with_passphrase()).await.expect("a school");
    let desk = desk.restarted().await;
    assert_eq!(state(&desk).await["state"], "locked");
    assert_eq!(code(&desk, "home", json!({})).await, Code::Locked);
    let wrong = json!({ "passphrase": "not the passphrase" });
    assert_eq!(code(&desk, "unlock_book", wrong).await, Code::WrongPassphrase);
    let right = json!({ "passphrase": PASSPHRASE });
    let status = desk.call("unlock_book", right).await.expect("open");
    assert_eq!(status["state"], "ready");
    let locked = desk.call("lock_book", json!({})).await.expect("locked");
    assert_eq!(locked["state"], "locked");
}

#[tokio::test]
async fn guesses_after_the_fifth_must_wait_even_after_a_restart() {
    let desk = TestDesk::empty();
    desk.call("create_school", school_with_passphrase()).await.expect("a school");
    let desk = desk.restarted().await;
    let wrong = json!({ "passphrase": "not the passphrase" });
    for _ in 0..5 {
        assert_eq!(code(&desk, "unlock_book", wrong.clone()).await, Code::WrongPassphrase);
    }
    let right = json!({ "passphrase": PASSPHRASE });
    assert_eq!(code(&desk, "unlock_book", right.clone()).await, Code::TooManyTries);
    let desk = desk.restarted().await;
    desk.clock.advance_seconds(-3_600);
    assert_eq!(code(&desk, "unlock_book", right.clone()).await, Code::TooManyTries);
    desk.clock.advance_seconds(3_611);
    desk.call("unlock_book", right).await.expect("open");
}

#[tokio::test]
async fn the_key_never_lies_beside_the_book_in_plain_text() {
    let desk = TestDesk::empty();
    desk.call("create_school", school_with_passphrase()).await.expect("a school");
    for entry in std::fs::read_dir(desk.folder()).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let bytes = std::fs::read(&path).expect("a file");
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Testby"), "{} is readable", path.display());
            assert!(!text.contains(PASSPHRASE), "{} has the passphrase", path.display());
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let key = std::fs::metadata(desk.folder().join("key.json")).expect("a key file");
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_short_passphrase_leaves_nothing_behind() {
    let desk = TestDesk::empty();
    let mut form = school_with_passphrase();
    form["passphrase"] = json!("short");
    let fault = desk.call("create_school", form).await.expect_err("refused");
    assert_eq!((fault.code, fault.rule.as_deref()), (Code::Invalid, Some("passphrase_length")));
    assert_eq!(state(&desk).await["state"], "empty");
}

#[tokio::test]
async fn what_a_crash_left_behind_is_no_book() {
    let desk = TestDesk::empty();
    std::fs::write(desk.folder().join("book.new"), "half a book").expect("left over");
    std::fs::write(desk.folder().join("key.json"), "{\"protection\":\"keychain\",\"entry\":\"x\"}")
        .expect("left over");
    assert_eq!(state(&desk).await["state"], "empty");
    let made = desk.call("create_school", school()).await.expect("a school");
    assert_eq!(made["state"], "ready");
    assert_eq!(desk.restarted().await.call("home", json!({})).await.map(drop), Ok(()));
}

#[tokio::test]
async fn another_program_at_the_book_is_named() {
    let desk = TestDesk::with_school().await;
    let second = office::Desk::new(office::DeskSetup {
        keychain: desk.keychain.clone(),
        ..office::DeskSetup::for_this_machine(desk.folder().to_owned())
    })
    .expect("a desk");
    let fault = second.office().await.err().expect("in use");
    assert_eq!(fault.code, Code::BookInUse);
}

#[tokio::test]
async fn files_that_are_no_books_are_named() {
    let mut plain = b"SQLite format 3\0".to_vec();
    plain.resize(8_192, 0);
    for (content, trouble) in [
        (b"cut off".to_vec(), "book_damaged"),
        (plain, "book_foreign"),
        (vec![7; 8_192], "book_foreign"),
    ] {
        let desk = TestDesk::with_school().await;
        desk.desk.close().await;
        std::fs::write(desk.folder().join("book.kontor"), content).expect("written");
        let desk = desk.restarted().await;
        let status = state(&desk).await;
        assert_eq!((&status["state"], &status["trouble"]), (&json!("broken"), &json!(trouble)));
    }
    let desk = TestDesk::empty();
    std::fs::write(desk.folder().join("book.kontor"), "a file").expect("written");
    assert_eq!(state(&desk).await["trouble"], "book_foreign");
}

#[tokio::test]
async fn the_book_proves_itself() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
    assert_eq!((&report["chain_holds"], &report["tables_agree"]), (&json!(true), &json!(true)));
}

#[tokio::test]
async fn a_school_is_refused_by_the_field_that_is_wrong() {
    let cases = [
        ("name", json!(" "), "name"),
        ("org_number", json!(""), "org_number"),
        ("currency", json!("kroner"), "currency"),
        ("country", json!("Norge"), "country"),
        ("language", json!("xx"), "language"),
        ("terms_days", json!(366), "terms_days"),
        ("invoice_prefix", json!("A1"), "invoice_prefix"),
        ("first_invoice_number", json!(0), "first_invoice_number"),
        ("email", json!("nobody"), "email"),
    ];
    for (field, value, at) in cases {
        let desk = TestDesk::empty();
        let mut form = school();
        form[field] = value;
        let fault = desk.call("create_school", form).await.expect_err(field);
        assert_eq!(fault.field.as_deref(), Some(at));
        assert_eq!(state(&desk).await["state"], "empty");
    }
}
