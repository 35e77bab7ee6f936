//! The simulated systems that take files from us, with one face.
//!
//! Never knows what a story is about.

use crate::system::System;
use simulators::qbo::QboSimulator;
use simulators::xero::XeroSimulator;

/// A file beside a document there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filed {
    /// Its name.
    pub name: String,
    /// Its first bytes.
    pub begins: Vec<u8>,
}

/// A system that takes files from us.
pub trait Files: System {
    /// Method and path of the calls by which files of invoices are put there.
    const PUTS: (&'static str, &'static str);

    /// Every file beside a document, in the order of their names.
    fn files(&self) -> Vec<Filed>;
}

/// A file as it is told of.
fn filed(name: String, content: &[u8]) -> Filed {
    Filed { name, begins: content.iter().copied().take(5).collect() }
}

impl Files for XeroSimulator {
    const PUTS: (&'static str, &'static str) = ("PUT", "/api.xro/2.0/Invoices/");

    fn files(&self) -> Vec<Filed> {
        let all = self.attachments().into_iter();
        let mut all: Vec<Filed> = all.map(|it| filed(it.file_name, &it.content)).collect();
        all.sort();
        all
    }
}

impl Files for QboSimulator {
    const PUTS: (&'static str, &'static str) = ("POST", "/v3/company/9341450000000000001/upload");

    fn files(&self) -> Vec<Filed> {
        let all = self.files().into_iter();
        let mut all: Vec<Filed> = all.map(|(name, content)| filed(name, &content)).collect();
        all.sort();
        all
    }
}
