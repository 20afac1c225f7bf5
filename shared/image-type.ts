import type { ImageType } from './contract/attachment';

const SIGNS: readonly (readonly [ImageType, (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (bytes) => startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => startsWith(bytes, 0, [0xff, 0xd8, 0xff])],
  ['image/gif', (bytes) => startsWith(bytes, 0, [0x47, 0x49, 0x46, 0x38])],
  [
    'image/webp',
    (bytes) =>
      startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) &&
      startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]),
  ],
];

/** The type of an image from its first bytes, whatever its name says; null for anything else. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  return SIGNS.find(([, fits]) => fits(bytes))?.[0] ?? null;
}

function startsWith(bytes: Uint8Array, offset: number, sign: readonly number[]): boolean {
  return sign.every((byte, at) => bytes[offset + at] === byte);
}
