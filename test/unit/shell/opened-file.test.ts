import { describe, expect, it } from 'vitest';
import { fileInWords } from '../../../electron/shell/opened-file';

const find = (...words: string[]) => fileInWords(['slice', ...words], '/home/ann');

describe.skipIf(process.platform === 'win32')('a file that a command line names', () => {
  it('is found as a path, from where the words were written, and as an address', () => {
    expect(find('--no-sandbox', '/tmp/a.slice.json')).toBe('/tmp/a.slice.json');
    expect(find('.', 'my files/a.SLICE.json')).toBe('/home/ann/my files/a.SLICE.json');
    expect(find('file:///tmp/a%20b.slice.json')).toBe('/tmp/a b.slice.json');
  });

  it.each([
    '/tmp/a.json',
    '/tmp/slice.json.exe',
    '/etc/passwd',
    '--import=/tmp/a.slice.json',
    'slice://chat/a.slice.json',
    'https://example.com/a.slice.json',
    'file://server/share/a.slice.json',
    'file:///tmp/a%00.slice.json',
    'file:///tmp/a%2fb.slice.json',
    'file:///tmp/%E0%A4%A.slice.json',
    '/tmp/a\0.slice.json',
    `/${'a'.repeat(10_000)}.slice.json`,
  ])('is none of ours: %.50s', (word) => {
    expect(find(word)).toBeNull();
  });
});
