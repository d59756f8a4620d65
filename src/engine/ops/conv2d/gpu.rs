//! Convolution on the GPU, as an implicit product. Both gradients are one dispatch.

use crate::engine::gpu::{
    ACTIVATION, COMMON, Context, Drive, Grid, ProductShape, Recipe, SLOT, TILE, Tiles, code,
};
use crate::nn::layers::Conv2d;
use crate::nn::plan::{InputGradient, Op};

fn taps(conv: &Conv2d) -> usize {
    conv.from.channels * conv.kernel * conv.kernel
}

fn shape(conv: &Conv2d) -> ProductShape {
    let (outputs, back) = (conv.to.channels, conv.from.channels);
    let positions = conv.to.height * conv.to.width;
    ProductShape { outputs, inputs: taps(conv), back, positions }
}

fn tiles(context: &Context, conv: &Conv2d) -> Tiles {
    context.tiles(shape(conv)).shared()
}

impl Drive for Conv2d {
    fn product(&self, _: &Op) -> Option<ProductShape> {
        Some(shape(self))
    }

    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let tiles = tiles(context, self);
        let mut constants = context.slots(index, op);
        let numbers = [
            ("WEIGHT", self.weight.start),
            ("BIAS", self.bias.start),
            ("CHANNELS", self.from.channels),
            ("HEIGHT", self.from.height),
            ("WIDTH", self.from.width),
            ("FILTERS", self.to.channels),
            ("TO_HEIGHT", self.to.height),
            ("TO_WIDTH", self.to.width),
            ("KERNEL", self.kernel),
            ("STRIDE", self.stride),
            ("ABOVE", self.before[0]),
            ("LEFT", self.before[1]),
        ];
        constants.extend(numbers.map(|(name, number)| (name, number as f64)));
        constants.push(("ACTIVATION", code(self.activation)));
        let positions = self.to.height * self.to.width;
        Recipe {
            tiles: tiles.constants(),
            shared: &[COMMON, ACTIVATION, SLOT, TILE],
            source: include_str!("conv2d.wgsl"),
            entry: "forward",
            constants,
            grid: tiles.grid(self.to.channels.div_ceil(4 * tiles.forward) * positions),
            set: None,
        }
    }

    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        let Tiles { backward, tall, across, .. } = tiles(context, self);
        let mut recipe = self.forward(context, index, op);
        let groups = self.to.channels.div_ceil(4 * tall) * taps(self).div_ceil(4 * across);
        recipe.constants.push(("WEIGHT_GROUPS", groups as f64));
        recipe.entry = "backward";
        let blocks = self.from.channels.div_ceil(4 * backward) * self.from.height * self.from.width;
        recipe.grid = match op.input_gradient {
            InputGradient::Skip => Grid::fixed(groups),
            _ => Grid { fixed: groups, ..tiles(context, self).grid(blocks) },
        };
        Some(recipe)
    }
}
