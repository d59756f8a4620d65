//! The rows of an experiment, wherever they are, and the run on them.

use super::arguments::Arguments;
use super::experiment::Experiment;
use super::{Sentence, edits, pictures, read};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use trainyard::data::Table;
use trainyard::data::csv::Reader;
use trainyard::export::Exporter;
use trainyard::run::{EngineChoice, SourceSpec, Spec};

/// A run on its rows.
pub struct Opened {
    /// The run, which can be exported.
    pub run: Exporter,
    /// Whether its test rows have a padlock in the page.
    pub is_locked: bool,
    /// What is to be known of it.
    pub notes: Vec<String>,
}

/// What is made with a table: its files are read as text, so no workbook, and no other encoding.
const ADVICE: &str =
    "Open it in the page, save the experiment there, and train that file: it brings the rows along.";

/// Opens an experiment.
pub fn open(experiment: &Experiment, asked: &Arguments) -> Result<Opened, Sentence> {
    let spec = Spec::from_json(&experiment.document).map_err(|error| format!("{error}."))?;
    let mut notes = vec![];
    if spec.engine == EngineChoice::Gpu {
        notes.push(
            "The Spec asks for the GPU. The CPU trains here: its numbers are the same on every machine."
                .into(),
        );
    }
    let is_locked = spec.data.source.is_table();
    let name = match &spec.data.source {
        SourceSpec::Rows => {
            return Err(
                "data.source: \"rows\" are numbers that a program gives; a file has none. Take \"table\"."
                    .into(),
            );
        }
        SourceSpec::Table => "table",
        SourceSpec::Set(name) => name,
        _ => {
            let run = Exporter::open(spec, None).map_err(|error| format!("{error}."))?;
            return Ok(Opened { run, is_locked, notes });
        }
    };
    let name = name.to_owned();
    let (title, bytes) = match name.as_str() {
        "table" => own(experiment, asked)?,
        name => built_in(name, asked)?,
    };
    let is_of_sounds = pictures::is_sounds(&bytes);
    let run = if is_of_sounds || pictures::is_pictures(&bytes) {
        let set =
            pictures::read(&bytes).ok_or_else(|| format!("{title} is cut or damaged. Take another copy."))?;
        on_pictures(&set, experiment, is_of_sounds)?
    } else {
        let table = table(&spec, &title, &bytes)?;
        Exporter::of_table(spec, &table).map_err(|error| format!("{error}."))?
    };
    Ok(Opened { run, is_locked, notes })
}

/// Rows that the experiment brings, or that are given.
fn own(experiment: &Experiment, asked: &Arguments) -> Result<(String, Vec<u8>), Sentence> {
    match (&asked.table, &experiment.table) {
        (Some(file), _) => Ok((file.display().to_string(), read(file)?)),
        (None, Some((title, rows))) => Ok((title.clone(), rows.clone().into_bytes())),
        (None, None) => {
            Err("data.source: \"table\" has its rows elsewhere. Name their file: --table rows.csv.".into())
        }
    }
}

/// A set that the page has built in.
fn built_in(name: &str, asked: &Arguments) -> Result<(String, Vec<u8>), Sentence> {
    if asked.table.is_some() {
        return Err(format!(
            "data.source: \"{name}\" has rows of its own. Leave out --table, or take \"table\"."
        ));
    }
    let folder = match &asked.data {
        Some(folder) => folder.clone(),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/data"),
    };
    let files = ["csv", "images", "sounds"].map(|ending| folder.join(format!("{name}.{ending}")));
    let file = files.iter().find(|file| file.exists()).ok_or_else(|| {
        format!(
            "data.source: there is no set \"{name}\" in {}. Those there are: {}. --data names another folder.",
            folder.display(),
            sets_in(&folder).join(", ")
        )
    })?;
    Ok((file.display().to_string(), pictures::unpacked(read(file)?)))
}

fn sets_in(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "images" || end == "sounds"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

fn table(spec: &Spec, title: &str, bytes: &[u8]) -> Result<Table, Sentence> {
    let read = &spec.data.table.read;
    let is_other = |chosen: &Option<String>, plain: &str| chosen.as_ref().is_some_and(|name| name != plain);
    if std::str::from_utf8(bytes).is_err()
        || is_other(&read.encoding, "utf-8")
        || is_other(&read.format, "delimited")
    {
        return Err(format!("{title} is no delimited text in UTF-8, and no other is read here. {ADVICE}"));
    }
    Reader::read_with(bytes, read.clone()).map_err(|error| format!("{title}: {error}. {ADVICE}"))
}

/// As the page has it: the core is given pixels and knows of no file.
fn on_pictures(
    set: &pictures::Pictures,
    experiment: &Experiment,
    is_of_sounds: bool,
) -> Result<Exporter, Sentence> {
    let mut document = experiment.document.clone();
    let data = document["data"].take();
    if is_of_sounds && !data["augment"].is_null() {
        return Err("data.augment: sounds are not varied; leave it out.".into());
    }
    let kept = ["scale", "split", "corrupt", "augment"].into_iter().filter(|&key| !data[key].is_null());
    document["data"] = kept.map(|key| (key.to_owned(), data[key].clone())).collect();
    document["data"]["source"] = json!("rows");
    let edits = edits::read(&data["clean"], set)?;
    let (order, labels) = match edits.is_none() {
        true => ((0..set.labels.len()).collect(), set.labels.clone()),
        false => {
            let spec = Spec::from_json(&document).map_err(|error| format!("{error}."))?;
            let arranged = edits.arranged(set, &spec)?;
            document["data"]["split"] = arranged.split;
            (arranged.order, arranged.labels)
        }
    };
    let spec = Spec::from_json(&document).map_err(|error| format!("{error}."))?;
    let rows = set.rows(&order, &labels).map_err(|error| format!("{error}."))?;
    Exporter::open(spec, Some(rows)).map_err(|error| format!("{error}."))
}

/// Of a document, the text of a value as a sentence names it.
pub fn told(value: &Value) -> String {
    value.to_string().chars().take(40).collect()
}
