use super::Plain;

fn text(html: &str) -> String {
    Plain::from_html(html).text
}

#[test]
fn tags_go_and_entities_are_read() {
    assert_eq!(text("<p>A <b>b</b> &lt;3 &#x2F; &#39; <a href=\"x>y\">z</a></p>"), "A b <3 / ' z");
    assert_eq!(text("one<br/>two<br><br>three<p>four"), "one\ntwo\n\nthree\n\nfour");
    assert_eq!(text("a<script>b</script>c<!-- d -->e"), "ace");
}

#[test]
fn what_is_no_tag_and_no_entity_stays() {
    assert_eq!(text("1 < 2 && AT&T; <3 &unknown; & <"), "1 < 2 && AT&T; <3 &unknown; & <");
    assert_eq!(text("cut off <a href="), "cut off ");
}

#[test]
fn quotes_become_lines_with_a_sign() {
    assert_eq!(
        text("<blockquote>\n<p>He said<br>this.</p>\n</blockquote>\n\n<p>No.</p>"),
        "> He said\n> this.\n\nNo."
    );
    assert_eq!(
        text("<aside class=\"quote no-group\" data-post=\"1\"><blockquote>Q</blockquote></aside>A"),
        "> > Q\n\nA"
    );
    assert_eq!(text("<aside class=\"onebox\">Link</aside>A"), "Link\n\nA");
}

#[test]
fn a_range_of_the_words_is_found_in_the_text() {
    let html = "<p>Fish &amp; <i>chips</i></p>\n<p>never</p>";
    let plain = Plain::from_html(html);
    for word in ["Fish", "chips", "never"] {
        let at = plain.text.find(word).unwrap();
        assert_eq!(&html[plain.source(at..at + word.len())], word);
    }
    let at = plain.text.find('&').unwrap();
    assert_eq!(&html[plain.source(at..at + 1)], "&amp;");
    assert_eq!(&html[plain.source(0..at + 1)], "Fish &amp;");
}

#[test]
fn escaped_text_keeps_everything_else() {
    let plain = Plain::from_escaped("&gt; quoted\n\n<b> &amp;c. &copy;");
    assert_eq!(plain.text, "> quoted\n\n<b> &c. &copy;");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_ranges_stay_inside(html in "[<>/&;a-c \n\"'=p!é-]{0,60}") {
        let plain = Plain::from_html(&html);
        for (at, character) in plain.text.char_indices() {
            let range = plain.source(at..at + character.len_utf8());
            proptest::prop_assert!(range.start <= range.end && range.end <= html.len());
            proptest::prop_assert!(html.get(range).is_some());
        }
    }
}
