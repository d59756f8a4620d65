// @ts-check
/** Whether WebAssembly here has a multiply-add that rounds as the machine likes: a module of that one instruction says so. */

// (a, b, c) => f32x4.relaxed_madd(a, b, c)
const MODULE = [
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 8, 1, 0x60, 3, 0x7b, 0x7b, 0x7b, 1, 0x7b],
  ...[3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 0x02, 0x0b],
];

export const hasRelaxedMadd = () => WebAssembly.validate(new Uint8Array(MODULE));
