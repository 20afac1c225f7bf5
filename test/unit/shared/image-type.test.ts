import { describe, expect, it } from 'vitest';
import { imageTypeOf } from '../../../shared/image-type';

const of = (...bytes: readonly (number | string)[]) =>
  imageTypeOf(
    Buffer.concat(bytes.map((one) => Buffer.from(typeof one === 'string' ? one : [one]))),
  );

describe('the type of an image', () => {
  it('is told from its first bytes', () => {
    expect(of(0x89, 'PNG\r\n', 0x1a, '\n', 'rest')).toBe('image/png');
    expect(of(0xff, 0xd8, 0xff, 0xe0)).toBe('image/jpeg');
    expect(of('GIF89a')).toBe('image/gif');
    expect(of('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')).toBe('image/webp');
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a drawing, which can hold scripts', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a page', '<!doctype html>'],
    ['a sound in the same wrapping', 'RIFF1234WAVEfmt '],
    ['the beginning of a sign', 'GIF'],
  ])('is none for %s', (_, bytes) => {
    expect(of(bytes)).toBeNull();
  });
});
