//! What is asked for on the command line.

use std::path::PathBuf;

const HELP: &str = "\
Trains an experiment of the Trainyard page, with the same bits as the page, on the CPU.

usage: train EXPERIMENT [options]

EXPERIMENT is a file that the page saved (Export, Experiment file), or a Spec by itself. A file with weights goes on from
them. Training ends by the experiment's own stop contract.

  --epochs N       end after N epochs in all, whatever the experiment says
  --fresh          begin anew, without the file's weights
  --table FILE     the rows of a Spec whose source is \"table\": delimited text in UTF-8
  --data FOLDER    where the built-in data sets are (www/data of this repository)
  --out FILE       write the weights as safetensors
  --save FILE      write the experiment as it stands in the end; the page opens it
  --test           tell the scores of the test rows, too; a saved experiment counts that as a look at them
  --json           tell what came out as one JSON document
  --help, --version

Progress goes to standard error, the outcome to standard output. It exits with 0; with 1 where training diverged; with 2
where something was wrong, which it says in a sentence.";

/// What to do.
pub enum Asked {
    /// Train.
    Train(Arguments),
    /// Print a text.
    Print(String),
}

/// How to train.
#[derive(Default)]
pub struct Arguments {
    /// The experiment's file.
    pub file: PathBuf,
    /// Epochs in all, in place of what the experiment says.
    pub epochs: Option<u32>,
    /// Without the file's weights.
    pub fresh: bool,
    /// Rows of a Spec's own table.
    pub table: Option<PathBuf>,
    /// Where built-in sets are.
    pub data: Option<PathBuf>,
    /// Where the weights go.
    pub out: Option<PathBuf>,
    /// Where the experiment goes.
    pub save: Option<PathBuf>,
    /// Whether scores of test rows are told.
    pub test: bool,
    /// Whether the outcome is a document.
    pub json: bool,
}

/// Reads the arguments after the program's name.
pub fn read(mut given: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Arguments::default();
    let mut file = None;
    while let Some(word) = given.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
            _ => (word, None),
        };
        let mut value = || {
            let value = inline.clone().or_else(|| given.next());
            value
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("{name} needs a value; --help says which."))
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Asked::Print(HELP.into())),
            "--version" | "-V" => return Ok(Asked::Print(format!("train {}", env!("CARGO_PKG_VERSION")))),
            "--epochs" => asked.epochs = Some(epochs(&value()?)?),
            "--table" => asked.table = Some(value()?.into()),
            "--data" => asked.data = Some(value()?.into()),
            "--out" => asked.out = Some(value()?.into()),
            "--save" => asked.save = Some(value()?.into()),
            "--fresh" => asked.fresh = true,
            "--test" => asked.test = true,
            "--json" => asked.json = true,
            unknown if unknown.starts_with('-') => {
                return Err(format!("{unknown} is no option; --help lists those that there are."));
            }
            path if file.is_none() => file = Some(PathBuf::from(path)),
            more => return Err(format!("{more}: one experiment at a time.")),
        }
    }
    asked.file = file.ok_or("Which experiment? Name its file; --help says more.")?;
    Ok(Asked::Train(asked))
}

fn epochs(text: &str) -> Result<u32, String> {
    let epochs = text.parse().ok().filter(|epochs| (1..=1_000_000).contains(epochs));
    epochs.ok_or_else(|| format!("--epochs {text} is outside 1…1000000."))
}
