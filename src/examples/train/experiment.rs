//! The experiment's file, as the page reads and writes it (www/features/share/experimentFile.js).

use super::{Sentence, base64};
use serde_json::{Value, json};
use std::path::Path;
use trainyard::run::checkpoint::fnv1a;

/// What is written; files of version 1 have no checksum.
const VERSION: u64 = 2;
/// Where the last field begins, in a text without blanks.
const CHECKSUM: &[u8] = b",\"checksum\":\"";

/// All that may have computed a run: the exact core, as here, the fast one, a GPU, or whoever an older file was of.
const ENGINES: [&str; 4] = ["cpu", "fast", "gpu", "unknown"];

/// An experiment.
pub struct Experiment {
    /// Its Spec, as the page has it.
    pub document: Value,
    /// The title of its own table, and its rows: CSV, or pictures.
    pub table: Option<(String, String)>,
    /// The run, where it was saved.
    pub checkpoint: Option<Vec<u8>>,
    /// How often its test rows had been looked at.
    pub looks: u64,
    /// Who computed the checkpoint (`ENGINES`); of older files nobody knows.
    pub engines: Vec<String>,
    /// The page's own settings.
    link: Value,
}

impl Experiment {
    /// Of the bytes of a file of that name: one of the page's, or a Spec by itself.
    pub fn read(file: &Path, bytes: &[u8]) -> Result<Experiment, Sentence> {
        let file = file.display();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut read: Value = serde_json::from_slice(bytes).map_err(|error| {
            format!("{file} is neither an experiment nor a Spec: it is no valid JSON ({error}).")
        })?;
        if !read.is_object() {
            return Err(format!("{file} is neither an experiment nor a Spec: it is no JSON object."));
        }
        if read["trainyard"].is_null() {
            let link = "".into();
            let engines = vec![];
            return Ok(Experiment { document: read, table: None, checkpoint: None, looks: 0, engines, link });
        }
        match read["trainyard"].as_u64() {
            Some(1) => {}
            Some(VERSION) => check(bytes).map_err(|what| format!("{file} {what}"))?,
            _ => {
                return Err(format!(
                    "{file} has format version {}; this program reads versions 1 to {VERSION}. Build it anew from a \
                     newer source.",
                    read["trainyard"]
                ));
            }
        }
        let document = read["spec"].take();
        if document.as_object().is_none_or(|spec| spec.is_empty()) {
            return Err(format!(
                "{file} has a link and no \"spec\". Open it in the page, and save it there again."
            ));
        }
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let table = match &read["table"] {
            Value::Null => None,
            table => Some(
                text(&table["title"])
                    .zip(text(&table["csv"]))
                    .ok_or_else(|| format!("{file}: its \"table\" is missing its title or its rows."))?,
            ),
        };
        let checkpoint = match &read["checkpoint"] {
            Value::Null => None,
            saved => Some(
                saved
                    .as_str()
                    .and_then(base64::bytes)
                    .ok_or_else(|| format!("{file}: its \"checkpoint\" is damaged. Take another copy."))?,
            ),
        };
        let looks = match &read["looks"] {
            Value::Null => 0,
            looks => looks
                .as_u64()
                .ok_or_else(|| format!("{file}: its \"looks\" must be a whole number from 0."))?,
        };
        let engines = match &read["engines"] {
            Value::Null => checkpoint.iter().map(|_| "unknown".to_owned()).collect(),
            said => engines(said).ok_or_else(|| {
                format!(
                    "{file}: its \"engines\" is {said}. It must be a list of these, each at most once: {}.",
                    ENGINES.join(", ")
                )
            })?,
        };
        Ok(Experiment { document, table, checkpoint, looks, engines, link: read["link"].take() })
    }

    /// Where its rows come from, by name.
    pub fn source(&self) -> &str {
        self.document["data"]["source"].as_str().unwrap_or("")
    }

    /// Ends after so many epochs.
    pub fn stop_after(&mut self, epochs: u32) {
        let mut at = &mut self.document;
        for part in ["training", "stop"] {
            if !at.is_object() {
                return; // the Spec's reader says so
            }
            at = &mut at[part];
            if at.is_null() {
                *at = json!({});
            }
        }
        if at.is_object() {
            at["maxEpochs"] = epochs.into();
        }
    }

    /// The file of the experiment where it stands now, after it went on here.
    pub fn with(&self, epoch: u32, looks: u64, checkpoint: &[u8]) -> String {
        let table = self.table.as_ref().map(|(title, csv)| json!({ "title": title, "csv": csv }));
        let mut fields = vec![
            ("trainyard", VERSION.into()),
            ("link", self.link.clone()),
            ("epoch", epoch.into()),
            ("spec", self.document.clone()),
            ("table", table.into()),
        ];
        if looks > 0 {
            fields.push(("looks", looks.into()));
        }
        let here = Some("cpu").filter(|here| !self.engines.iter().any(|one| one == here));
        fields.push(("engines", self.engines.iter().map(String::as_str).chain(here).collect()));
        fields.push(("checkpoint", base64::text(checkpoint).into()));
        let fields: Vec<String> =
            fields.iter().map(|(name, value): &(_, Value)| format!(" \"{name}\": {value}")).collect();
        let text = format!("{{\n{}", fields.join(",\n"));
        let sum = fnv1a(compact(text.as_bytes()));
        format!("{text},\n \"checksum\": \"{sum:016x}\"\n}}")
    }
}

/// Who computed it, as a file says.
fn engines(said: &Value) -> Option<Vec<String>> {
    let said = said.as_array()?;
    let is_known =
        |(i, one): (usize, &Value)| ENGINES.iter().any(|engine| one == engine) && !said[..i].contains(one);
    let is_right = said.iter().enumerate().all(is_known);
    is_right.then(|| said.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
}

/// Whether a file is as it was written.
fn check(bytes: &[u8]) -> Result<(), &'static str> {
    let compact: Vec<u8> = compact(bytes).collect();
    let start = compact.windows(CHECKSUM.len()).rposition(|window| window == CHECKSUM);
    let (body, said) = start
        .map(|start| (&compact[..start], &compact[start + CHECKSUM.len()..]))
        .filter(|(_, said)| said.ends_with(b"\"}") && said.iter().filter(|&&byte| byte == b'"').count() == 1)
        .ok_or("lacks its checksum, so it may be incomplete. Copy it again.")?;
    let sum = format!("{:016x}\"}}", fnv1a(body.iter().copied()));
    if sum.as_bytes() != said {
        return Err(
            "was damaged or changed since it was saved: its checksum doesn't match. Take another copy. To \
                    change an experiment, open it in the page and edit its Spec.",
        );
    }
    Ok(())
}

/// A JSON text without the blanks between its tokens.
fn compact(text: &[u8]) -> impl Iterator<Item = u8> {
    let (mut is_text, mut is_escaped) = (false, false);
    text.iter().copied().filter(move |&byte| {
        if !is_text && matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            return false;
        }
        match byte {
            _ if is_escaped => is_escaped = false,
            b'"' => is_text = !is_text,
            b'\\' => is_escaped = is_text,
            _ => {}
        }
        true
    })
}
