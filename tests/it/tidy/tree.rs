//! Rules for the tree: sizes, the top level, what no file may say, sources that are in no crate, shaders without a test.

use std::path::Path;
use std::process::Command;

/// Lines that a file may have. Scripts are counted by ESLint, which leaves out comments (tests/eslint.config.js).
const MOST_LINES: usize = 400;

/// Longer files, and why they may be.
const LONG: [(&str, &str); 9] = [
    ("tests/golden/traces.json", "numbers, written by generate.py"),
    ("www/package-lock.json", "written by npm"),
    ("tests/package-lock.json", "written by npm"),
    ("tests/bench/package-lock.json", "written by npm"),
    ("tests/bundlers/package-lock.json", "written by npm"),
    ("www/schema.json", "written by src/run/spec"),
    ("www/settings/schema.json", "written by src/run/spec"),
    ("www/strings/en/data.json", "a catalogue: a text on each line"),
    ("www/strings/de/data.json", "a catalogue: a text on each line"),
];

/// What may stand at the top.
const TOP: [&str; 16] = [
    ".cargo",
    ".ci",
    ".github",
    ".gitignore",
    ".prettierignore",
    ".prettierrc.json",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "build.sh",
    "src",
    "tests",
    "www",
];

/// What no file may say, in halves so that this one doesn't.
const UNSAID: [(&str, &str, &str); 8] = [
    ("/wo", "rk/", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("/Us", "ers/", "a path of one machine"),
    ("TO", "DO", "left open"),
    ("FIX", "ME", "left open"),
    ("XX", "X", "left open"),
    ("HA", "CK", "left open"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether this is a checkout; a copy of the sources without history has nothing that git could list.
fn is_checkout() -> bool {
    let is = root().join(".git").exists();
    if !is {
        println!("not a git checkout: the tree is not checked");
    }
    is
}

/// What `git ls-files` lists with the arguments given, without what is deleted or no file.
fn listed(arguments: &[&str]) -> Vec<String> {
    let mut git = Command::new("git");
    git.current_dir(root()).args(["-c", "safe.directory=*", "ls-files", "-z"]).args(arguments);
    let output = git.output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).expect("paths are UTF-8");
    paths.split_terminator('\0').filter(|path| root().join(path).is_file()).map(str::to_owned).collect()
}

/// All files under `folders` that git doesn't ignore, committed or not.
pub fn files(folders: &[&str]) -> Vec<String> {
    let mut waiting: Vec<String> = folders.iter().map(|&folder| folder.to_owned()).collect();
    if is_checkout() {
        let arguments = [&["--cached", "--others", "--exclude-standard"], folders].concat();
        return listed(&arguments);
    }
    let mut found = vec![];
    while let Some(path) = waiting.pop() {
        match std::fs::read_dir(root().join(&path)) {
            Ok(entries) => waiting.extend(
                entries.map(|entry| format!("{path}/{}", entry.expect("an entry").file_name().display())),
            ),
            Err(_) => found.push(path),
        }
    }
    found
}

/// A file's text; empty where it isn't text.
pub fn read(path: &str) -> String {
    String::from_utf8(std::fs::read(root().join(path)).expect(path)).unwrap_or_default()
}

fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    let listed = LONG.iter().any(|(long, _)| *long == path);
    let is_script = path.ends_with(".js") || path.ends_with(".mjs");
    (lines > MOST_LINES && !listed && !is_script)
        .then(|| format!("{path}: {lines} lines, at most {MOST_LINES}: cut it in two"))
}

fn misplaced(path: &str) -> Option<String> {
    let top = path.split('/').next().unwrap_or(path);
    (!TOP.contains(&top)).then(|| format!("{path}: {top} has no place at the top"))
}

fn unsaid(path: &str, text: &str) -> Vec<String> {
    let mut found = vec![];
    for (number, line) in text.lines().enumerate() {
        for (head, tail, why) in UNSAID {
            if super::code::places_of(line, &[head, tail].concat()).next().is_some() {
                found.push(format!("{path}:{}: {head}{tail}: {why}", number + 1));
            }
        }
    }
    found
}

/// Sources of `src` that no `mod` declares: nothing compiles them.
fn undeclared<'a>(sources: &[(&'a str, String)]) -> Vec<&'a str> {
    let is_declared = |path: &str| {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (folder, name) = match file.trim_end_matches(".rs") {
            "mod" => folder.rsplit_once('/').unwrap_or(("", folder)),
            name => (folder, name),
        };
        let (as_module, by_path) = (format!("mod {name};"), [format!("\"{file}\""), format!("/{file}\"")]);
        let parents = ["mod.rs", "lib.rs", "main.rs"].map(|parent| format!("{folder}/{parent}"));
        let parents = parents.into_iter().chain([format!("{folder}.rs")]).collect::<Vec<_>>();
        let declares =
            |of: &str, text: &str| parents.iter().any(|parent| parent == of) && text.contains(&as_module);
        let names =
            |line: &str| line.contains("path = ") && by_path.iter().any(|end| line.contains(end.as_str()));
        let is_program = folder.starts_with("src/examples/") && file == "main.rs"; // Cargo.toml names it
        file == "lib.rs"
            || is_program
            || sources.iter().any(|(of, text)| declares(of, text) || text.lines().any(names))
    };
    sources.iter().map(|&(path, _)| path).filter(|path| !is_declared(path)).collect()
}

/// A shader `x.wgsl` needs a test named `x_parity…` in `tests`.
fn untested<'a>(shaders: &[&'a str], tests: &str) -> Vec<&'a str> {
    let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).trim_end_matches(".wgsl").to_owned();
    let has_test = |path: &&str| tests.contains(&format!("fn {}_parity", stem(path)));
    shaders.iter().filter(|path| !has_test(path)).copied().collect()
}

#[test]
fn no_file_is_too_long() {
    let files = files(&["src", "www", "tests"]);
    let texts = files.iter().filter(|path| !path.ends_with(".csv")); // a row of data is no line to read
    let found: Vec<String> = texts.filter_map(|path| too_long(path, &read(path))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (path, _) in LONG {
        assert!(read(path).lines().count() > MOST_LINES, "{path} needs no exception any more");
    }
}

#[test]
fn the_top_level_is_as_agreed() {
    if is_checkout() {
        let found: Vec<String> = listed(&[]).iter().filter_map(|path| misplaced(path)).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn no_file_names_a_machine_or_is_left_open() {
    if is_checkout() {
        let texts = listed(&[]).into_iter().filter(|path| !path.ends_with("package-lock.json"));
        let found: Vec<String> = texts.flat_map(|path| unsaid(&path, &read(&path))).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn every_source_is_part_of_the_crate() {
    let files = files(&["src"]);
    let sources: Vec<(&str, String)> =
        files.iter().filter(|path| path.ends_with(".rs")).map(|path| (path.as_str(), read(path))).collect();
    assert!(sources.len() > 100, "{} sources", sources.len());
    assert_eq!(undeclared(&sources), Vec::<&str>::new());
}

#[test]
fn every_shader_has_a_parity_test() {
    let (sources, tests) = (files(&["src"]), files(&["tests"]));
    let shaders: Vec<&str> =
        sources.iter().map(String::as_str).filter(|path| path.ends_with(".wgsl")).collect();
    let tests: String = tests.iter().filter(|path| path.ends_with(".rs")).map(|path| read(path)).collect();
    assert_eq!(untested(&shaders, &tests), Vec::<&str>::new());
}

#[test]
fn every_rule_can_fail() {
    let long = "\n".repeat(MOST_LINES + 1);
    assert!(too_long("src/x.rs", &long).is_some());
    assert!(too_long("src/x.rs", &long[1..]).is_none());
    assert!(too_long("www/package-lock.json", &long).is_none());
    assert!(too_long("www/x.js", &long).is_none());
    assert!(misplaced("notes.txt").is_some() && misplaced("docs/a.md").is_some());
    assert!(misplaced("src/lib.rs").is_none() && misplaced("Cargo.toml").is_none());
    for (head, tail, _) in UNSAID {
        let line = format!("a\nsee {head}{tail} there");
        assert!(unsaid("x", &line)[0].starts_with("x:2: "), "{line}");
    }
    assert_eq!(unsaid("x", "www/worker/main.js, hackney, todo = \"deny\", box"), Vec::<String>::new());
    let tree = |lib: &str, folder: &str| {
        let text = [("src/lib.rs", lib), ("src/x/mod.rs", folder), ("src/x/y.rs", "")];
        undeclared(&text.map(|(path, text)| (path, text.to_owned()))).len()
    };
    assert_eq!(tree("mod x;", "pub mod y;"), 0);
    assert_eq!(tree("mod x;", "#[path = \"y.rs\"]\nmod z;"), 0);
    assert_eq!(tree("mod x;\n#[path = \"x/y.rs\"]\nmod z;", ""), 0);
    assert_eq!(tree("mod x;", "#[path = \"my.rs\"]\nmod z;"), 1);
    assert_eq!([tree("", "pub mod y;"), tree("mod x;", "mod yy;"), tree("mod y;", "")], [1, 1, 2]);
    assert_eq!(untested(&["src/engine/gpu/a.wgsl"], "fn b_parity() {}"), ["src/engine/gpu/a.wgsl"]);
    assert_eq!(untested(&["src/engine/gpu/a.wgsl"], "fn a_parity_holds() {}"), Vec::<&str>::new());
}
