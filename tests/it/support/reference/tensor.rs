//! A dense row-major block of f64, first axis the rows of the batch.

/// Numbers with a shape, last axis fastest.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub data: Vec<f64>,
}

impl Tensor {
    pub fn new(shape: &[usize], data: Vec<f64>) -> Tensor {
        assert_eq!(shape.iter().product::<usize>(), data.len(), "shape {shape:?}");
        Tensor { shape: shape.to_vec(), data }
    }

    pub fn zeros(shape: &[usize]) -> Tensor {
        Tensor { shape: shape.to_vec(), data: vec![0.0; shape.iter().product()] }
    }

    /// The length of the first axis.
    pub fn rows(&self) -> usize {
        self.shape[0]
    }

    /// How many numbers a row holds.
    pub fn width(&self) -> usize {
        self.shape[1..].iter().product()
    }

    pub fn row(&self, row: usize) -> &[f64] {
        let width = self.width();
        &self.data[row * width..(row + 1) * width]
    }

    /// Rows `first..last`.
    pub fn slice(&self, first: usize, last: usize) -> Tensor {
        let mut shape = self.shape.clone();
        shape[0] = last - first;
        let width = self.width();
        Tensor::new(&shape, self.data[first * width..last * width].to_vec())
    }

    pub fn map(&self, f: impl Fn(f64) -> f64) -> Tensor {
        Tensor { shape: self.shape.clone(), data: self.data.iter().map(|&x| f(x)).collect() }
    }
}
