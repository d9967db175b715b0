use super::*;

/// Every piece of `json`, and what keys, texts and numbers say.
fn pieces(json: &str) -> Result<Vec<String>, Fault> {
    let mut lexer = Lexer::new(Box::new(std::io::BufReader::with_capacity(3, json.as_bytes())));
    let mut pieces = Vec::new();
    loop {
        pieces.push(match lexer.next()? {
            Token::End => return Ok(pieces),
            token @ (Token::Key | Token::Text | Token::Number) => {
                format!("{token:?} {}", lexer.text())
            }
            token => format!("{token:?}"),
        });
    }
}

#[test]
fn values_come_as_they_are_written() {
    let json =
        r#"{"a":[12345678901234567890123,-1.50e3,true,null,NaN],"b\n":"\u00e9\ud83d\ude00"}"#;
    assert_eq!(
        pieces(json).unwrap(),
        [
            "OpenObject",
            "Key a",
            "OpenArray",
            "Number 12345678901234567890123",
            "Number -1.50e3",
            "True",
            "Null",
            "Null",
            "CloseArray",
            "Key b\n",
            "Text é😀",
            "CloseObject",
        ]
    );
}

#[test]
fn half_surrogates_and_nuls_are_replaced_and_counted() {
    let mut lexer = Lexer::new(Box::new(&br#""a\ud83d\nb\udc00c\ud83d\ud83d\ude00\u0000""#[..]));
    lexer.next().unwrap();
    assert_eq!(lexer.text(), "a\u{fffd}\nb\u{fffd}c\u{fffd}😀\u{fffd}");
    assert_eq!(lexer.take_replaced(), 4);
}

#[test]
fn broken_json_is_refused_with_a_place() {
    for (json, said) in [
        ("{a:1}", "a name in quotation marks is expected, column 2"),
        ("[1}", "a bracket closes what is not open, column 3"),
        ("\n [\"\\x\"]", "an unknown escape, column 6"),
        ("[what]", "a value is expected, column 6"),
    ] {
        match pieces(json) {
            Err(Fault::Syntax(what)) => assert!(what.contains(said), "{json}: {what}"),
            other => panic!("{json}: {other:?}"),
        }
    }
    assert!(matches!(pieces("{\"a\":"), Err(Fault::CutOff)));
    assert!(matches!(pieces("\"a"), Err(Fault::CutOff)));
}

#[test]
fn nesting_ends_somewhere() {
    assert!(matches!(pieces(&"[".repeat(5000)), Err(Fault::Limit(_))));
}
