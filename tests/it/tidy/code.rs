//! Rust source as a scanner wants it: comments and literals blanked, lines kept.

/// The source with every comment, string and character literal replaced by spaces.
pub fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let blank = comment(rest).or_else(|| string(rest, before)).or_else(|| character(rest));
        let (length, keep) = blank.map_or((first.len_utf8(), true), |length| (length, false));
        let (taken, after) = rest.split_at(length);
        code.extend(taken.chars().map(|c| if keep || c == '\n' { c } else { ' ' }));
        before = taken.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    code
}

/// Bytes of the comment that `text` begins with; block comments nest.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let mut depth = 0;
    let mut at = 0;
    while let Some(next) = text.get(at..) {
        if next.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if depth == 0 {
            return None;
        } else if next.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += next.chars().next()?.len_utf8();
        }
    }
    None
}

/// Bytes of the string that `text` begins with, plain, raw or of bytes.
fn string(text: &str, before: char) -> Option<usize> {
    let letters = if is_name(before) { 0 } else { text.len() - text.trim_start_matches(['b', 'r']).len() };
    let raw = text[..letters].contains('r');
    let hashes = if raw { text[letters..].len() - text[letters..].trim_start_matches('#').len() } else { 0 };
    let open = letters + hashes;
    if letters > 2 || !text[open..].starts_with('"') {
        return None;
    }
    let body = &text[open + 1..];
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return body.find(&end).map(|at| open + 1 + at + end.len());
    }
    let mut escaped = false;
    let end = body.char_indices().find(|&(_, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.map(|(at, _)| open + 1 + at + 1)
}

/// Bytes of the character literal that `text` begins with; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let mut chars = body.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let (_, escaped) = chars.next()?;
        let after = 1 + escaped.len_utf8();
        return body[after..].find('\'').map(|at| 1 + after + at + 1);
    }
    let (at, close) = chars.next()?;
    (close == '\'').then_some(1 + at + 1)
}

/// Whether `c` may stand in a name.
pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where `word` stands in `code` as a whole: ends that are letters don't touch other letters.
pub fn places_of<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let touches =
        |edge: Option<char>, beyond: Option<char>| edge.is_some_and(is_name) && beyond.is_some_and(is_name);
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let (before, after) = (code[..at].chars().next_back(), code[at + word.len()..].chars().next());
        !touches(word.chars().next(), before) && !touches(word.chars().next_back(), after)
    })
}

/// The number of the line that byte `at` lies in, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The name that `text` begins with; may be empty.
pub fn name_at(text: &str) -> &str {
    &text[..text.find(|c| !is_name(c)).unwrap_or(text.len())]
}

#[test]
fn comments_and_literals_are_blank_and_code_stays() {
    let blank = [
        "// unsafe",
        "/* a /* unsafe */ b */",
        "\"unsafe\"",
        "\"\\\" unsafe\"",
        "r\"unsafe\"",
        "r#\"a\" unsafe\"#",
        "b\"unsafe\"",
        "/// unsafe\n",
        "\"a\nunsafe\"",
    ];
    for source in blank {
        let code = code_only(source);
        assert!(!code.contains("unsafe"), "{source}: {code}");
        assert_eq!(code.len(), source.len());
        assert_eq!(code.matches('\n').count(), source.matches('\n').count());
    }
    let stays = [
        "'\"' unsafe '\"'",
        "'\\'' unsafe '\\''",
        "fn f<'a>(x: &'a str) { unsafe }",
        "\"//\" unsafe",
        "/* */ unsafe",
        "\"\\\\\" unsafe",
        "r\"\\\" unsafe \"\"",
        "'\\u{1f600}' unsafe",
        "attr\"x\" unsafe",
    ];
    for source in stays {
        assert!(code_only(source).contains("unsafe"), "{source}: {}", code_only(source));
    }
}

#[test]
fn words_are_found_whole() {
    let count = |code: &str, word: &str| places_of(code, word).count();
    assert_eq!(count("unsafe unsafe_code not_unsafe unsafe{}", "unsafe"), 2);
    assert_eq!(count("x.exp() y.exp(1) z.exp2() exp(x)", ".exp("), 2);
    assert_eq!(count("println!() eprintln!()", "println"), 1);
    assert_eq!(line_of("a\nb\nc", 4), 3);
    assert_eq!(name_at("data::{x}"), "data");
}
