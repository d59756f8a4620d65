use trainyard::data::{Dataset, Task};
use trainyard::error::Error;

fn refused(inputs: Vec<f32>, targets: Vec<f32>, shape: Vec<usize>, classes: Option<usize>) -> String {
    match Dataset::from_rows(inputs, targets, shape, classes) {
        Err(Error::Data { what }) => what,
        other => panic!("expected a data error, got {other:?}"),
    }
}

#[test]
fn rows_are_accepted() {
    let data = Dataset::from_rows(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![0.0, 2.0, 1.0], vec![2], Some(3))
        .unwrap();
    assert_eq!((data.rows(), data.width(), data.task), (3, 2, Task::Classification { classes: 3 }));
    assert_eq!(data.columns, ["x1", "x2"]);
    let data = Dataset::from_rows(vec![0.5; 24], vec![1.0, 2.0, 3.0, 4.0], vec![3, 2, 2], None).unwrap();
    assert_eq!((data.rows(), data.width(), data.task), (2, 12, Task::Regression { targets: 2 }));
    assert!(data.columns.is_empty());
}

#[test]
fn refusals_name_the_place_and_the_value() {
    let cases = [
        (refused(vec![1.0, 2.0, 3.0], vec![1.0], vec![2], None), "inputs holds 3 numbers"),
        (refused(vec![], vec![], vec![2], None), "at least one row"),
        (refused(vec![1.0], vec![1.0], vec![], None), "shape is []"),
        (refused(vec![1.0], vec![1.0], vec![1, 0, 1], None), "shape is [1, 0, 1]"),
        (refused(vec![1.0; 4], vec![1.0; 1], vec![usize::MAX, 2, 2], None), "shape is"),
        (refused(vec![1.0, 2.0, f32::NAN, 4.0], vec![1.0; 2], vec![2], None), "inputs, row 1, column 0: NaN"),
        (refused(vec![1.0; 2], vec![1.0, f32::INFINITY], vec![1], None), "targets, row 1, column 0: inf"),
        (refused(vec![1.0; 2], vec![1.0; 3], vec![1], None), "targets holds 3 numbers for 2 rows"),
        (refused(vec![1.0; 2], vec![], vec![1], None), "targets holds 0 numbers for 2 rows"),
        (refused(vec![1.0; 2], vec![0.0; 4], vec![1], Some(2)), "one class index a row"),
        (
            refused(vec![1.0; 2], vec![0.0, 2.0], vec![1], Some(2)),
            "row 1: class 2 is not a whole number in 0…1",
        ),
        (refused(vec![1.0; 2], vec![0.5, 1.0], vec![1], Some(2)), "row 0: class 0.5"),
        (refused(vec![1.0; 2], vec![0.0, -1.0], vec![1], Some(2)), "row 1: class -1"),
        (refused(vec![1.0; 2], vec![0.0; 2], vec![1], Some(1)), "classes is 1"),
    ];
    for (what, expected) in cases {
        assert!(what.contains(expected), "\"{what}\" should contain \"{expected}\"");
    }
}
