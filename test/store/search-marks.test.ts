import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { markedExcerpt, markedText } from '../../electron/store/queries/search-marks';
import { indexQuery } from '../../electron/store/queries/search-terms';
import fc from '../fixtures/fast-check';

const words = fc.constantFrom(
  'sky',
  'Sky',
  'skylark',
  'café',
  'cafe',
  'CAFÉ',
  'Straße',
  '天空',
  '7',
  'naïve',
);
const between = fc.constantFrom(' ', ', ', '-', '\n', '. ', '_', '“', '');
const texts = fc
  .array(fc.tuple(words, between), { maxLength: 30 })
  .map((pairs) => pairs.flat().join(''));

describe('what is marked of a text', () => {
  it('is what the index itself marks, whatever is looked for', () => {
    const db = new Database(':memory:');
    db.exec(`CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = "unicode61 remove_diacritics 2")`);
    const insert = db.prepare('INSERT INTO t (rowid, text) VALUES (1, ?)');
    fc.assert(
      fc.property(texts, words, fc.boolean(), (text, word, open) => {
        db.exec('DELETE FROM t');
        insert.run(text);
        const found = db
          .prepare<[string], { marked: string }>(
            `SELECT highlight(t, 0, '<', '>') AS marked FROM t WHERE t MATCH ?`,
          )
          .get(indexQuery([{ text: word, open }]));
        const own = markedText(text, [{ text: word, open }]);
        const joined = own
          ?.map(({ text: part, hit }) => (hit ? `<${part}>` : part))
          .join('')
          // The index marks hits that touch as one.
          .replaceAll('><', '');
        expect(joined).toBe(found?.marked);
      }),
      { numRuns: 300 },
    );
    db.close();
  });

  it('is cut out where most of what is looked for stands together', () => {
    const far = 'x '.repeat(200);
    const text = `sky ${far}sky and sea ${far}`;
    const parts = markedExcerpt(text, [
      { text: 'sky', open: false },
      { text: 'sea', open: false },
    ]);
    expect(parts?.filter(({ hit }) => hit).map((part) => part.text)).toEqual(['sky', 'sea']);
    expect(parts?.[0]?.text.startsWith('…')).toBe(true);
    expect(parts?.at(-1)?.text.endsWith('…')).toBe(true);
    expect(markedExcerpt(text, [{ text: 'moon', open: false }])).toBeNull();
  });
});
