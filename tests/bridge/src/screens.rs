//! The built screens from a folder, with the way to the backend written into their page.
//!
//! Never a file outside the folder.

use std::path::{Component, Path, PathBuf};

/// A folder of built screens.
pub struct Screens {
    folder: PathBuf,
    head: String,
}

impl Screens {
    /// Screens that are to call `url` with `token`.
    pub fn new(folder: PathBuf, url: &str, token: &str) -> Self {
        let head = format!(
            "<meta name=\"kontor-api\" content=\"{url}\">\
             <meta name=\"kontor-token\" content=\"{token}\">"
        );
        Self { folder, head }
    }

    /// The file of a path with its type. A path without an ending is a screen: the page itself.
    pub fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let path = Path::new(path.trim_start_matches('/'));
        if path.components().any(|part| !matches!(part, Component::Normal(_))) {
            return None;
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            Some(ending) if ending != "html" => {
                let content = std::fs::read(self.folder.join(path)).ok()?;
                Some((kind(ending), content))
            }
            _ => Some((kind("html"), self.page()?)),
        }
    }

    fn page(&self) -> Option<Vec<u8>> {
        let page = std::fs::read_to_string(self.folder.join("index.html")).ok()?;
        Some(page.replacen("<head>", &format!("<head>{}", self.head), 1).into_bytes())
    }
}

fn kind(ending: &str) -> &'static str {
    match ending {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
