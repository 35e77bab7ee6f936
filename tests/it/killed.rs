//! The program is killed while it works, with no chance to say goodbye: what it was at goes on where
//! it was cut short, and nothing is done twice.

use crate::cli::Terminal;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Rows of a file: three batches.
const ROWS: usize = 600;
/// Lives that end on their way to another school, the last at its end.
const LIVES: u32 = 6;
/// The most lives of one act.
const MOST_LIVES: u32 = 200;

/// Begins a command and kills it after a while; whether it came to its end before.
fn cut_short(terminal: &Terminal, arguments: &[&str], after: Duration) -> bool {
    let mut command = terminal.command(arguments);
    let mut running =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
    std::thread::sleep(after);
    let ended = running.try_wait().expect("a state").is_some();
    // On Unix this is SIGKILL: no destructor runs, no buffer is written.
    running.kill().expect("killed");
    running.wait().expect("an end");
    ended
}

/// How long a command takes that is let live.
fn takes(terminal: &Terminal, arguments: &[&str]) -> Duration {
    let begun = Instant::now();
    terminal.answers(arguments);
    begun.elapsed()
}

fn sound(terminal: &Terminal) {
    let report = terminal.answers(&["verify"]);
    assert_eq!((&report["tables_agree"], &report["findings"]), (&json!(true), &json!([])));
}

/// Writes a file beside the book and reads it in; the id of the import.
fn brought(terminal: &Terminal, kind: &str, content: &str) -> String {
    let path = terminal.folder.join(format!("{kind}.csv"));
    std::fs::write(&path, content).expect("a file");
    terminal.answers(&[kind, "import", path.to_str().expect("a path")]);
    let files = terminal.answers(&["imports", "list"]);
    files["rows"][0]["id"].as_str().expect("an id").to_owned()
}

/// Takes a file back while it is killed again and again, each time a little later until something
/// is done, and gives back how far it had come where it was cut short between two of its rows.
fn taken_back(terminal: &Terminal, id: &str) -> Vec<u64> {
    let back = ["imports", "back", id, "--reason", "The wrong file"];
    let start = takes(terminal, &["imports", "show", id]);
    let (mut after, mut done, mut cuts) = (start / 2, 0, Vec::new());
    for _ in 0..MOST_LIVES {
        cut_short(terminal, &back, after);
        let file = terminal.answers(&["imports", "show", id])["file"].clone();
        let before = std::mem::replace(&mut done, file["taken_back"].as_u64().expect("a count"));
        assert!(done >= before, "what was taken back stays so");
        if file["state"] == "taken_back" {
            break;
        }
        if done == before {
            after += start / 10;
        } else {
            cuts.push(done);
        }
    }
    let whole = terminal.answers(&back)["file"].clone();
    assert_eq!((&whole["state"], &whole["taken_back"]), (&json!("taken_back"), &json!(ROWS)));
    cuts
}

/// How many facts of a kind there are.
fn facts(terminal: &Terminal, kind: &str) -> Value {
    terminal.answers(&["audit", "list", "--kind", kind, "--limit", "1"])["total"].clone()
}

#[test]
fn taking_a_file_back_goes_on_after_every_kill_and_takes_nothing_back_twice() {
    let terminal = Terminal::in_new_folder();
    terminal.answers(&["create", "--name", "Testby Trafikkskole"]);
    let (mut pupils, mut open) =
        (String::from("Number;Name\n"), String::from("Fakturanr;Kundenr;Fakturadato;Rest\n"));
    for number in 0..ROWS {
        writeln!(pupils, "{};Elev {number}", 2001 + number).expect("written");
        writeln!(open, "X-{number};{};2026-01-15;790,00", 2001 + number).expect("written");
    }
    let pupils = brought(&terminal, "students", &pupils);
    let open = brought(&terminal, "invoices", &open);
    let cuts = [&open, &pupils].map(|id| taken_back(&terminal, id));
    assert!(cuts.iter().any(|cuts| !cuts.is_empty()), "no kill struck between two batches");
    // One fact for each batch of each file, and one credit note for each invoice.
    assert_eq!(facts(&terminal, "import_taken_back"), json!(6));
    assert_eq!(facts(&terminal, "credit_note_issued"), json!(ROWS));
    assert_eq!(terminal.answers(&["students", "list"])["total"], 0);
    let trial = terminal.answers(&["call", "trial_balance", r#"{"from":null,"to":null}"#]);
    for row in trial["rows"].as_array().expect("rows") {
        assert_eq!(row["closing"]["amount"], "0.00", "{row}");
    }
    sound(&terminal);
}

#[test]
fn turning_to_another_school_is_done_or_not_begun_whenever_it_is_killed() {
    let terminal = Terminal::in_new_folder();
    let schools = ["Testby Trafikkskole", "Voss Trafikkskole"];
    for (place, school) in schools.iter().enumerate() {
        if place > 0 {
            terminal.answers(&["schools", "new"]);
        }
        terminal.answers(&["create", "--name", school]);
        let pupils = format!("Number;Name\n100{place};Elev av {school}\n");
        brought(&terminal, "students", &pupils);
    }
    let whole = takes(&terminal, &["schools", "use", schools[0]]);
    let in_use = || {
        let status = terminal.answers(&["status"]);
        assert_eq!(status["state"], "ready", "{status}");
        let name = status["school"]["name"].as_str().expect("a name").to_owned();
        // Whichever book is open, it is that school's own.
        let pupils = terminal.answers(&["students", "list"]);
        assert_eq!(pupils["rows"][0]["name"], format!("Elev av {name}"));
        name
    };
    for life in 0..LIVES {
        let before = in_use();
        let wanted = schools.iter().find(|school| **school != before).expect("another school");
        let ended = cut_short(&terminal, &["schools", "use", wanted], whole * life / (LIVES - 1));
        let after = in_use();
        assert!(schools.contains(&after.as_str()), "life {life}: {after}");
        assert!(!ended || after == **wanted, "life {life}: what came to its end was done");
        terminal.answers(&["schools", "use", wanted]);
        assert_eq!(in_use(), **wanted, "asked again, it is done");
        let list = terminal.answers(&["schools", "list"]);
        assert_eq!(list["schools"].as_array().map(Vec::len), Some(2));
    }
    for school in schools {
        terminal.answers(&["schools", "use", school]);
        sound(&terminal);
    }
}
