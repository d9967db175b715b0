use super::{Days, Time, parse};

fn shown(text: &str) -> String {
    match parse(text) {
        Time::Moment(moment) => moment.to_string(),
        Time::Either([one, other]) => format!("{one} or {other}"),
        Time::Unknown => "none".to_owned(),
    }
}

#[test]
fn every_form_names_the_same_moment() {
    for form in [
        "2024-05-06T07:08:09Z",
        "2024-05-06T09:08:09+02:00",
        "2024-05-06T09:08:09+0200",
        "2024-05-06 07:08:09",
        "2024-05-06 07:08:09+00",
        "2024-05-06 07:08:09 UTC",
        "2024-05-06 03:08:09-0400",
        "Mon, 06 May 2024 07:08:09 +0000",
        "Mon May 06 07:08:09 +0000 2024",
        "06.05.2024 07:08:09",
        "1714979289",
        "1714979289000",
        "1714979289000000",
        "1714979289000000000",
        "1714979289.0",
        "1.714979289e9",
    ] {
        assert_eq!(shown(form), "2024-05-06T07:08:09Z", "{form}");
    }
}

#[test]
fn dates_with_slashes_are_read_where_only_one_order_is_possible() {
    assert_eq!(shown("31/12/2018 23:59"), "2018-12-31T23:59:00Z");
    assert_eq!(shown("12/31/2018 11:59:01 PM"), "2018-12-31T23:59:01Z");
    assert_eq!(shown("01/01/2019 00:03"), "2019-01-01T00:03:00Z");
    assert_eq!(shown("03/04/2019 00:03"), "2019-04-03T00:03:00Z or 2019-03-04T00:03:00Z");
    assert_eq!(shown("13/13/2019"), "none");
}

#[test]
fn a_day_is_its_first_moment() {
    for form in ["2018-12-31", "31.12.2018", "December 31, 2018", "12/31/2018"] {
        assert_eq!(shown(form), "2018-12-31T00:00:00Z", "{form}");
    }
}

#[test]
fn what_is_no_time_is_none() {
    for text in [
        "",
        "10 days ago",
        "9 tháng trước",
        "2024",
        "-5",
        "nan",
        "inf",
        "1e300",
        "2024-13-01T00:00:00Z",
        "0000-00-00 00:00:00",
    ] {
        assert_eq!(shown(text), "none", "{text}");
    }
}

#[test]
fn dates_that_have_one_meaning_tell_how_to_read_the_others() {
    for (head, days) in [
        ("id,time,text\n1,03/04/2019,a\n2,31/12/2018 23:59,b\n", Days::First),
        ("[{\"date\":\"03/04/2019\"},{\"date\":\"12/31/2018\"}]", Days::Second),
        ("31/12/2018;a\n12/31/2018;b\n", Days::Mixed),
        ("03/04/2019;on 12/31/2018 or 31/12/2018", Days::Unknown),
    ] {
        assert_eq!(Days::of_head(head.as_bytes()), days, "{head}");
    }
}
