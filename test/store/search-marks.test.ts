import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { markedExcerpt, markedText, wordCounter } from '../../electron/store/queries/search-marks';
import { indexQuery } from '../../electron/store/queries/search-terms';
import { searchWords, withoutBlanks } from '../../electron/store/search-words';
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
  '天',
  '空天空',
  'GPT模型',
  '模型4o',
  'がか',
  'か',
  '한국어',
  '하',
  'ー',
  '、。',
  '𠮷野',
  '7',
  'naïve',
  '\u0301',
);
const between = fc.constantFrom(' ', ', ', '-', '\n', '. ', '_', '“', '', '', '');
const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text);
const texts = fc
  .array(fc.tuple(words, between), { maxLength: 30 })
  .map((pairs) => pairs.flat().join(''));

describe('what is marked of a text', () => {
  it('is what the index itself marks, whatever is looked for', () => {
    const db = new Database(':memory:');
    db.exec(`CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = "unicode61 remove_diacritics 2")`);
    const insert = db.prepare('INSERT INTO t (rowid, text) VALUES (1, ?)');
    const sought = fc.array(fc.record({ text: words.filter(isWord), open: fc.boolean() }), {
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(texts, sought, (text, asked) => {
        db.exec('DELETE FROM t');
        insert.run(searchWords(text));
        const found = db
          .prepare<[string], { marked: string }>(
            `SELECT highlight(t, 0, '<', '>') AS marked FROM t WHERE t MATCH ?`,
          )
          .get(indexQuery(asked, 'OR'));
        const own = markedText(text, asked)
          ?.map(({ text: part, hit }) => (hit ? `<${part}>` : part))
          .join('');
        const marked = found && withoutBlanks(found.marked, '<>');
        // Hits that touch are one.
        expect(own?.replaceAll('><', '')).toBe(marked?.replaceAll('><', ''));
      }),
      { numRuns: 2_000 },
    );
    db.close();
  });

  it('is counted as often as it is there', () => {
    fc.assert(
      fc.property(texts, words.filter(isWord), fc.boolean(), (text, word, open) => {
        const asked = [{ text: word, open }];
        const { times, length } = wordCounter(asked)(text);
        expect(times.map((count) => count > 0)).toEqual([markedText(text, asked) !== null]);
        expect(length).toBeGreaterThanOrEqual(times[0] ?? 0);
      }),
    );
    const said = wordCounter([
      { text: '哈哈', open: false },
      { text: 'CAFE', open: true },
      { text: '!', open: false },
    ]);
    expect(said('哈哈哈 Café cafés')).toEqual({ times: [2, 2, 0], length: 5 });
  });

  it('is a part of what is written without blanks, and where hits overlap all of it', () => {
    expect(markedText('大语言模型很好', [{ text: '模型', open: true }])).toEqual([
      { text: '大语言', hit: false },
      { text: '模型', hit: true },
      { text: '很好', hit: false },
    ]);
    expect(markedText('啊哈哈哈！', [{ text: '哈哈', open: false }])).toEqual([
      { text: '啊', hit: false },
      { text: '哈哈哈', hit: true },
      { text: '！', hit: false },
    ]);
  });

  it('is cut out with more signs than words, where signs are words', () => {
    const text = `${'前'.repeat(100)}模型${'后'.repeat(100)}`;
    const said = markedExcerpt(text, [{ text: '模型', open: true }])?.map((part) => part.text);
    expect(said).toEqual([`…${'前'.repeat(6)}`, '模型', `${'后'.repeat(40)}…`]);
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
