/** A stable 32-bit number for a text (FNV-1a): the simulator's only source of variety. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** A maker of 32-bit numbers; the same seed gives the same ones in the same order (mulberry32). */
export function numberSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A maker of hexadecimal ids; the same seed gives the same ids in the same order. */
export function hexSource(seed: number): (digits: number) => string {
  const next = numberSource(seed);
  return (digits) => {
    let hex = '';
    while (hex.length < digits) hex += next().toString(16).padStart(8, '0');
    return hex.slice(0, digits);
  };
}
