//! What was once read wrongly in silence: dates cut at their blanks and commas, dates in both orders, thousands beside
//! millions.

use super::reading::{names, read, read_with, rows, settled};
use trainyard::data::doctor::{Finding, FindingKind, examine};
use trainyard::data::reading::{Choice, DayOrder, Delimiter, ReadSpec};
use trainyard::data::{CleaningStep, Kind, Table, TableSpec};

fn findings(table: &Table, column: usize) -> Vec<Finding> {
    let all = examine(table, &TableSpec::default(), true).unwrap();
    all.into_iter().filter(|finding| finding.column == Some(column)).collect()
}

fn numbers(table: &Table, column: usize) -> Vec<Option<f64>> {
    let own = table.column(column);
    own.cells().iter().map(|&cell| own.number(cell).or_else(|| own.days(cell))).collect()
}

/// Rows in columns that begin at the same places.
fn in_places(rows: &[[&str; 4]], between: usize) -> String {
    let wide =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0) + between;
    let cell = |(column, text): (usize, &&str)| format!("{text:<width$}", width = wide(column));
    let line =
        |row: &[&str; 4]| row.iter().enumerate().map(cell).collect::<String>().trim_end().to_owned() + "\n";
    rows.iter().map(line).collect()
}

#[test]
fn dates_with_blanks_stay_whole_without_a_header() {
    let dates = [
        ["Apr 10, 2023", "Apr 27, 2023", "Apr 02, 2023", "Apr 13, 2023", "Apr 30, 2023"],
        ["Apr 10, 2023", "May 27, 2021", "Jun 02, 2022", "Nov 13, 2023", "Dec 30, 2019"],
        ["Feb. 10, 2019", "May. 27, 2021", "Jun. 02, 2022", "Nov. 13, 2023", "Dec. 30, 2019"],
        ["Apr 1, 2023", "Apr 27, 2023", "Jun 2, 2023", "Nov 13, 2023", "Dec 3, 2023"],
        ["April 10, 2023", "May 27, 2021", "June 02, 2022", "November 13, 2023", "December 30, 2019"],
        ["10 Apr 2023", "27 May 2021", "02 Jun 2022", "13 Nov 2023", "30 Dec 2019"],
        ["Mon, 10 Apr 2023", "Thu, 27 May 2021", "Thu, 02 Jun 2022", "Mon, 13 Nov 2023", "Mon, 30 Dec 2019"],
        [
            "Apr 10 2023 14:30",
            "May 27 2021 09:05",
            "Jun 02 2022 23:59",
            "Nov 13 2023 00:10",
            "Dec 30 2019 07:45",
        ],
        ["2023-04-10 14:30", "2021-05-27 09:05", "2022-06-02 23:59", "2023-11-13 00:10", "2019-12-30 07:45"],
        [
            "04/20/2023 02:30 PM",
            "05/27/2021 09:05 AM",
            "06/22/2022 11:59 PM",
            "11/13/2023 12:10 AM",
            "12/30/2019 07:45 AM",
        ],
        ["Apr 2023", "May 2021", "Jun 2022", "Nov 2023", "Dec 2019"],
    ];
    let others = [
        ["25.83", "Rome", "81"],
        ["2.79", "Oslo", "698"],
        ["14.43", "Rome", "5"],
        ["38.85", "Lyon", "606"],
        ["9.10", "Oslo", "77"],
    ];
    for dates in dates {
        for place in 0..3 {
            for between in [1, 2, 3] {
                // The first row may have no date, too.
                for gap in [None, Some("NA"), Some("")] {
                    let row = |index: usize| -> [&str; 4] {
                        let mut row: Vec<&str> = others[index].to_vec();
                        row.insert(place, gap.filter(|_| index == 0).unwrap_or(dates[index]));
                        row.try_into().unwrap()
                    };
                    let all: Vec<[&str; 4]> = (0..5).map(row).collect();
                    // A blank line end is no place, and nothing at a line's start is no column.
                    if gap == Some("") && place == 0 {
                        continue;
                    }
                    let text = in_places(&all, between);
                    let table = read(&text);
                    let found = rows(&table);
                    let asks = table.reading.iter().any(|settled| !settled.is_sure);
                    assert!(found == all || asks, "{text}\n{found:?}\n{:?}", settled(&table, "delimiter"));
                    if gap.is_none() {
                        assert_eq!(found, all, "{text}");
                        assert_eq!(table.column(place).profile().base, Kind::Date, "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_blanks_cut_is_a_question_where_no_places_are() {
    let text = "10 Apr 2023 5.5 a\n7 May 2023 12.25 b\n21 Jun 2023 3 a\n1 Jul 2023 10.75 b\n";
    let asked = settled(&read(text), "delimiter").clone();
    assert!(!asked.is_sure && asked.sentence.contains("\"10 Apr 2023\""), "{}", asked.sentence);
    let chosen = read_with(text, ReadSpec { delimiter: Some(Delimiter::Blanks), ..ReadSpec::default() });
    assert!(settled(&chosen, "delimiter").is_sure);
    // Parts with names of their own are columns, and so are numbers that could be a date.
    let named =
        read("day month year size\n10 Apr 2023 5.5\n7 May 2023 12.25\n21 Jun 2023 3\n1 Jul 2023 10.75\n");
    assert_eq!((names(&named).len(), settled(&named, "delimiter").is_sure), (4, true));
    let plain = read("10 4 2023 5.5\n7 5 2023 12.25\n21 6 2023 3\n1 7 2023 10.75\n");
    assert_eq!((plain.columns().len(), settled(&plain, "delimiter").is_sure), (4, true));
}

#[test]
fn words_behind_numbers_are_no_columns_where_tabs_cut_every_line() {
    let text = "views\tb\n3.4 thousand\tx\n2 million\ty\n7 hundred\tx\n1 dozen\ty\n";
    assert_eq!((names(&read(text)), read(text).text(0, 0).as_ref()), (vec!["views", "b"], "3.4 thousand"));
    // One name short of what blanks cut: R's row names, with decimal commas.
    let short = read("mpg cyl\nMazda 21,5 6,1\nDatsun 22,8 4,2\nHornet 18,1 8,5\nValiant 14,3 6,9\n");
    assert_eq!(names(&short), ["rownames", "mpg", "cyl"]);
}

#[test]
fn commas_of_dates_cut_nothing() {
    let one = read("when\nApr 10, 2023\nMay 7, 2023\nJun 21, 2023\nJul 1, 2023\n");
    assert_eq!((names(&one), one.rows(), one.text(1, 0).as_ref()), (vec!["when"], 4, "May 7, 2023"));
    let more = read("when\tsize\nMon, 10 Apr 2023\t5\nTue, 11 Apr 2023\t6\nWed, 12 Apr 2023\t9\n");
    assert_eq!((names(&more), more.column(0).profile().base), (vec!["when", "size"], Kind::Date));
    // Others do.
    let quoted = read("when,size\n\"Apr 10, 2023\",5\n\"May 7, 2023\",6\n\"Jun 21, 2023\",9\n");
    assert_eq!((names(&quoted), quoted.text(0, 0).as_ref()), (vec!["when", "size"], "Apr 10, 2023"));
    let words = read("place,year\nRoom 10, 2023\nHall 7, 2023\nRoom 2, 2021\n");
    assert_eq!(names(&words), ["place", "year"]);
}

#[test]
fn dates_in_both_orders_are_dates_and_a_question() {
    // Half of them each way, and some that fit both.
    let text = |last: &str| {
        let row = |i: usize| match i % 2 {
            0 => format!("{}/02/2023,x\n", 13 + i),
            _ => format!("03/{}/2023,y\n", 13 + i),
        };
        format!("when,b\n{}{last}", (0..12).map(row).collect::<String>())
    };
    let open = read(&text("04/05/2023,x\n03/03/2023,y\n"));
    let asked = settled(&open, "dates").clone();
    assert_eq!((open.column(0).profile().base, asked.is_sure), (Kind::Date, false));
    assert_eq!(
        asked.sentence,
        "Some dates in \"when\" have the day first, others the month. Is 04/05/2023 May 4 or April 5?"
    );
    let days = numbers(&open, 0);
    assert!(days.iter().all(Option::is_some), "{days:?}");
    assert_eq!((days[0], days[1]), (Some(19401.0), Some(19430.0)), "February 13 and March 14");
    let found = findings(&open, 0);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].kind, &found[0].rows[..]), (FindingKind::MixedTypes, &[12][..]));
    assert!(found[0].sentence.contains("\"13/02/2023\"") && found[0].sentence.contains("\"03/14/2023\""));
    assert!(found[0].remedies.iter().any(|one| matches!(one.fix, CleaningStep::DropRows { .. })));
    let by_hand =
        |dates| read_with(&text("04/05/2023,x\n"), ReadSpec { dates: Some(dates), ..ReadSpec::default() });
    let (first, second) = (by_hand(DayOrder::DayFirst), by_hand(DayOrder::MonthFirst));
    assert!(settled(&first, "dates").is_sure && settled(&second, "dates").is_sure);
    assert_eq!((numbers(&first, 0)[12], numbers(&second, 0)[12]), (Some(19481.0), Some(19452.0)));
    assert_eq!(settled(&first, "dates").value, Choice::Name("day-first"));
    // Each fits one way alone: nothing is open, and it is told all the same.
    let sure = read(&text(""));
    assert!(settled(&sure, "dates").is_sure);
    assert!(numbers(&sure, 0).iter().all(Option::is_some));
    assert_eq!(findings(&sure, 0).len(), 1);
    // A few of the other order are no dates, as before; words beside dates are names.
    let few = read(&format!("when,b\n{}02/14/2023,x\n", "14/02/2023,x\n15/03/2023,y\n".repeat(6)));
    assert_eq!(numbers(&few, 0)[12], None);
    assert!(findings(&few, 0).iter().any(|finding| finding.kind == FindingKind::MixedTypes));
}

#[test]
fn dates_among_names_are_told() {
    let of = |odd: usize, text: &str| {
        let row = |i: usize| match i < odd {
            true => format!("2023-05-{:02},x\n", 10 + i),
            false => format!("{text}{},y\n", i % 4),
        };
        read(&format!("when,b\n{}", (0..20).map(row).collect::<String>()))
    };
    // A fifth of them, and one less; four fifths are a column of dates.
    for (dates, is_told) in [(3, false), (4, true), (10, true), (15, true)] {
        let table = of(dates, "soon ");
        assert_eq!(table.column(0).profile().base, Kind::Category, "{dates}");
        let found = findings(&table, 0);
        let told = found.iter().find(|finding| finding.kind == FindingKind::MixedTypes);
        assert_eq!(told.is_some(), is_told, "{dates}: {found:?}");
        let Some(told) = told else { continue };
        assert!(told.sentence.contains("\"soon 0\""), "{}", told.sentence);
        let fix = told.remedies[0].fix.clone();
        assert_eq!(fix, CleaningStep::Treat { column: "when".into(), to: Kind::Date });
        // Done, it is told what is no date.
        let spec = TableSpec { clean: vec![fix], ..TableSpec::default() };
        let after = examine(&table, &spec, true).unwrap();
        let mixed = |finding: &&Finding| finding.kind == FindingKind::MixedTypes;
        let after: Vec<&str> = after.iter().filter(mixed).map(|finding| &finding.sentence[..]).collect();
        assert!(after.len() == 1 && after[0].contains("no date"), "{after:?}");
    }
    assert_eq!(of(16, "soon ").column(0).profile().base, Kind::Date);
    let digits = of(10, "2023050");
    assert!(findings(&digits, 0).iter().any(|finding| finding.sentence.contains("\"20230500\"")));
}

#[test]
fn the_example_of_a_question_is_one_that_differs() {
    let table = read("when,b\n01/01/2023,x\n02/02/2023,y\n04/05/2023,x\n06/07/2023,y\n");
    let asked = settled(&table, "dates");
    assert!(
        !asked.is_sure && asked.sentence.ends_with("04/05/2023 may be May 4 or April 5."),
        "{}",
        asked.sentence
    );
    // Dates that are the same either way leave nothing open.
    let same = read("when,b\n01/01/2023,x\n02/02/2023,y\n11/11/2023,x\n");
    assert!(same.reading.iter().all(|settled| settled.key != "dates" || settled.is_sure));
    assert_eq!(numbers(&same, 0), [Some(19358.0), Some(19390.0), Some(19672.0)]);
}

#[test]
fn thousands_beside_millions_are_numbers() {
    let cases: [(&[&str], &[f64]); 9] = [
        (&["3.4K", "2M", "950", "12K"], &[3400.0, 2e6, 950.0, 12e3]),
        (&["3.4k", "2m", "1.1m", "12k"], &[3400.0, 2e6, 1.1e6, 12e3]),
        (&["1.5M", "2B", "1,200M", "0.75B"], &[1.5e6, 2e9, 1.2e9, 0.75e9]),
        (&["3.4 thousand", "2 million", "7 millions", "1 billion"], &[3400.0, 2e6, 7e6, 1e9]),
        (&["1,5 Mio.", "2 Mrd.", "300 Tsd.", "2,25 Mrd."], &[1.5e6, 2e9, 3e5, 2.25e9]),
        (&["$3.4K", "$2M", "$950", "-$12K"], &[3400.0, 2e6, 950.0, -12e3]),
        (&["€1.2M", "€3.3M", "€0.5M", "€7M"], &[1.2e6, 3.3e6, 0.5e6, 7e6]),
        (&["1.2 Mio. €", "3.3 Mrd €", "0.5 Mio €", "700 €"], &[1.2e6, 3.3e9, 0.5e6, 700.0]),
        (&["950", "1.2k", "15k", "730"], &[950.0, 1200.0, 15e3, 730.0]),
    ];
    for (texts, expected) in cases {
        let rows: String = texts.iter().map(|text| format!("{text}\tx\n")).collect();
        let table = read(&format!("views\tb\n{rows}"));
        assert_eq!(table.column(0).profile().base, Kind::Number, "{texts:?}");
        let expected: Vec<Option<f64>> = expected.iter().copied().map(Some).collect();
        assert_eq!(numbers(&table, 0), expected, "{texts:?}");
        assert!(table.notes.iter().any(|note| note.sentence.contains("is read as")), "{:?}", table.notes);
    }
    // One letter that all have is their unit; letters of seats and sizes are none of these.
    let kelvin = read("t\tb\n300K\tx\n290.5K\ty\n310K\tx\n");
    assert_eq!((numbers(&kelvin, 0)[1], kelvin.column(0).unit()), (Some(290.5), Some("K")));
    for names in [["12B", "14", "12A", "7"], ["12K", "3C", "8M", "9A"], ["12", "14B", "16", "18B"]] {
        let table = read(&format!("seat\tb\n{}", names.map(|name| format!("{name}\tx\n")).concat()));
        assert!(!table.column(0).style().is_scaled, "{names:?}");
    }
}
