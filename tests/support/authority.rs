//! Certificates for servers on this machine, by authorities that nobody else trusts.
//!
//! Never kept: keys are made for a test and gone with it.

use native_tls::{Identity, TlsAcceptor};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, ExtendedKeyUsage, SubjectAlternativeName};
use openssl::x509::{X509, X509Builder, X509NameBuilder};

/// One that vouches for servers.
pub struct Authority {
    certificate: X509,
    key: PKey<Private>,
}

/// What a server shows.
#[derive(Clone)]
pub struct Shown {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Shown {
    /// Lets a server begin private lines with it.
    pub fn acceptor(&self) -> TlsAcceptor {
        let identity = Identity::from_pkcs8(&self.certificate, &self.key).expect("an identity");
        TlsAcceptor::new(identity).expect("an acceptor")
    }
}

fn key() -> PKey<Private> {
    let curve = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("a curve");
    PKey::from_ec_key(EcKey::generate(&curve).expect("a key")).expect("a key")
}

fn begun(name: &str, key: &PKey<Private>, serial: u32) -> X509Builder {
    let mut names = X509NameBuilder::new().expect("a name");
    names.append_entry_by_nid(Nid::COMMONNAME, name).expect("a name");
    let mut begun = X509Builder::new().expect("a certificate");
    begun.set_version(2).expect("a version");
    let serial = BigNum::from_u32(serial).and_then(|serial| serial.to_asn1_integer());
    begun.set_serial_number(&serial.expect("a number")).expect("a number");
    begun.set_subject_name(&names.build()).expect("a name");
    begun.set_pubkey(key).expect("a key");
    begun.set_not_before(&Asn1Time::days_from_now(0).expect("a day")).expect("a day");
    begun.set_not_after(&Asn1Time::days_from_now(90).expect("a day")).expect("a day");
    begun
}

impl Authority {
    /// One of its own.
    pub fn new(name: &str) -> Self {
        let key = key();
        let mut begun = begun(name, &key, 1);
        let own = BasicConstraints::new().critical().ca().build().expect("an extension");
        begun.append_extension(own).expect("an extension");
        let mut names = X509NameBuilder::new().expect("a name");
        names.append_entry_by_nid(Nid::COMMONNAME, name).expect("a name");
        begun.set_issuer_name(&names.build()).expect("a name");
        begun.sign(&key, MessageDigest::sha256()).expect("signed");
        Self { certificate: begun.build(), key }
    }

    /// Its certificate, as a person would enter it.
    pub fn pem(&self) -> String {
        String::from_utf8(self.certificate.to_pem().expect("PEM")).expect("text")
    }

    /// Vouches for the server at an address.
    pub fn vouch(&self, address: &str) -> Shown {
        let key = key();
        let mut begun = begun(address, &key, 2);
        begun.set_issuer_name(self.certificate.subject_name()).expect("a name");
        let context = begun.x509v3_context(Some(&self.certificate), None);
        let names = SubjectAlternativeName::new().ip(address).build(&context);
        begun.append_extension(names.expect("a name")).expect("an extension");
        let usage = ExtendedKeyUsage::new().server_auth().build().expect("an extension");
        begun.append_extension(usage).expect("an extension");
        begun.sign(&self.key, MessageDigest::sha256()).expect("signed");
        Shown {
            certificate: begun.build().to_pem().expect("PEM"),
            key: key.private_key_to_pem_pkcs8().expect("PEM"),
        }
    }
}
