//! Loops of a shader written out. Adapters keep an array in registers only where each index is known when the shader is
//! compiled, and those made of software don't see that of a loop.

/// A comment behind the head of a loop that is to be written out,
const ALWAYS: &str = "// unrolled";
/// or only on hardware: where it runs once at the end, software compiles longer than it saves.
const ON_HARDWARE: &str = "// unrolled on hardware";

/// The shader with its marked loops written out, with `constants` as constants before it. A loop counts from `0u` to
/// one of them, or to a number.
pub fn unrolled(constants: &[(&'static str, usize)], source: &str, software: bool) -> String {
    let mut out = String::new();
    for (name, value) in constants {
        out += &format!("const {name} = {value}u;\n");
    }
    let lines: Vec<&str> = source.lines().collect();
    write(&lines, constants, software, &mut out);
    out
}

fn write(lines: &[&str], constants: &[(&'static str, usize)], software: bool, out: &mut String) {
    let mut rest = lines;
    while let [line, after @ ..] = rest {
        rest = after;
        let Some((indent, name, limit)) = head(line, software) else {
            *out += line;
            out.push('\n');
            continue;
        };
        let known = constants.iter().find(|(known, _)| *known == limit).map(|(_, value)| *value);
        let count = known.or_else(|| limit.strip_suffix('u')?.parse().ok()).unwrap_or(0);
        let length =
            rest.iter().position(|line| line.strip_prefix(indent) == Some("}")).unwrap_or(rest.len());
        for i in 0..count {
            *out += &format!("{indent}{{ const {name} = {i}u;\n");
            write(&rest[..length], constants, software, out);
            *out += &format!("{indent}}}\n");
        }
        rest = rest.get(length + 1..).unwrap_or_default();
    }
}

/// Indentation, variable and limit of `for (var v = 0u; v < WIDE; v++) { // unrolled`.
fn head(line: &str, software: bool) -> Option<(&str, &str, &str)> {
    let (code, comment) = line.split_at(line.find("//")?);
    if comment != ALWAYS && (comment != ON_HARDWARE || software) {
        return None;
    }
    let start = code.find("for (var ")?;
    let (name, condition) = code[start..].strip_prefix("for (var ")?.split_once(" = 0u; ")?;
    let limit = condition.split_once(" < ")?.1.split_once(';')?.0;
    Some((&code[..start], name, limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
fn f() {
    for (var a = 0u; a < TALL; a++) { // unrolled
        for (var i = 0u; i < 2u; i++) { // unrolled on hardware
            g(a, i);
        }
    }
    for (var a = 0u; a < TALL; a++) {
        h(a);
    }
}
";

    #[test]
    fn marked_loops_are_written_out() {
        let all = unrolled(&[("TALL", 3)], SOURCE, false);
        assert!(
            all.starts_with("const TALL = 3u;\nfn f() {\n    { const a = 0u;\n        { const i = 0u;\n")
        );
        assert_eq!((all.matches("g(a, i);").count(), all.matches("h(a);").count()), (6, 1));
        assert_eq!(all.matches('{').count(), all.matches('}').count());
        assert_eq!(all.matches("for (").count(), 1);
        let some = unrolled(&[("TALL", 3)], SOURCE, true);
        assert_eq!((some.matches("g(a, i);").count(), some.matches("for (var i").count()), (3, 3));
    }

    #[test]
    fn every_mark_in_the_shaders_is_understood() {
        for source in [
            include_str!("../ops/dense.wgsl"),
            include_str!("../ops/conv2d/conv2d.wgsl"),
            include_str!("tile.wgsl"),
        ] {
            for line in source.lines().filter(|line| line.contains("// unrolled")) {
                assert!(head(line, false).is_some(), "{line}");
            }
        }
    }
}
