//! The data sets that come along read as they always did: every name, every cell.

use trainyard::data::csv::Reader;

/// FNV-1a over names and cells, each ended by a zero.
fn print(bytes: &[u8]) -> (usize, usize, u64) {
    let table = Reader::read(bytes).unwrap();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    table.columns().for_each(|column| take(&column.name));
    let width = table.columns().len();
    (0..table.rows()).for_each(|row| (0..width).for_each(|column| take(&table.text(row, column))));
    (table.rows(), width, hash)
}

#[test]
fn real_sets_read_as_before() {
    let sets: [(&str, &[u8]); 10] = [
        ("airquality", include_bytes!("../../../www/data/airquality.csv")),
        ("auto-mpg", include_bytes!("../../../www/data/auto-mpg.csv")),
        ("breast-cancer", include_bytes!("../../../www/data/breast-cancer.csv")),
        ("diabetes", include_bytes!("../../../www/data/diabetes.csv")),
        ("iris", include_bytes!("../../../www/data/iris.csv")),
        ("pd-speech", include_bytes!("../../../www/data/pd-speech.csv")),
        ("penguins", include_bytes!("../../../www/data/penguins.csv")),
        ("pima", include_bytes!("../../../www/data/pima.csv")),
        ("titanic", include_bytes!("../../../www/data/titanic.csv")),
        ("wine", include_bytes!("../../../www/data/wine.csv")),
    ];
    let prints: Vec<_> = sets.iter().map(|(name, bytes)| (*name, print(bytes))).collect();
    assert_eq!(
        prints,
        [
            ("airquality", (153, 6, 11329587799061550374)),
            ("auto-mpg", (406, 9, 14137171693785544916)),
            ("breast-cancer", (569, 31, 6072396170749959016)),
            ("diabetes", (442, 11, 2286674036269422023)),
            ("iris", (150, 5, 7198178238731415800)),
            ("pd-speech", (252, 138, 2357491682423559743)),
            ("penguins", (344, 8, 937764253927017536)),
            ("pima", (632, 8, 7459741499759259337)),
            ("titanic", (1309, 6, 11219335967051149560)),
            ("wine", (178, 14, 18341252175963883596)),
        ]
    );
}
