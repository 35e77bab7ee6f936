//! The program for the terminal: what it says, and the codes that scripts rely on.

mod receivables;

use crate::connecting::{connect, ports, xero};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use support::{PASSPHRASE, TestDesk, payment, school_with_passphrase, service, student};
use tempfile::TempDir;

/// The program beside this test. Whoever runs these tests alone has not built it yet, or has built
/// it from older sources than this test.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().expect("the path of this test");
        let profile = test.ancestors().nth(2).expect("the folder of the profile").to_owned();
        let program = profile.join(format!("kontor{}", std::env::consts::EXE_SUFFIX));
        let built = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
        if built(&program) < built(&test) {
            build();
        }
        assert!(program.exists(), "{} was not built", program.display());
        program
    })
}

fn build() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .args(["build", "--package", "cli"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    assert!(build.status().expect("cargo").success(), "the program for the terminal builds");
}

/// A folder, and the passphrase that scripts would set.
pub(crate) struct Terminal {
    pub(crate) folder: PathBuf,
    passphrase: Option<&'static str>,
    // Removed when the test ends; a folder lent by a desk is the desk's to remove.
    _own: Option<TempDir>,
}

impl Terminal {
    pub(crate) fn in_new_folder() -> Self {
        let own = tempfile::tempdir().expect("a temporary folder");
        Self { folder: own.path().to_owned(), passphrase: Some(PASSPHRASE), _own: Some(own) }
    }

    fn with_sample() -> Self {
        let terminal = Self::in_new_folder();
        terminal.answers(&["sample"]);
        terminal
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).arg("--json").env("KONTOR_DATA", &self.folder);
        command.stdin(Stdio::null()).env_remove("KONTOR_PASSPHRASE");
        if let Some(passphrase) = self.passphrase {
            command.env("KONTOR_PASSPHRASE", passphrase);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// The answer of a command that succeeds.
    pub(crate) fn answers(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).expect("an answer in JSON")
    }

    /// The code of the fault a command ends with.
    fn refuses(&self, arguments: &[&str], exit: i32) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "a fault goes to standard error");
        let fault: Value = serde_json::from_slice(&output.stderr).expect("a fault in JSON");
        fault["code"].as_str().expect("a code").to_owned()
    }
}

#[test]
fn a_sample_school_is_made_shown_and_proven() {
    let terminal = Terminal::with_sample();
    let status = terminal.answers(&["status"]);
    assert_eq!(status["state"], "ready");
    assert_eq!(status["protection"], "passphrase");
    assert_eq!(status["school"]["sample"], true);
    let page = terminal.answers(&["invoices", "list", "--view", "overdue", "--limit", "5"]);
    let first = &page["rows"][0];
    assert_eq!(first["kind"], "invoice");
    let number = first["number"].as_str().expect("a number");
    let invoice = terminal.answers(&["invoices", "show", number]);
    assert_eq!(invoice["id"], first["id"]);
    let report = terminal.answers(&["verify"]);
    assert_eq!(report["tables_agree"], true);
}

#[test]
fn money_settles_the_oldest_invoice_first_and_is_recorded_once() {
    let terminal = Terminal::with_sample();
    let page = terminal.answers(&["students", "list", "--owing", "--limit", "1"]);
    let student = page["rows"][0]["number"].as_str().expect("a number");
    let tables = terminal.answers(&["call", "school_tables"]);
    let method = tables["payment_methods"][0]["code"].as_str().expect("a method");
    let id = support::id(1);
    let record = [
        "payments",
        "record",
        "--student",
        student,
        "--amount",
        "100",
        "--method",
        method,
        "--id",
        &id,
    ];
    let first = terminal.answers(&record);
    assert_eq!(first["allocations"][0]["amount"]["amount"], "100.00");
    assert_eq!(first["unallocated"]["amount"], "0.00");
    assert_eq!(terminal.answers(&record), first);
}

#[test]
fn money_in_another_currency_is_recorded_and_paid_back() {
    let terminal = Terminal::with_sample();
    terminal.answers(&["rates", "set", "EUR", "11.5"]);
    let page = terminal.answers(&["students", "list", "--limit", "1"]);
    let student = page["rows"][0]["number"].as_str().expect("a number");
    let tables = terminal.answers(&["call", "school_tables"]);
    let method = tables["payment_methods"][0]["code"].as_str().expect("a method");
    let about = ["--student", student, "--method", method];
    let asked = |verb: &str, more: &[&'static str]| {
        let words = ["payments", verb].into_iter().chain(about).chain(more.iter().copied());
        words.map(str::to_owned).collect::<Vec<String>>()
    };
    let run = |words: Vec<String>| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        terminal.answers(&words)
    };
    let euros = ["--amount", "100", "--currency", "EUR", "--keep"];
    let paid = run(asked("record", &[&euros[..], &["--base-amount", "1158"]].concat()));
    assert_eq!(paid["unallocated"], json!({ "amount": "100.00", "currency": "EUR" }));
    assert_eq!(paid["base"]["amount"]["amount"], "1158.00");
    let other = run(asked("record", &[&euros[..], &["--another"]].concat()));
    assert_eq!(other["base"]["amount"]["amount"], "1150.00");
    let back = ["--amount", "40", "--currency", "EUR", "--rate", "11.6", "--reason", "For mye"];
    let back = run(asked("refund", &back));
    assert_eq!(back["base"]["amount"]["amount"], "464.00");
    let alone = asked("record", &["--amount", "1", "--base-amount", "11", "--keep"]);
    let alone: Vec<&str> = alone.iter().map(String::as_str).collect();
    assert_eq!(terminal.run(&alone).status.code(), Some(2), "an amount in what currency?");
}

#[test]
fn a_package_is_extended_once_and_never_to_an_earlier_day() {
    let terminal = Terminal::with_sample();
    let page = terminal.answers(&["packages", "all", "--limit", "1"]);
    let row = &page["rows"][0];
    let package = row["id"].as_str().expect("an id");
    let last = row["valid_until"].as_str().expect("a last day");
    let until = format!("{}-12-31", last[..4].parse::<u32>().expect("a year") + 1);
    let id = support::id(1);
    let extend =
        ["packages", "extend", package, "--until", &until, "--reason", "Was ill", "--id", &id];
    let first = terminal.answers(&extend);
    let found = first["entitlements"].as_array().expect("packages").iter();
    let one = found.into_iter().find(|one| one["id"] == package).expect("the package");
    assert_eq!(one["valid_until"], until);
    assert_eq!(terminal.answers(&extend), first);
    let earlier = ["packages", "extend", package, "--until", last, "--reason", "A mistake"];
    assert_eq!(terminal.refuses(&earlier, 3), "invalid");
    let student = row["student_number"].as_str().expect("a number");
    let text = String::from_utf8(terminal.run(&["packages", "list", student]).stdout);
    assert!(text.expect("words").contains(&until));
}

#[test]
fn reminders_are_shown_made_once_and_printed() {
    let terminal = Terminal::with_sample();
    let plan = terminal.answers(&["reminders", "plan"]);
    let due = plan["messages"].as_array().expect("messages").len();
    assert!(due > 0, "the sample school has somebody to remind");
    let run = ["reminders", "send", "--id", "00000000-0000-0000-0000-000000000001"];
    let made = terminal.answers(&run);
    assert_eq!(made["sent"]["letter_ids"].as_array().map(Vec::len), Some(due));
    assert!(Path::new(made["file"].as_str().expect("a file")).exists());
    let after = terminal.answers(&["reminders", "plan"]);
    assert_eq!(after["messages"].as_array().map(Vec::len), Some(0));
}

#[test]
fn reports_are_answered_and_written_as_a_file() {
    let terminal = Terminal::with_sample();
    let revenue = ["report", "revenue", "--by", "service", "--from", "2020-01-01"];
    let view = terminal.answers(&revenue);
    let part = &view["parts"][0];
    let other = terminal.answers(&["report", "revenue", "--by", "year", "--from", "2020-01-01"]);
    assert_eq!(other["parts"][0]["gross"], part["gross"]);
    for report in ["debt", "vat", "takings"] {
        assert!(terminal.answers(&["report", report])["parts"][0]["currency"].is_string());
    }
    let out = terminal.folder.join("reports");
    let out = out.to_str().expect("a path");
    let file = terminal.answers(&["report", "vat", "--file", "csv", "--out", out]);
    let text = std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("a file");
    assert!(text.contains("currency,period,vat_code"), "{text}");
}

#[test]
fn a_payment_is_reversed_by_its_amount_and_with_a_reason() {
    let terminal = Terminal::with_sample();
    let page = terminal.answers(&["payments", "list", "--state", "confirmed", "--limit", "1"]);
    let (row, reason) = (&page["rows"][0], ["--reason", "Returned by the bank"]);
    let (id, amount) = (row["id"].as_str().expect("an id"), row["amount"]["amount"].as_str());
    let amount = ["--amount", amount.expect("an amount")];
    terminal.refuses(&["payments", "reverse", id, reason[0], reason[1]], 3);
    terminal.refuses(&["payments", "reverse", id, amount[0], amount[1]], 3);
    let reverse = ["payments", "reverse", id, amount[0], amount[1], reason[0], reason[1]];
    let reversed = terminal.answers(&reverse);
    assert_eq!(reversed["state"], "reversed");
    assert_eq!(terminal.answers(&["payments", "show", id]), reversed);
    assert_eq!(terminal.answers(&["verify"])["tables_agree"], true);
}

#[test]
fn a_wrong_passphrase_ends_with_5_and_so_does_none() {
    let mut terminal = Terminal::with_sample();
    terminal.passphrase = Some("not the passphrase");
    assert_eq!(terminal.refuses(&["invoices", "list"], 5), "wrong_passphrase");
    assert_eq!(terminal.refuses(&["status"], 5), "wrong_passphrase");
    terminal.passphrase = None;
    assert_eq!(terminal.refuses(&["invoices", "list"], 5), "locked");
    // To be locked is a state, not a fault: it is said, and the exit code says it too.
    let output = terminal.run(&["status"]);
    assert_eq!(output.status.code(), Some(5));
    let status: Value = serde_json::from_slice(&output.stdout).expect("a status in JSON");
    assert_eq!(status["state"], "locked");
}

#[test]
fn a_book_with_users_asks_who_sits_at_the_terminal() {
    let terminal = Terminal::with_sample();
    let run = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = terminal.command(arguments);
        command.envs(environment.iter().copied());
        let output = command.output().expect("the program runs");
        let said = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
        let said: Value = serde_json::from_slice(said).expect("JSON");
        (output.status.code(), said)
    };
    let new = ("KONTOR_NEW_PASSWORD", "a password for ida");
    let add = ["users", "add", "ida", "--name", "Ida Berg", "--role", "owner"];
    assert_eq!(run(&add, &[new]).0, Some(0));
    assert_eq!(terminal.refuses(&["invoices", "list"], 5), "not_signed_in");
    let wrong = [("KONTOR_USER", "ida"), ("KONTOR_PASSWORD", "not the password")];
    assert_eq!(run(&["users", "list"], &wrong).1["code"], "wrong_password");
    let right = [("KONTOR_USER", "ida"), ("KONTOR_PASSWORD", "a password for ida")];
    let (exit, users) = run(&["users", "list"], &right);
    assert_eq!((exit, &users["rows"][0]["login"]), (Some(0), &json!("ida")));
    let (_, audit) = run(&["audit", "list", "--kind", "user_set"], &right);
    assert_eq!(audit["rows"][0]["label"], "Ida Berg");
}

#[test]
fn what_is_not_there_ends_with_4() {
    let terminal = Terminal::in_new_folder();
    assert_eq!(terminal.refuses(&["invoices", "list"], 4), "no_book");
    terminal.answers(&["create", "--name", "Testby Trafikkskole"]);
    assert_eq!(terminal.refuses(&["invoices", "show", &support::id(9)], 4), "not_found");
    assert_eq!(terminal.refuses(&["invoices", "show", "A-9"], 4), "not_found");
    assert_eq!(terminal.refuses(&["students", "import", "nowhere.csv"], 4), "not_found");
}

#[test]
fn bad_usage_ends_with_2_before_anything_is_opened() {
    let terminal = Terminal::in_new_folder();
    for arguments in [&["invoice"][..], &["invoices", "show"], &["ageing", "--buckets", "x"]] {
        assert_eq!(terminal.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(terminal.refuses(&["call", "no_such_command"], 2), "unknown_command");
    assert_eq!(terminal.refuses(&["call", "desk_status", "{"], 2), "bad_request");
    assert_eq!(terminal.refuses(&["call", "desk_status", "{\"a\": 1}"], 2), "bad_request");
}

#[test]
fn a_refusal_by_a_rule_ends_with_3() {
    let terminal = Terminal::in_new_folder();
    let create = ["create", "--name", "Testby Trafikkskole", "--invoice-prefix", "7"];
    assert_eq!(terminal.refuses(&create, 3), "invalid");
    terminal.answers(&create[..3]);
    assert_eq!(terminal.refuses(&create[..3], 3), "already_exists");
}

#[tokio::test]
async fn a_book_that_another_program_holds_ends_with_6() {
    let desk = TestDesk::empty();
    desk.call("create_school", school_with_passphrase()).await.expect("a school");
    let folder = desk.folder().to_owned();
    let terminal = Terminal { folder, passphrase: Some(PASSPHRASE), _own: None };
    assert_eq!(terminal.refuses(&["invoices", "list"], 6), "book_in_use");
    desk.desk.close().await;
    assert_eq!(terminal.answers(&["students", "list"])["total"], 0);
}

// Several threads: the simulator answers while the program is waited for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_ends_when_only_a_person_can_go_on_and_says_so_with_7() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = TestDesk::empty();
    desk.call("create_school", school_with_passphrase()).await.expect("a school");
    let desk = desk.with_xero_at(xero.base_url()).await;
    desk.call("unlock_book", json!({ "passphrase": PASSPHRASE })).await.expect("open");
    desk.call("save_service", service(1, "KT-B", "790.00", "3")).await.expect("a service");
    desk.call("register_student", student(1, "Ada Berg")).await.expect("a student");
    let invoice = desk.issue(2, 1).await;
    let connection = connect(&desk, &ports).await;
    drop(ports);
    let day = desk.clock.day().to_string();
    let money = payment(3, &day, "790.00", &[(&invoice, "790.00")]);
    desk.call("record_payment", money).await.expect("a payment");
    desk.desk.close().await;

    let folder = desk.folder().to_owned();
    let terminal = Terminal { folder, passphrase: Some(PASSPHRASE), _own: None };
    assert_eq!(terminal.refuses(&["export", "run"], 3), "wrong_state", "it has not begun");
    let begun = Instant::now();
    let mut run = terminal.command(&["export", "run", "--connection", &connection]);
    let output = run.env("KONTOR_XERO_URL", xero.base_url()).output().expect("the program runs");
    // Nothing is mapped yet: the invoice waits for a person, and the payment for the invoice.
    assert!(begun.elapsed() < Duration::from_secs(30), "it waits for what cannot happen");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(7), "{said}");
    let status: Value = serde_json::from_slice(&output.stdout).expect("a status in JSON");
    assert_eq!(status["running"], false);
    assert!(status["sent"].as_u64() >= Some(1), "the customer needs no mapping: {status}");
    assert!(status["attention"].as_u64() >= Some(1), "{status}");
}

#[test]
fn a_reader_that_goes_away_ends_the_output_quietly() {
    let terminal = Terminal::in_new_folder();
    let mut command = terminal.command(&["commands"]);
    let mut running =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    drop(running.stdout.take());
    let output = running.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_person_reads_columns_and_the_help_lists_the_exit_codes() {
    let output = Command::new(program()).arg("commands").output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("Command "), "{text}");
    assert!(text.lines().any(|line| line.starts_with("find_invoice ")), "{text}");
    let output = Command::new(program()).arg("--help").output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    for line in ["  5  the book is locked", " 70  a fault of this program"] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn a_file_is_taken_back_with_a_reason_and_once() {
    let terminal = Terminal::in_new_folder();
    terminal.answers(&["create", "--name", "Testby Trafikkskole"]);
    let path = terminal.folder.join("students.csv");
    std::fs::write(&path, "Number;Name\n2001;Ada Vik\n2002;Bo Vik\n").expect("a file");
    terminal.answers(&["students", "import", path.to_str().expect("a path")]);
    let files = terminal.answers(&["imports", "list"]);
    let id = files["rows"][0]["id"].as_str().expect("an id");
    let shown = terminal.answers(&["imports", "show", id]);
    assert_eq!(shown["rows"][1]["name"], "Bo Vik");
    let back = ["imports", "back", id, "--reason", "The wrong file"];
    let seen = terminal.answers(&[&back[..], &["--dry-run"]].concat());
    assert_eq!((&seen["rows"], &seen["stays"]), (&json!(2), &json!([])));
    assert_eq!(terminal.run(&back[..3]).status.code(), Some(2), "a reason is needed");
    let done = terminal.answers(&back);
    assert_eq!(done["file"]["state"], "taken_back");
    assert_eq!(terminal.answers(&back), done);
    assert_eq!(terminal.answers(&["students", "list"])["total"], 0);
    assert_eq!(terminal.answers(&["verify"])["tables_agree"], true);
}

#[test]
fn a_run_shows_what_it_issued() {
    let terminal = Terminal::with_sample();
    let run = ["run", "issue", "--due-date", "2099-01-01"];
    let output = terminal.run(&run);
    let made: Value = serde_json::from_slice(&output.stdout).expect("a run");
    let id = made["run"]["id"].as_str().expect("an id");
    let shown = terminal.answers(&["run", "show", id, "--limit", "1"]);
    assert_eq!(shown["invoices"]["total"], made["run"]["issued"]);
    assert_eq!(shown["left_out"], made["left_out"]);
}

#[test]
fn the_schools_of_a_desk_are_listed_and_one_is_taken_into_use() {
    let terminal = Terminal::in_new_folder();
    terminal.answers(&["create", "--name", "Testby Trafikkskole"]);
    terminal.answers(&["schools", "new"]);
    assert_eq!(terminal.refuses(&["students", "list"], 4), "no_book");
    terminal.answers(&["create", "--name", "Voss Trafikkskole"]);
    let list = terminal.answers(&["schools", "list"]);
    let names = |place: usize| (&list["schools"][place]["name"], &list["schools"][place]["in_use"]);
    assert_eq!(names(0), (&json!("Testby Trafikkskole"), &json!(false)));
    assert_eq!(names(1), (&json!("Voss Trafikkskole"), &json!(true)));
    assert_eq!(terminal.refuses(&["schools", "use", "Nowhere"], 4), "not_found");
    terminal.answers(&["schools", "use", "testby trafikkskole"]);
    assert_eq!(terminal.answers(&["status"])["school"]["name"], "Testby Trafikkskole");
}
