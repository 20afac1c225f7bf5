import { expect, it } from 'vitest';
import { isImported, mayBeImported } from '../../../shared/dropped-file';

it('a dropped file is imported by how its name ends', () => {
  for (const name of ['a.json', 'A.JSONL', 'chat.slice.json', 'export.ZIP', '/home/ann/a.zip']) {
    expect(isImported(name)).toBe(true);
  }
  for (const name of ['', 'json', 'a.json.exe', 'a.png', 'a.txt', 'a\0.json', 'a.zip/']) {
    expect(isImported(name)).toBe(false);
  }
});

it('what is held over the window is told by its type', () => {
  expect(
    ['application/json', 'application/zip', 'image/png', 'text/plain', ''].map(mayBeImported),
  ).toEqual([true, true, false, false, false]);
});
