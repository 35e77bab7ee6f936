//! Which system software building, running and testing need, and which of it is missing.
//!
//! Presence is asked of pkg-config and the search path and not of the package manager, so the
//! same list works on distributions with other package names: only installing is Debian's.

use crate::machine;

/// Something the system must have.
pub struct Demand {
    /// The Debian and Ubuntu package that brings it.
    pub package: &'static str,
    evidence: Evidence,
}

/// How one sees that it is there.
enum Evidence {
    /// pkg-config knows the library.
    Library(&'static str),
    /// The program is on the search path.
    Program(&'static str),
}

const fn library(package: &'static str, module: &'static str) -> Demand {
    Demand { package, evidence: Evidence::Library(module) }
}

const fn tool(package: &'static str, program: &'static str) -> Demand {
    Demand { package, evidence: Evidence::Program(program) }
}

/// To compile the desk: Tauri 2's Linux list, plus libcrypto for SQLCipher and D-Bus for the keychain.
pub const BUILD: &[Demand] = &[
    tool("build-essential", "c++"),
    tool("pkg-config", "pkg-config"),
    library("libwebkit2gtk-4.1-dev", "webkit2gtk-4.1"),
    library("libgtk-3-dev", "gtk+-3.0"),
    library("libsoup-3.0-dev", "libsoup-3.0"),
    library("librsvg2-dev", "librsvg-2.0"),
    library("libssl-dev", "libcrypto"),
    library("libdbus-1-dev", "dbus-1"),
];

/// To open the desk's window where no display is.
pub const VIRTUAL_DISPLAY: &[Demand] = &[
    tool("xvfb", "xvfb-run"),
    tool("xauth", "xauth"),
    tool("dbus", "dbus-run-session"),
    tool("gnome-keyring", "gnome-keyring-daemon"),
    tool("imagemagick", "import"),
];

/// To drive the window and to read the PDF files it makes.
pub const TESTS: &[Demand] =
    &[tool("webkit2gtk-driver", "WebKitWebDriver"), tool("poppler-utils", "pdftotext")];

/// The browser the journeys run in, where it is an ordinary package: Ubuntu's of that name is a
/// snap, which containers cannot run.
pub const BROWSER: Demand = tool("chromium", "chromium");

impl Demand {
    pub fn is_met(&self) -> bool {
        match self.evidence {
            Evidence::Library(module) => machine::succeeds("pkg-config", &["--exists", module]),
            Evidence::Program(name) => machine::program(name).is_some(),
        }
    }
}

/// The packages of those demands that are not met.
pub fn missing(demands: &[&Demand]) -> Vec<&'static str> {
    demands.iter().filter(|demand| !demand.is_met()).map(|demand| demand.package).collect()
}
