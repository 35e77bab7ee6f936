use super::*;
use crate::kid::{KidAlgorithm, KidRejection, KidRule, check, found_in, with_check};

const RULE: KidRule =
    KidRule { algorithm: KidAlgorithm::Mod10, student_digits: 7, invoice_digits: 8 };

#[test]
fn known_payloads_get_their_known_check_character() {
    for (payload, mod10, mod11) in [
        ("60224", "602243", "602248"),
        ("1", "18", "19"),
        ("0000001", "00000018", "00000019"),
        ("123456", "1234566", "1234560"),
        ("10042001001", "100420010017", "100420010014"),
        ("1004200000001001", "10042000000010016", "1004200000001001-"),
    ] {
        assert_eq!(with_check(payload, KidAlgorithm::Mod10).as_deref(), Ok(mod10));
        assert_eq!(with_check(payload, KidAlgorithm::Mod11).as_deref(), Ok(mod11));
    }
}

#[test]
fn what_is_no_kid_is_refused() {
    for (kid, why) in [
        ("", KidRejection::Length),
        ("7", KidRejection::Length),
        ("11111111111111111111111111", KidRejection::Length),
        ("60 2243", KidRejection::NotDigits),
        ("60224å", KidRejection::NotDigits),
        ("6-2243", KidRejection::NotDigits),
        ("602244", KidRejection::CheckDigit),
        ("60224-", KidRejection::CheckDigit),
    ] {
        assert_eq!(check(kid, KidAlgorithm::Mod10), Err(why), "{kid}");
    }
}

#[test]
fn a_reference_is_student_number_invoice_sequence_and_check_digit() {
    let kid = RULE.reference("1003178", 10461).unwrap();
    assert_eq!(&kid[..15], "100317800010461");
    assert_eq!(check(&kid, KidAlgorithm::Mod10), Ok(()));
    let long = KidRejection::TooLong("10031789".into());
    assert_eq!(RULE.reference("10031789", 1), Err(long));
    assert_eq!(RULE.reference("", 1), Err(KidRejection::NotDigits));
    assert_eq!(RULE.reference("10A", 1), Err(KidRejection::NotDigits));
    assert!(matches!(RULE.reference("1", 123_456_789), Err(KidRejection::TooLong(_))));
}

#[test]
fn a_kid_is_found_in_a_line_of_a_bank_by_its_length_and_its_check_character() {
    let (one, other) =
        (RULE.reference("1003178", 10461).unwrap(), RULE.reference("17", 3).unwrap());
    let (head, tail) = other.split_at(4);
    let line = format!("20.11.2026 KID:{one} NOK 1 450,00; {head} {tail} fra 1503.20.12345");
    assert_eq!(found_in(&line, &RULE), [one.clone(), other]);
    assert_eq!(found_in(&format!("{one}7 7{one}"), &RULE), Vec::<String>::new());
    assert_eq!(found_in("100317800010469", &RULE), Vec::<String>::new());
    let rule = KidRule { algorithm: KidAlgorithm::Mod11, student_digits: 8, invoice_digits: 8 };
    assert_eq!(found_in("kid 1004200000001001-, 2026-11", &rule), ["1004200000001001-"]);
    let shorter = KidRule { student_digits: 7, ..rule };
    assert_eq!(found_in("kid 1004200000001001-, 2026-11", &shorter), Vec::<String>::new());
}

/// The table of vectors that was collected beside the repository, where it is at hand.
#[test]
fn every_vector_of_the_collected_table_holds() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/specs/norway/kid-vectors.csv");
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("skipped: there is no {path}");
        return;
    };
    let mut rows = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let algorithm = match cells[1] {
            "MOD10" => KidAlgorithm::Mod10,
            "MOD11" => KidAlgorithm::Mod11,
            _ => {
                assert!(check(cells[2], KidAlgorithm::Mod10).is_err(), "{row}");
                rows += 1;
                continue;
            }
        };
        assert_eq!(with_check(cells[0], algorithm).as_deref(), Ok(cells[2]), "{row}");
        assert_eq!(check(cells[2], algorithm), Ok(()), "{row}");
        rows += 1;
    }
    assert!(rows >= 21, "the table has {rows} rows");
}

proptest! {
    #[test]
    fn every_made_kid_checks_and_no_single_wrong_digit_does(
        payload in "[0-9]{1,24}",
        place in 0_usize..24,
        step in 1_u8..10,
        eleven in any::<bool>(),
    ) {
        let algorithm = if eleven { KidAlgorithm::Mod11 } else { KidAlgorithm::Mod10 };
        let kid = with_check(&payload, algorithm).unwrap();
        prop_assert_eq!(check(&kid, algorithm), Ok(()));
        let mut wrong = kid.clone().into_bytes();
        let place = place % payload.len();
        wrong[place] = b'0' + (wrong[place] - b'0' + step) % 10;
        let wrong = String::from_utf8(wrong).unwrap();
        prop_assert_eq!(check(&wrong, algorithm), Err(KidRejection::CheckDigit));
    }

    #[test]
    fn no_text_makes_the_check_panic(text in any::<String>()) {
        let _ = check(&text, KidAlgorithm::Mod11);
    }
}
