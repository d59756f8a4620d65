// @ts-check
/** How training images are varied, in Python: as the core does it (src/data/augment.rs), with chance of PyTorch's own. */
import { lines, pyFloat } from "./write.js";

/** @param {import("./facts.js").Facts} facts */
export function varyBlock({ spec, image }) {
  const how = spec.data.augment;
  if (!image || !how) return null;
  const [, height, width] = image;
  const moves = how.shift > 0 || how.rotate > 0 || how.scale > 0;
  // Coordinates run from -1 to 1, whatever the sides are.
  const ratio = (height - 1) / Math.max(width - 1, 1);
  const [across, down] = ratio === 1 ? ["sin", "-sin"] : [`sin * ${pyFloat(ratio)}`, `-sin / ${pyFloat(ratio)}`];
  const step = (/** @type {number} */ side) => pyFloat((2 * side) / Math.max(side - 1, 1));
  return lines(
    `def vary(images${how.noise > 0 ? ", known" : ""}):`,
    '    """Training images as they might have been as well, anew each epoch."""',
    moves && "    draw = 2 * torch.rand(4, len(images), device=images.device) - 1",
    moves && `    angle = draw[0] * math.radians(${pyFloat(how.rotate)})`,
    moves && `    size = 1 + draw[1] * ${pyFloat(how.scale)}`,
    moves && "    cos, sin = angle.cos() / size, angle.sin() / size",
    moves && `    right = draw[2] * ${pyFloat(how.shift)} * ${step(width)}`,
    moves && `    down = draw[3] * ${pyFloat(how.shift)} * ${step(height)}`,
    moves && `    across, along = ${across}, ${down}`,
    moves && "    first = torch.stack([cos, across, -cos * right - across * down], dim=1)",
    moves && "    second = torch.stack([along, cos, -along * right - cos * down], dim=1)",
    moves && "    moves = torch.stack([first, second], dim=1)",
    moves && "    grid = F.affine_grid(moves, images.shape, align_corners=True)",
    moves && '    images = F.grid_sample(images, grid, padding_mode="border", align_corners=True)',
    how.noise > 0 && "    low = known.amin(dim=(0, 2, 3), keepdim=True)",
    how.noise > 0 && "    high = known.amax(dim=(0, 2, 3), keepdim=True)",
    how.noise > 0 && `    noise = ${pyFloat(how.noise)} * (high - low) * torch.randn_like(images)`,
    how.noise > 0 && "    images = torch.clamp(images + noise, low, high)",
    "    return images",
  );
}
