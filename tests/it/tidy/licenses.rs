//! Rules for what the project is built from: known licenses, known registries.
//!
//! `cargo metadata` and the lock files of npm say both; neither knows of advisories, for which a registry would have to be asked.

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Allow use in works under MIT or Apache 2.0, on the condition that they are named.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages under another license, and why they may be.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    ("axe-core", "MPL-2.0", "runs in tests as it is, and is no part of what is published"),
    ("caniuse-lite", "CC-BY-4.0", "comes with a bundler that tests run, and is no part of what is published"),
    (
        "parse-cache-control",
        "",
        "names none; comes with an engine that the bench measures, and is not published",
    ),
];

/// The lock files of npm.
const LOCKS: [&str; 4] = [
    "www/package-lock.json",
    "tests/package-lock.json",
    "tests/bench/package-lock.json",
    "tests/bundlers/package-lock.json",
];

/// Whether an SPDX expression leaves a choice that is allowed: `AND` binds closer than `OR`, and `/` is an old `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let is = any(&mut words);
    is && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words) -> bool {
    let mut is = all(words);
    while words.next_if_eq(&"OR").is_some() {
        // What ends in the middle of a choice is none.
        let is_whole = words.peek().is_some();
        is = (is | all(words)) && is_whole;
    }
    is
}

fn all(words: &mut Words) -> bool {
    let mut is = one(words);
    while words.next_if_eq(&"AND").is_some() {
        is &= one(words);
    }
    is
}

fn one(words: &mut Words) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let is = any(words);
        return words.next_if_eq(&")").is_some() && is;
    }
    words.next().is_some_and(|word| ALLOWED.contains(&word))
}

fn is_excepted(name: &str, license: &str) -> bool {
    EXCEPTIONS.iter().any(|(excepted, under, _)| name == *excepted && license == *under)
}

/// What is wrong with a package, if anything is.
fn fault(name: &str, license: Option<&str>) -> Option<String> {
    let license = license.unwrap_or_default();
    let is_fine = is_allowed(license) || is_excepted(name, license);
    (!is_fine).then(|| format!("{name}: \"{license}\" is not among the licenses that are allowed"))
}

/// The crates that `target` is built from, tests included.
fn crates(target: &str) -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--all-features",
        "--filter-platform",
        target,
    ]);
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let used: BTreeSet<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages.filter(|package| used.contains(package["id"].as_str().unwrap_or_default())).cloned().collect()
}

#[test]
fn every_crate_has_a_license_that_is_allowed_and_is_from_the_registry() {
    for target in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        let crates = crates(target);
        assert!(crates.len() > 50, "only {} crates for {target}", crates.len());
        for package in crates {
            let name = package["name"].as_str().unwrap_or_default();
            assert_eq!(fault(name, package["license"].as_str()), None);
            let is_ours = name == env!("CARGO_PKG_NAME") && package["source"].is_null();
            let source = package["source"].as_str().unwrap_or_default();
            assert!(
                is_ours || source == "registry+https://github.com/rust-lang/crates.io-index",
                "{name}: {source}"
            );
        }
    }
}

#[test]
fn every_npm_package_has_a_license_that_is_allowed() {
    for path in LOCKS {
        let lock: Value = serde_json::from_str(&super::tree::read(path)).expect(path);
        let packages = lock["packages"].as_object().expect("packages");
        for (place, package) in packages {
            let name = place.rsplit("node_modules/").next().unwrap_or_default();
            assert_eq!(fault(name, package["license"].as_str()), None, "{path}");
            let is_checked = place.is_empty() || package["integrity"].is_string();
            assert!(is_checked, "{path}: {name} has no hash");
        }
    }
}

#[test]
fn every_rule_about_licenses_can_fail() {
    for good in
        ["MIT", "MIT OR Apache-2.0", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-3.0) AND BSD-3-Clause"]
    {
        assert!(is_allowed(good), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR ISC) AND GPL-3.0",
        "MIT OR",
        "MIT GPL-3.0",
        "(MIT",
        "UNLICENSED",
    ] {
        assert!(!is_allowed(bad), "{bad}");
    }
    assert!(fault("a", None).is_some() && fault("a", Some("MPL-2.0")).is_some());
    assert!(fault("axe-core", Some("MPL-2.0")).is_none() && fault("axe-core", Some("GPL-3.0")).is_some());
}
