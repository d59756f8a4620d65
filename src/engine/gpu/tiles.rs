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

/// How many blocks of four by four a thread of a large product takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileSize {
    /// Of outputs, and of gradients of inputs.
    pub values: usize,
    /// Of gradients of weights.
    pub weights: usize,
}

impl TileSize {
    /// What may be tried on an adapter, the rule first.
    pub fn candidates(software: bool) -> &'static [TileSize] {
        const fn of([values, weights]: [usize; 2]) -> TileSize {
            TileSize { values, weights }
        }
        const SOFTWARE: [TileSize; 3] = [of([16, 16]), of([8, 8]), of([4, 4])];
        const HARDWARE: [TileSize; 3] = [of([4, 2]), of([8, 4]), of([2, 1])];
        if software { &SOFTWARE } else { &HARDWARE }
    }
}

/// Threads of a workgroup on hardware.
const HARDWARE_THREADS: usize = 64;
/// The most memory that threads of a workgroup share, by the specification, in bytes.
const SHARED_BYTES: usize = 16_384;

/// Lanes that software runs at a time: more to a workgroup would leave a second core idle.
const SOFTWARE_THREADS: usize = 4;
/// The most blocks along a side on software.
const MOST_BLOCKS: usize = 4;
/// Below so many products (of vectors) a step tiles of two blocks do: larger ones take longer to compile than they save.
const FEW_PRODUCTS: usize = 1 << 16;
/// Below so many weights their gradients' tiles have eight blocks at most.
const FEW_WEIGHTS: usize = 1 << 14;

/// A product of weights and vectors of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Product {
    /// Products of vectors in a step on batches of `vectors` vectors of rows.
    pub fn products(&self, vectors: usize) -> usize {
        self.outputs * self.inputs * self.positions * vectors
    }

    /// Whether it is so large that the size of its tiles counts.
    pub fn is_large(&self, vectors: usize) -> bool {
        self.products(vectors) >= FEW_PRODUCTS
    }
}

impl Tiles {
    /// For a product on batches of `vectors` vectors of rows, of the given size where it is large. How many threads a
    /// workgroup has, and in which order a sum is made, doesn't depend on the size.
    pub fn new(software: bool, size: TileSize, product: Product, vectors: usize) -> Tiles {
        let is_large = product.is_large(vectors);
        if !software {
            let TileSize { values, weights } =
                if is_large { size } else { TileSize::candidates(software)[0] };
            let ((high, wide), (tall, across)) = (sides(values), sides(weights));
            return Tiles { threads: HARDWARE_THREADS, wide, forward: high, backward: high, tall, across };
        }
        let Product { outputs, inputs, back, .. } = product;
        let blocks = |features: usize| features.div_ceil(4);
        let [most, most_weights] = match is_large {
            false => [2, 2],
            true if outputs * inputs < FEW_WEIGHTS => [size.values, size.weights.min(8)],
            true => [size.values, size.weights],
        };
        let (forward, wide) = best(blocks(outputs), vectors, most);
        let backward = best_of(MOST_BLOCKS, |high| match high * wide > most {
            true => usize::MAX,
            false => cost(blocks(back), vectors, high, wide),
        });
        let (tall, across) = best(blocks(outputs), blocks(inputs), most_weights);
        Tiles { threads: SOFTWARE_THREADS, wide, forward, backward, tall, across }
    }

    /// The same, with gradients of weights no larger than workgroups have room for where they share them.
    pub fn shared(mut self) -> Tiles {
        while self.shared_bytes() > SHARED_BYTES && self.tall * self.across > 1 {
            match self.across {
                1 => self.tall /= 2,
                _ => self.across /= 2,
            }
        }
        self
    }

    /// A sum of each weight and each bias of a tile for each thread.
    fn shared_bytes(&self) -> usize {
        4 * self.threads * (16 * self.tall * self.across + 4 * self.tall)
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

/// Sides of a tile of so many blocks, a power of two, on hardware: whatever the shape.
fn sides(blocks: usize) -> (usize, usize) {
    let wide = 1 << (blocks.ilog2() / 2);
    (blocks / wide, wide)
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
        let rule = TileSize::candidates(true)[0];
        let Tiles { wide, forward, backward, tall, across, .. } = Tiles::new(true, rule, product, vectors);
        [wide, forward, backward, tall, across]
    }

    const LARGE: Product = Product { outputs: 1024, inputs: 1024, back: 1024, positions: 1 };

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
        let rule = Tiles { threads: 64, wide: 2, forward: 2, backward: 2, tall: 2, across: 1 };
        let sizes = TileSize::candidates(false);
        assert_eq!(Tiles::new(false, sizes[0], LARGE, 64), rule);
        let small = Product { outputs: 8, inputs: 8, back: 8, positions: 1 };
        assert!(sizes.iter().all(|&size| Tiles::new(false, size, small, 3) == rule));
    }

    /// Sums are made by the threads of a workgroup in turn: as many of them for every size, and room for what they share.
    #[test]
    fn sizes_differ_in_tiles_alone() {
        for software in [false, true] {
            let sizes = TileSize::candidates(software);
            let tiles: Vec<Tiles> = sizes.iter().map(|&size| Tiles::new(software, size, LARGE, 64)).collect();
            for (tiles, size) in tiles.iter().zip(sizes) {
                assert_eq!(tiles.wide * tiles.forward, size.values);
                assert_eq!(tiles.tall * tiles.across, size.weights);
                let shared = tiles.shared();
                assert!(shared.shared_bytes() <= SHARED_BYTES && shared.tall * shared.across > 0);
                assert_eq!(Tiles { tall: tiles.tall, across: tiles.across, ..shared }, *tiles);
            }
            assert!(tiles.iter().all(|one| one.threads == tiles[0].threads));
            assert!((1..tiles.len()).all(|i| tiles[i] != tiles[0]));
        }
    }
}
