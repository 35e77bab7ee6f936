//! The project's commands, so that a fresh clone needs `cargo` and Node and nothing else to learn.
//!
//! It has no dependencies and therefore builds at once. It never contains product code: it only
//! calls cargo, npm and the system's own programs, and says what they did.

mod demand;
mod install;
mod machine;
mod money;
mod picture;
mod quality;
mod screen;
mod session;
mod stages;
mod start;
mod types;
mod ui;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

/// What a command ends with: nothing, or a sentence for the person who typed it.
type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "\
Usage: cargo xtask <command>

  start [--once] [--virtual]  set up what is missing, build the desk and open its window; without a
                              display it opens on a virtual one and saves target/first-window.png
                              (--once: stop after the picture; --virtual: even if there is a display)
  test [--quick]              set up what is missing, then every test (--quick: Rust and Vitest only)
  check                       formatting, lints, TypeScript and generated types; changes nothing
  types [--check]             write ui/src/ipc/gen from the Rust wire types (--check: only compare)
  bench [args]                the benchmarks, built for release
  bench --engine              the export engine: records a second, memory, use of the call limits
  bench --money               a million cases of every property of money, fewer of the whole book
  bench --screen              how long a person waits in the real window over 100,000 invoices
  faults [--quick] [--seed N] [--system NAME]
                              exports under a thousand kills, with lost and spoilt answers, and
                              by a second desk; fails where anything is there twice or missing
  demo [args]                 make a school with data in it, to click through
  pictures                    pictures of the screens
  setup                       only the set-up that start and test do first
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{}", reason.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Outcome {
    let workspace = Workspace::here()?;
    let (command, rest) = args.split_first().unwrap_or((&"help", &[]));
    match (*command, rest) {
        ("start", flags) => start::start(&workspace, &start::Wishes::parse(flags)?),
        ("test", []) => quality::test(&workspace),
        ("test", ["--quick"]) => quality::test_quick(&workspace),
        ("check", []) => quality::check(&workspace),
        ("types", []) => types::write(&workspace),
        ("types", ["--check"]) => types::check(&workspace),
        ("setup", []) => install::all(&workspace),
        ("bench", ["--money"]) => money::bench(&workspace),
        ("bench", ["--screen"]) => screen::bench(&workspace),
        ("bench", args) => workspace.run_bench(args),
        ("faults", args) => workspace.run_faults(args),
        ("demo", args) => workspace.run_demo(args),
        ("pictures", []) => {
            install::all(&workspace)?;
            ui::npm(&workspace, &["run", "pictures"])
        }
        // Started by `start` and `test` inside the private D-Bus session they open.
        (session::INSIDE, arguments) => session::inside(&workspace, arguments),
        ("help" | "--help" | "-h", []) => {
            print!("{USAGE}");
            Ok(())
        }
        (unknown, _) => Err(format!("`{unknown}` with these arguments is unknown.\n\n{USAGE}")),
    }
}
