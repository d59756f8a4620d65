//! A table in numbers, for views: what each column holds, its histogram by class, correlations.

use super::dataset::Task;
use super::prepare::{Reading, classes};
use super::seen::Seen;
use super::table_spec::Kind;

/// Bars that a histogram may have.
const MOST_BINS: usize = 200;
/// Columns that are correlated with each other.
const MOST_CORRELATED: usize = 60;

/// A column in numbers, over the rows that cleaning steps leave.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSummary {
    /// The kind it counts as.
    pub kind: Kind,
    /// The kind it was inferred to be.
    pub inferred: Kind,
    /// Cells without a value of its kind.
    pub missing: usize,
    /// Different values.
    pub distinct: usize,
    /// Least, most, mean and median of numbers or days.
    pub numbers: Option<[f64; 4]>,
    /// Names with the number of their rows, the most frequent first; for columns of names.
    pub categories: Vec<(String, usize)>,
}

/// Rows over two columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// What the two columns hold.
    pub kinds: [Kind; 2],
    /// Their names by index, where they hold some.
    pub names: [Vec<String>; 2],
    /// Both columns and the target; NaN where a row has no target.
    pub values: [Vec<f64>; 3],
    /// The names of the classes, if the target has some.
    pub classes: Vec<String>,
    /// Rows that have both columns.
    pub rows: usize,
}

impl Seen {
    /// The column to predict.
    pub fn target(&self) -> &str {
        &self.cleaned.table.column(self.roles.target).name
    }

    /// Whether values or classes are to be predicted.
    pub fn task(&self) -> Task {
        match self.roles.classes {
            true => Task::Classification { classes: self.class_names().len() },
            false => Task::Regression { targets: 1 },
        }
    }

    fn class_names(&self) -> Vec<String> {
        let target = self.cleaned.table.column(self.roles.target);
        classes(target, &self.cleaned.rows).into_iter().map(|(name, _)| name).collect()
    }

    /// Numbers of a column's rows, as a model would read them.
    fn values(&self, column: usize, kind: Kind) -> Vec<Option<f64>> {
        Reading::values(self.cleaned.table.column(column), kind, &self.cleaned.rows)
    }

    /// The kind that a column is shown as: one that is left out is what it looks like.
    fn shown(&self, column: usize) -> Kind {
        match self.roles.kinds[column] {
            Kind::Ignore => self.cleaned.table.column(column).profile().base,
            kind => kind,
        }
    }

    /// The rows that have both columns, at most `most` of them, evenly taken.
    pub fn scatter(&self, columns: [usize; 2], most: usize) -> Scatter {
        let kinds = columns.map(|column| self.shown(column));
        let [x, y] = [0, 1].map(|axis| self.values(columns[axis], kinds[axis]));
        let target = self.roles.target;
        let told = self.values(target, self.roles.target_kind());
        let there: Vec<usize> = (0..x.len()).filter(|&row| x[row].is_some() && y[row].is_some()).collect();
        let kept = there.len().min(most);
        let chosen = || (0..kept).map(|i| there[i * there.len() / kept]);
        let taken = |values: &[Option<f64>]| chosen().map(|row| values[row].unwrap_or(f64::NAN)).collect();
        let names = [0, 1].map(|axis| {
            let own = self.cleaned.table.column(columns[axis]);
            Reading::names(own, kinds[axis], &self.cleaned.rows).texts(own)
        });
        let classes = if self.roles.classes { self.class_names() } else { vec![] };
        Scatter { kinds, names, values: [taken(&x), taken(&y), taken(&told)], classes, rows: there.len() }
    }

    /// A column in numbers.
    pub fn column(&self, column: usize) -> ColumnSummary {
        let own = self.cleaned.table.column(column);
        let kind = self.roles.kinds[column];
        let shown = self.shown(column);
        let all = self.cleaned.rows.len();
        let (mut numbers, mut categories) = (None, vec![]);
        let (missing, distinct);
        if shown == Kind::Category {
            categories = classes(own, &self.cleaned.rows);
            distinct = categories.len();
            missing = all - categories.iter().map(|(_, rows)| rows).sum::<usize>();
            categories.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        } else {
            let mut values: Vec<f64> = self.values(column, shown).into_iter().flatten().collect();
            values.sort_unstable_by(f64::total_cmp);
            missing = all - values.len();
            distinct = values.chunk_by(|a, b| a == b).count();
            if let (Some(&least), Some(&most)) = (values.first(), values.last()) {
                let middle = |at: usize| values[at / 2];
                let median = (middle(values.len() - 1) + middle(values.len())) / 2.0;
                numbers = Some([least, most, values.iter().sum::<f64>() / values.len() as f64, median]);
            }
        }
        ColumnSummary { kind, inferred: own.profile().kind(), missing, distinct, numbers, categories }
    }

    /// Edges of `bins` bars (or one bar a name), and for each class its rows in each bar. Values have one class.
    pub fn histogram(&self, column: usize, bins: usize) -> (Vec<f64>, Vec<(String, Vec<u32>)>) {
        let kind = self.shown(column);
        let values = self.values(column, kind);
        let known = || values.iter().flatten().copied();
        let least = known().fold(f64::INFINITY, f64::min);
        let most = known().fold(f64::NEG_INFINITY, f64::max);
        let is_named = kind == Kind::Category;
        let (bins, low, high) = match (is_named, least <= most) {
            (_, false) => (1, 0.0, 1.0),
            (true, _) => (most as usize + 1, -0.5, most + 0.5),
            (false, _) if least == most => (1, least - 0.5, least + 0.5),
            (false, _) => (bins.clamp(1, MOST_BINS), least, most),
        };
        let width = (high - low) / bins as f64;
        let class_names =
            if self.roles.classes { self.class_names() } else { vec![self.target().to_owned()] };
        let labels = match self.roles.classes {
            true => self.values(self.roles.target, Kind::Category),
            false => vec![Some(0.0); values.len()],
        };
        let mut counts = vec![vec![0_u32; bins]; class_names.len()];
        for (value, label) in values.iter().zip(labels) {
            if let (Some(value), Some(label)) = (value, label) {
                let bin = ((value - low) / width) as usize;
                counts[label as usize][bin.min(bins - 1)] += 1;
            }
        }
        let edges = (0..=bins).map(|edge| low + edge as f64 * width).collect();
        (edges, class_names.into_iter().zip(counts).collect())
    }

    /// Columns of numbers, the target among them, and the correlation of each two (Pearson), row by row. Pairs with a
    /// gap don't count; a constant has none: NaN.
    pub fn correlations(&self) -> (Vec<String>, Vec<f64>) {
        let is_number = |&column: &usize| matches!(self.roles.kinds[column], Kind::Number | Kind::Date);
        let columns: Vec<usize> = self.roles.used().filter(is_number).collect();
        // The target stands last.
        let columns = &columns[columns.len().saturating_sub(MOST_CORRELATED)..];
        let values: Vec<Vec<Option<f64>>> =
            columns.iter().map(|&column| self.values(column, self.roles.kinds[column])).collect();
        let count = columns.len();
        let mut matrix = vec![1.0; count * count];
        for i in 0..count {
            for j in 0..i {
                let r = correlation(&values[i], &values[j]);
                (matrix[i * count + j], matrix[j * count + i]) = (r, r);
            }
        }
        (columns.iter().map(|&column| self.cleaned.table.column(column).name.clone()).collect(), matrix)
    }
}

fn correlation(a: &[Option<f64>], b: &[Option<f64>]) -> f64 {
    let pairs = || a.iter().zip(b).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let (mut count, mut sum_a, mut sum_b) = (0.0, 0.0, 0.0);
    pairs().for_each(|(a, b)| (count, sum_a, sum_b) = (count + 1.0, sum_a + a, sum_b + b));
    let (mean_a, mean_b) = (sum_a / count, sum_b / count);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in pairs() {
        let (a, b) = (a - mean_a, b - mean_b);
        (aa, bb, ab) = (aa + a * a, bb + b * b, ab + a * b);
    }
    // Of a constant 0/0, which is NaN.
    (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0)
}
