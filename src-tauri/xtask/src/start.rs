//! Opens the desk: on the person's screen, or on a virtual one where there is none.

use std::io::IsTerminal;

use crate::Outcome;
use crate::install;
use crate::machine;
use crate::session;
use crate::stages::Log;
use crate::ui;
use crate::workspace::{Workspace, run};

/// The desktop program, as the workspace names it.
pub const APP: &str = "kontor-desktop";

/// What was asked for beside starting.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    once: bool,
    virtual_display: bool,
}

impl Wishes {
    pub fn parse(flags: &[&str]) -> Outcome<Self> {
        let mut wishes = Self::default();
        for flag in flags {
            match *flag {
                "--once" => wishes.once = true,
                "--virtual" => wishes.virtual_display = true,
                other => return Err(format!("`start` knows --once and --virtual, not `{other}`.")),
            }
        }
        Ok(wishes)
    }
}

pub fn start(workspace: &Workspace, wishes: &Wishes) -> Outcome {
    let is_virtual = wishes.virtual_display || !machine::has_display();
    if is_virtual && !cfg!(target_os = "linux") {
        return Err("A virtual display exists on Linux only.".into());
    }
    install::for_window(workspace, is_virtual)?;
    if ui::is_stale(workspace) {
        println!("Building the page");
        let mut log = Log::create(&workspace.logs(), "page")?;
        ui::build(workspace, &mut log).map_err(|reason| format!("{}\n{reason}", log.tail()))?;
    }
    println!("Building the desk (the first time takes some minutes)");
    run(&mut workspace.build(APP))?;
    if is_virtual { start_virtual(workspace, wishes.once) } else { start_real(workspace) }
}

fn start_real(workspace: &Workspace) -> Outcome {
    println!("Opening the desk; close its window to come back here");
    run(&mut workspace.command(workspace.binary(APP)))
}

fn start_virtual(workspace: &Workspace, once: bool) -> Outcome {
    let stay = !once && std::io::stdin().is_terminal() && std::env::var_os("CI").is_none();
    println!("There is no display: opening the desk on a virtual one, with an empty home folder");
    let app = workspace.binary(APP);
    let picture = session::first_picture(workspace);
    let (app, picture) = (app.to_string_lossy(), picture.to_string_lossy());
    let mut args = vec!["picture", &*app, &*picture];
    args.extend(stay.then_some("--stay"));
    run(&mut session::command(workspace, "start-home", &args)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_wishes_can_be_said_and_nothing_else() {
        let wishes = Wishes::parse(&["--virtual", "--once"]);
        assert_eq!(wishes, Ok(Wishes { once: true, virtual_display: true }));
        assert!(Wishes::parse(&["--twice"]).is_err());
    }
}
