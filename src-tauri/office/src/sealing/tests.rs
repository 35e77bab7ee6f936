use super::*;

const CHEAP: Stretch = Stretch { memory_kib: 8, passes: 1 };

fn key(byte: u8) -> Key {
    Key::from_bytes(&[byte; 32]).expect("32 bytes")
}

#[test]
fn a_sealed_box_opens_with_its_key_and_label_and_no_other() {
    let sealed = seal(&key(1), b"secret", b"label").expect("sealed");
    assert_eq!(open(&key(1), &sealed, b"label").expect("open").as_slice(), b"secret");
    assert!(open(&key(2), &sealed, b"label").is_none());
    assert!(open(&key(1), &sealed, b"other").is_none());
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert!(open(&key(1), &changed, b"label").is_none(), "byte {place}");
    }
    assert!(open(&key(1), &sealed[..10], b"label").is_none());
}

#[test]
fn the_same_secret_never_looks_the_same_twice() {
    let (one, two) = (seal(&key(1), b"secret", b""), seal(&key(1), b"secret", b""));
    assert_ne!(one.expect("sealed"), two.expect("sealed"));
}

#[test]
fn keys_for_other_purposes_differ() {
    assert_ne!(key(1).derived("a"), key(1).derived("b"));
    assert_ne!(key(1).derived("a"), key(2).derived("a"));
    assert_eq!(format!("{:?}", key(1)), "Key(…)");
}

#[test]
fn absurd_numbers_in_a_key_file_are_refused_before_any_work() {
    let fault = Stretch { memory_kib: u32::MAX, passes: 3 }.key("x", &[0; 16]).expect_err("absurd");
    assert_eq!(fault.code, Code::BookDamaged);
    assert!(CHEAP.key("x", &[0; 16]).is_ok());
    assert!(CHEAP.key("x", &[0; 2]).is_err());
}
