//! How large a piece of a product one thread makes. A graphics card has few registers a thread and many threads; an
//! adapter made of software has the stack, and loads cost it most: one lane at a time, some five times a product.

use super::kernel::Grid;

/// Sizes of tiles, as constants of `dense.wgsl` and `conv.wgsl`. Blocks are of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// Threads of a workgroup.
    pub threads: usize,
    /// Vectors of rows.
    pub wide: usize,
    /// Blocks of outputs.
    pub forward: usize,
    /// Blocks of inputs that get their gradient.
    pub backward: usize,
    /// Blocks of outputs whose weights get theirs,
    pub tall: usize,
    /// by blocks of their inputs.
    pub across: usize,
}

/// On hardware, whatever the shape.
const HARDWARE: Tiles = Tiles { threads: 64, wide: 2, forward: 2, backward: 2, tall: 2, across: 1 };

/// Lanes that software runs at a time: more to a workgroup would leave a second core idle.
const SOFTWARE_THREADS: usize = 4;
/// The most blocks along a side on software.
const MOST_BLOCKS: usize = 4;
/// Below so many products (of vectors) a step tiles of two blocks do: larger ones take longer to compile than they save.
const FEW_PRODUCTS: usize = 1 << 16;
/// Below so many weights their gradients' tiles have eight blocks at most.
const FEW_WEIGHTS: usize = 1 << 14;

/// A product of weights and vectors of rows.
#[derive(Debug, Clone, Copy)]
pub struct Product {
    /// Features or channels that come out.
    pub outputs: usize,
    /// Weights of each.
    pub inputs: usize,
    /// Features or channels that get a gradient.
    pub back: usize,
    /// Positions in an image; else one.
    pub positions: usize,
}

impl Tiles {
    /// For a product on batches of `vectors` vectors of rows.
    pub fn new(software: bool, product: Product, vectors: usize) -> Tiles {
        if !software {
            return HARDWARE;
        }
        let Product { outputs, inputs, back, positions } = product;
        let blocks = |features: usize| features.div_ceil(4);
        let [most, most_weights] = if outputs * inputs * positions * vectors < FEW_PRODUCTS {
            [2, 2]
        } else if outputs * inputs < FEW_WEIGHTS {
            [MOST_BLOCKS * MOST_BLOCKS, 8]
        } else {
            [MOST_BLOCKS * MOST_BLOCKS, MOST_BLOCKS * MOST_BLOCKS]
        };
        let (forward, wide) = best(blocks(outputs), vectors, most);
        let backward = best_of(MOST_BLOCKS, |high| match high * wide > most {
            true => usize::MAX,
            false => cost(blocks(back), vectors, high, wide),
        });
        let (tall, across) = best(blocks(outputs), blocks(inputs), most_weights);
        Tiles { threads: SOFTWARE_THREADS, wide, forward, backward, tall, across }
    }

    /// A thread for each of `blocks` of features and each [`wide`](Self::wide) vectors of rows.
    pub fn grid(&self, blocks: usize) -> Grid {
        Grid { fixed: 0, tiles: blocks, width: self.wide, threads: self.threads }
    }

    /// Their names in the shaders.
    pub fn constants(&self) -> Vec<(&'static str, usize)> {
        vec![
            ("THREADS", self.threads),
            ("WIDE", self.wide),
            ("FORWARD", self.forward),
            ("BACKWARD", self.backward),
            ("TALL", self.tall),
            ("ACROSS", self.across),
        ]
    }
}

/// What covering `rows` by `columns` blocks with tiles takes: for each tile, products and loads.
fn cost(rows: usize, columns: usize, high: usize, wide: usize) -> usize {
    rows.div_ceil(high) * columns.div_ceil(wide) * (4 * high * wide + 5 * (high + wide))
}

/// Sides of the cheapest tile of at most `most` blocks.
fn best(rows: usize, columns: usize, most: usize) -> (usize, usize) {
    let index = best_of(MOST_BLOCKS * MOST_BLOCKS, |i| {
        match ((i - 1) / MOST_BLOCKS + 1, (i - 1) % MOST_BLOCKS + 1) {
            (high, wide) if high * wide <= most => cost(rows, columns, high, wide),
            _ => usize::MAX,
        }
    });
    ((index - 1) / MOST_BLOCKS + 1, (index - 1) % MOST_BLOCKS + 1)
}

/// The number from 1 to `most` that costs least.
fn best_of(most: usize, cost: impl Fn(usize) -> usize) -> usize {
    (1..=most).min_by_key(|&n| cost(n)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dense(outputs: usize, inputs: usize, vectors: usize) -> [usize; 5] {
        let product = Product { outputs, inputs, back: inputs, positions: 1 };
        let Tiles { wide, forward, backward, tall, across, .. } = Tiles::new(true, product, vectors);
        [wide, forward, backward, tall, across]
    }

    #[test]
    fn software_gets_tiles_that_fit() {
        assert_eq!(dense(128, 784, 16), [4, 4, 4, 4, 4]);
        assert_eq!(dense(10, 2000, 5), [3, 3, 4, 3, 4]);
        assert_eq!(dense(1, 1, 1), [1, 1, 1, 1, 1]);
        let [wide, forward, backward, tall, across] = dense(8, 8, 3);
        assert!(wide * forward <= 2 && wide * backward <= 2 && tall * across <= 2);
    }

    #[test]
    fn hardware_gets_what_its_registers_hold() {
        let product = Product { outputs: 1024, inputs: 1024, back: 1024, positions: 1 };
        assert_eq!(Tiles::new(false, product, 64), HARDWARE);
    }
}
