use super::*;

fn sealed(folder: &std::path::Path, byte: u8) -> SealedFile {
    let key = Key::from_bytes(&[byte; 32]).expect("32 bytes");
    SealedFile::new(folder.join("secrets.kontor"), &key)
}

#[test]
fn a_sealed_file_keeps_finds_and_forgets() {
    let folder = tempfile::tempdir().expect("a folder");
    let secrets = sealed(folder.path(), 1);
    assert!(secrets.find("token").expect("nothing yet").is_none());
    secrets.keep("token", b"very secret").expect("kept");
    secrets.keep("other", b"2").expect("kept");
    let again = sealed(folder.path(), 1);
    assert_eq!(again.find("token").expect("found").expect("there").as_slice(), b"very secret");
    again.forget("token").expect("forgotten");
    again.forget("token").expect("forgotten already");
    assert!(secrets.find("token").expect("read").is_none());
    assert!(secrets.find("other").expect("read").is_some());
}

#[test]
fn a_sealed_file_shows_nothing_and_opens_with_no_other_key() {
    let folder = tempfile::tempdir().expect("a folder");
    sealed(folder.path(), 1).keep("token", b"very secret").expect("kept");
    let bytes = std::fs::read(folder.path().join("secrets.kontor")).expect("a file");
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("secret") && !text.contains("token"));
    let fault = sealed(folder.path(), 2).find("token").expect_err("another key");
    assert_eq!(fault.code, Code::BookDamaged);
}
