//! A table is resolved once for one set of settings, whoever asks.

use std::rc::Rc;
use trainyard::data::csv::Reader;
use trainyard::data::doctor::examine;
use trainyard::data::prepare::prepare;
use trainyard::data::seen::Held;
use trainyard::data::table_spec::{CleaningStep, ImputeWith, TableSpec};
use trainyard::run::{Run, Spec};

fn held() -> Held {
    let rows = (0..40).map(|i| match i {
        7 => "7,,a\n".to_owned(),
        _ => format!("{i},{},{}\n", i * i % 17, if i % 3 == 0 { "a" } else { "b" }),
    });
    let text: String = std::iter::once("x,y,kind\n".to_owned()).chain(rows).collect();
    Held::new(Reader::read(text.as_bytes()).unwrap())
}

fn filled() -> TableSpec {
    TableSpec {
        clean: vec![CleaningStep::Impute { column: "y".into(), by: ImputeWith::Mean }],
        ..TableSpec::default()
    }
}

#[test]
fn the_same_settings_find_the_table_settled() {
    let held = held();
    let first = held.seen(&TableSpec::default()).unwrap();
    assert!(Rc::ptr_eq(&first, &held.seen(&TableSpec::default()).unwrap()));
    assert!(
        Rc::ptr_eq(&first, &held.share().seen(&TableSpec::default()).unwrap()),
        "another handle knows it too"
    );
    let other = held.seen(&filled()).unwrap();
    assert!(!Rc::ptr_eq(&first, &other));
    assert!(Rc::ptr_eq(&other, &held.seen(&filled()).unwrap()));
    let wrong = TableSpec { target: Some("gone".into()), ..TableSpec::default() };
    assert!(held.seen(&wrong).is_err());
    assert!(Rc::ptr_eq(&other, &held.seen(&filled()).unwrap()), "a refusal forgets nothing");
}

#[test]
fn what_is_answered_is_what_the_table_itself_says() {
    let held = held();
    for spec in [TableSpec::default(), filled()] {
        let seen = held.seen(&spec).unwrap();
        for scaled in [true, false] {
            assert_eq!(seen.examine(scaled), examine(held.table(), &spec, scaled).unwrap());
        }
        // In this order: what one takes out of the rows must not be missing for the next.
        let (rows, report) = seen.prepare().unwrap();
        let (own_rows, own_report) = prepare(held.table(), &spec).unwrap();
        assert_eq!((&rows.targets, &report), (&own_rows.targets, &own_report));
        assert_eq!(seen.report().unwrap(), own_report);
        assert_eq!(seen.examine(true), examine(held.table(), &spec, true).unwrap());
        assert_eq!(seen.column(1).missing, 1);
        assert_eq!(seen.prepare().unwrap().0.targets, own_rows.targets);
    }
}

#[test]
fn a_cell_that_changes_is_seen_by_its_own_handle_alone() {
    let mut held = held();
    let before = held.share();
    let spec = TableSpec::default();
    assert_eq!(held.seen(&spec).unwrap().column(1).missing, 1);
    held.table_mut().set(7, 1, "12").unwrap();
    assert_eq!(held.seen(&spec).unwrap().column(1).missing, 0);
    assert_eq!(before.seen(&spec).unwrap().column(1).missing, 1);
}

#[test]
fn a_run_is_the_same_by_either_way() {
    let held = held();
    let spec = || Spec::from_json(&serde_json::json!({ "data": { "source": "table" } })).unwrap();
    let seen = held.seen(&spec().data.table).unwrap();
    let [mut own, mut once] =
        [Run::of_table(spec(), held.table()).unwrap(), Run::of_seen(spec(), &seen).unwrap()];
    own.advance(20);
    once.advance(20);
    assert_eq!(own.parameters(), once.parameters());
    let toy = Spec::from_json(&serde_json::json!({})).unwrap();
    assert!(Run::of_seen(toy, &seen).is_err());
}
