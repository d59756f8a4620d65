//! Cross-validation, a run a fold: who knows the Spec, the rows and how they are dealt can open any of them alone.

use super::folds::{FoldOptions, Folds, MOST_FOLDS, check_lengths, folds};
use super::scores::{Given, Scores, scores};
#[cfg(feature = "table")]
use crate::data::seen::Seen;
use crate::data::{Dataset, Split, gather, split};
use crate::error::{Error, Result};
#[cfg(feature = "table")]
use crate::run::check_takes_table;
use crate::run::{Answers, Part, Run, Spec, part_rows};
use crate::train::stop::{GoalMetric, Stop};

/// Share of a fold's training rows by which it is stopped, where the Spec has no validation rows to say how many.
const WATCHED: f64 = 0.1;

/// By what rows are dealt beside their classes.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum By {
    /// Nothing.
    #[default]
    Chance,
    /// Groups that stay together: a number a row.
    Groups(Vec<u32>),
    /// The names of a table's column, which stay together.
    GroupColumn(String),
    /// Blocks of rows in their order.
    Order,
    /// Blocks by time: finite numbers, one a row.
    Times(Vec<f64>),
    /// Blocks by a table's column of numbers or dates.
    TimeColumn(String),
}

/// How rows are dealt.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldingOptions {
    /// 2…20; `None` is one a row.
    pub folds: Option<u32>,
    /// How often rows are dealt anew, 1…100.
    pub repeats: u32,
    /// Of the order in which they are dealt.
    pub seed: u32,
    /// Whether classes are dealt evenly; no effect on values and blocks.
    pub stratify: bool,
    /// By what else.
    pub by: By,
}

/// Rows that are dealt into folds, and the experiment that each of them is.
///
/// The test rows of the Spec's split are taken out before: no run of a fold has them.
#[derive(Debug)]
pub struct Folding {
    spec: Spec,
    /// The rows that are dealt, in the order of the data.
    pool: Dataset,
    /// Their numbers in the data.
    rows: Vec<u32>,
    folds: u32,
    dealt: Folds,
}

impl Folding {
    /// Of a Spec that makes its rows, or is given them.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    pub fn new(spec: Spec, rows: Option<Dataset>, options: &FoldingOptions) -> Result<Folding> {
        let data = Run::rows(&spec, rows)?;
        let unknown = |path: &str| -> Result<Folding> {
            let what = "a column by its name needs a table; give a number a row".into();
            Err(Error::Spec { path: path.into(), what })
        };
        match &options.by {
            By::GroupColumn(_) => unknown("groups"),
            By::TimeColumn(_) => unknown("times"),
            By::Groups(groups) => Self::deal(spec, data, options, Some(groups.clone()), None),
            By::Times(times) => Self::deal(spec, data, options, None, Some(times.clone())),
            By::Chance | By::Order => Self::deal(spec, data, options, None, None),
        }
    }

    /// Of a table that was seen under the Spec's settings. Numbers of groups and times are of the rows that cleaning leaves.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    #[cfg(feature = "table")]
    pub fn of_seen(spec: Spec, seen: &Seen, options: &FoldingOptions) -> Result<Folding> {
        check_takes_table(&spec)?;
        let (data, _) = seen.prepare()?;
        let of_rows = || data.about().map_or(&[][..], |about| &about.rows);
        let (groups, times) = match &options.by {
            By::Chance | By::Order => (None, None),
            By::Groups(groups) => (Some(groups.clone()), None),
            By::GroupColumn(column) => (Some(seen.groups(column, of_rows())?), None),
            By::Times(times) => (None, Some(times.clone())),
            By::TimeColumn(column) => (None, Some(seen.times(column, of_rows())?)),
        };
        Self::deal(spec, data, options, groups, times)
    }

    fn deal(
        spec: Spec,
        data: Dataset,
        options: &FoldingOptions,
        groups: Option<Vec<u32>>,
        times: Option<Vec<f64>>,
    ) -> Result<Folding> {
        check_ends(&spec)?;
        let all = data.rows();
        check_lengths(
            &[("groups", groups.as_ref().map(Vec::len)), ("times", times.as_ref().map(Vec::len))],
            all,
        )?;
        let Split { train, validation, .. } = split(&data, &spec.data.split, spec.seed)?;
        let mut rows = [train, validation].concat();
        rows.sort_unstable();
        let pool = data.take(&rows);
        let blocked = matches!(options.by, By::Order | By::Times(_) | By::TimeColumn(_));
        let strata: Option<Vec<u32>> = (options.stratify && pool.task.classes().is_some() && !blocked)
            .then(|| pool.targets.iter().map(|&class| class as u32).collect());
        let groups = groups.map(|groups| gather(&groups, 1, &rows));
        let times = times.map(|times| gather(&times, 1, &rows));
        let count = options.folds.unwrap_or(rows.len() as u32);
        let dealt = folds(
            rows.len(),
            &FoldOptions {
                folds: count,
                repeats: options.repeats,
                seed: options.seed,
                strata: strata.as_deref(),
                groups: groups.as_deref(),
                blocked,
                times: times.as_deref(),
            },
        )?;
        Ok(Folding { spec, pool, rows, folds: count, dealt })
    }

    /// How many runs there are: folds × repeats.
    pub fn runs(&self) -> u32 {
        self.folds * self.dealt.len() as u32
    }

    /// How many folds a repeat has.
    pub fn folds(&self) -> u32 {
        self.folds
    }

    /// The fold of each row of [`rows`](Self::rows), `[repeat][row]`.
    pub fn dealt(&self) -> &Folds {
        &self.dealt
    }

    /// The rows that are dealt, by their numbers in the data: all but those of the test set.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The rows that validate run `index`: places in [`rows`](Self::rows), ascending.
    ///
    /// # Errors
    /// [`Error::Spec`] for a run that isn't there.
    pub fn validation(&self, index: u32) -> Result<Vec<u32>> {
        if index >= self.runs() {
            let what = format!("{index} is outside 0…{}", self.runs() - 1);
            return Err(Error::Spec { path: "index".into(), what });
        }
        let (of_rows, fold) = (&self.dealt[(index / self.folds) as usize], index % self.folds);
        Ok((0..of_rows.len() as u32).filter(|&row| of_rows[row as usize] == fold).collect())
    }

    /// Opens run `index`: fold `index % folds` of repeat `index / folds` validates, all other rows train. Everything that
    /// is fitted to rows is fitted to the training rows. The validation rows are [`Part::Validation`], in the order of the
    /// data; there are no test rows.
    ///
    /// Where the stop contract looks at rows that aren't trained on (patience, the best epoch, a goal of test rows), some
    /// of the training rows are set aside for that, as many as the Spec's share of validation rows, or a tenth: the
    /// rows that judge a run have no say in when it stops.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path: a fold may leave too few rows.
    pub fn open(&self, index: u32) -> Result<Run> {
        let validation = self.validation(index)?;
        let (of_rows, fold) = (&self.dealt[(index / self.folds) as usize], index % self.folds);
        let mut train: Vec<u32> =
            (0..of_rows.len() as u32).filter(|&row| of_rows[row as usize] != fold).collect();
        let mut watched = vec![];
        if looks_beyond_training(&self.spec.training.stop) && train.len() > 2 {
            (watched, train) = self.set_aside(&train)?;
        }
        let split = Split { train, validation, test: vec![] };
        Run::of_split(self.spec.clone(), self.pool.clone(), split, watched)
    }

    /// Those of a fold's training rows by which it may stop, and the others, which it learns from.
    fn set_aside(&self, train: &[u32]) -> Result<(Vec<u32>, Vec<u32>)> {
        let shares = &self.spec.data.split;
        let own = shares.validation / (shares.train + shares.validation);
        let share = if shares.validation > 0.0 { own } else { WATCHED };
        let parts = ((1.0 / share).round() as u32).clamp(2, MOST_FOLDS).min(train.len() as u32);
        let classes: Vec<u32> = match self.pool.task.classes() {
            Some(_) => train.iter().map(|&row| self.pool.targets[row as usize] as u32).collect(),
            None => vec![0; train.len()],
        };
        let options = FoldOptions {
            folds: parts,
            repeats: 1,
            seed: self.spec.seed,
            strata: Some(&classes),
            ..FoldOptions::default()
        };
        let part = folds(train.len(), &options)?.remove(0);
        let mut counts = vec![0_u32; classes.iter().max().map_or(0, |&last| last as usize + 1)];
        classes.iter().for_each(|&class| counts[class as usize] += 1);
        // A class's only row is learned from.
        let is_watched = |place: usize| part[place] == 0 && counts[classes[place] as usize] > 1;
        let (watched, kept): (Vec<u32>, Vec<u32>) =
            (0..train.len() as u32).partition(|&place| is_watched(place as usize));
        Ok((gather(train, 1, &watched), gather(train, 1, &kept)))
    }
}

/// What a run's outputs mean to scores.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    columns: usize,
    classes: Option<usize>,
    is_raw: bool,
}

impl Meaning {
    /// Those of a run.
    pub fn of(run: &Run) -> Meaning {
        let task = run.data().task;
        Meaning { columns: task.targets(), classes: task.classes(), is_raw: !run.plan().loss.takes_logits() }
    }

    /// Such outputs beside their targets, with the class of each row where there are classes.
    pub fn given<'a>(self, outputs: &'a [f64], targets: &'a [f64], decided: &'a [u32]) -> Given<'a> {
        Given {
            columns: self.columns,
            decided: self.classes.map(|_| decided),
            is_raw: self.is_raw,
            ..Given::new(outputs, targets, self.classes)
        }
    }
}

/// What a model is worth on the rows of a part; `None` when it has none.
///
/// # Errors
/// Outputs that aren't finite, as those of a model that diverged.
pub fn score_part(
    run: &mut Run,
    part: Part,
    seed: u32,
    with_intervals: bool,
) -> Result<Option<(Scores, Answers)>> {
    let rows = part_rows(run.split(), part);
    if rows.is_empty() {
        return Ok(None);
    }
    let meaning = Meaning::of(run);
    let targets = gather(&run.data().targets, meaning.columns, rows);
    let answers = run.classify_part(part)?;
    let given = Given { seed, with_intervals, ..meaning.given(&answers.outputs, &targets, &answers.classes) };
    let found = scores(&given)?;
    Ok(Some((found, answers)))
}

fn looks_beyond_training(stop: &Stop) -> bool {
    let of_test = |metric| metric != GoalMetric::TrainingLoss;
    stop.patience.is_some() || stop.restore_best || stop.goal.is_some_and(|goal| of_test(goal.metric))
}

fn check_ends(spec: &Spec) -> Result<()> {
    let stop = &spec.training.stop;
    if stop.max_epochs.is_some() || stop.patience.is_some() {
        return Ok(());
    }
    let what = "is null, and folds have to end: give a number of epochs, or patience".into();
    Err(Error::Spec { path: "training.stop.maxEpochs".into(), what })
}
