// @ts-check
/** Small enough to read out in a class room. */
export const randomSeed = () => 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % 9999);
