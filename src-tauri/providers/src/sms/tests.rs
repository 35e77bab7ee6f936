use super::*;

fn gateway(format: Format, template: &str) -> Gateway {
    Gateway {
        url: "https://sms.example.no/send".into(),
        verb: Verb::Post,
        format,
        template: template.into(),
        secret_header: "Authorization".into(),
        key_header: "Idempotency-Key".into(),
        sender: "Testby".into(),
        knows_keys: false,
    }
}

const FILLING: Filling<'_> =
    Filling { to: "+4740012345", text: "\"Hei\", {to} & =ü", sender: "Testby", key: "k" };

#[test]
fn what_is_filled_in_never_ends_the_string_it_stands_in() {
    let template = r#"{"to":["{to}"],"body":{"text":"{text}","from":"{sender}","n":1}}"#;
    let body: serde_json::Value =
        serde_json::from_str(&template::json(template, FILLING).unwrap()).unwrap();
    assert_eq!(body["to"][0], "+4740012345");
    assert_eq!(body["body"]["text"], FILLING.text);
    assert_eq!((&body["body"]["from"], &body["body"]["n"]), (&"Testby".into(), &1.into()));
    let form = template::form("to={to}\n\ntext = {text}\nref=x-{key}", FILLING).unwrap();
    let read: Vec<(String, String)> =
        url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    assert_eq!(read[1], ("text".to_owned(), FILLING.text.to_owned()));
    assert_eq!(read[2], ("ref".to_owned(), "x-k".to_owned()));
}

#[test]
fn a_template_must_hold_number_and_text_where_they_are_sent() {
    let check = |format, template| gateway(format, template).check();
    assert_eq!(check(Format::Json, r#"{"a":"{to}","b":"{text}"}"#), Ok(()));
    assert_eq!(check(Format::Form, "a={to}\nb={text}"), Ok(()));
    let missing = Err(TemplateRejection::PlaceMissing.into());
    assert_eq!(check(Format::Json, r#"{"{to}":"{text}"}"#), missing);
    assert_eq!(check(Format::Form, "{to}=1\nb={text}"), missing);
    assert_eq!(check(Format::Json, "{to} {text}"), Err(TemplateRejection::NotJson.into()));
    assert_eq!(check(Format::Form, "{to} {text}"), Err(TemplateRejection::NotForm.into()));
}

#[test]
fn a_secret_never_travels_where_others_can_read_it() {
    let at = |url: &str| {
        let gateway = Gateway { url: url.into(), ..gateway(Format::Form, "a={to}\nb={text}") };
        gateway.check()
    };
    for url in ["http://127.0.0.1:8080/sms", "http://localhost/", "https://sms.example.no"] {
        assert_eq!(at(url), Ok(()), "{url}");
    }
    for url in ["http://sms.example.no", "https://user:pw@sms.example.no", "ftp://x", "sms", ""] {
        assert_eq!(at(url), Err(GatewayRejection::Address), "{url}");
    }
    let split =
        Gateway { secret_header: "a b".into(), ..gateway(Format::Form, "a={to}\nb={text}") };
    assert_eq!(split.check(), Err(GatewayRejection::SecretHeader));
}

#[test]
fn a_text_is_counted_in_the_parts_it_is_sent_as() {
    let count = |text: &str| {
        let length = length(text);
        (length.encoding, length.units, length.segments)
    };
    assert_eq!(count(""), (Encoding::Gsm7, 0, 0));
    assert_eq!(count(&"æ".repeat(160)), (Encoding::Gsm7, 160, 1));
    assert_eq!(count(&"a".repeat(161)), (Encoding::Gsm7, 161, 2));
    assert_eq!(count(&"a".repeat(306)), (Encoding::Gsm7, 306, 2));
    assert_eq!(count(&"a".repeat(307)), (Encoding::Gsm7, 307, 3));
    // An escaped character is not split: 152 and then two do not fit into 153.
    assert_eq!(
        count(&format!("{}€{}", "a".repeat(152), "a".repeat(152))),
        (Encoding::Gsm7, 306, 3)
    );
    assert_eq!(count(&"–".repeat(70)), (Encoding::Ucs2, 70, 1));
    assert_eq!(count(&"–".repeat(71)), (Encoding::Ucs2, 71, 2));
    assert_eq!(count(&"–".repeat(135)), (Encoding::Ucs2, 135, 3));
    assert_eq!(count(&"😀".repeat(35)), (Encoding::Ucs2, 70, 1));
    assert_eq!(count(&"😀".repeat(67)), (Encoding::Ucs2, 134, 3));
}

#[test]
fn a_number_is_read_by_the_rules_of_the_schools_country() {
    let read = |typed: &str, country: &str| international(typed, country);
    let norway = Some("+4740012345".to_owned());
    for typed in ["400 12 345", "+47 400 12 345", "0047 40012345", "(+47) 400-12-345"] {
        assert_eq!(read(typed, "NO"), norway, "{typed}");
    }
    assert_eq!(read("0171 2345678", "DE"), Some("+491712345678".to_owned()));
    assert_eq!(read("+44 (0)7700 900123", "GB"), Some("+447700900123".to_owned()));
    assert_eq!(read("07700 900123", "GB"), Some("+447700900123".to_owned()));
    for typed in ["", "ring", "4001234", "400123456", "+0 400 12 345", "+1234567890123456"] {
        assert_eq!(read(typed, "NO"), None, "{typed}");
    }
    assert_eq!(read("40012345", "US"), None);
}
