import { describe, expect, it } from 'vitest';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import {
  removeConversations,
  renameConversation,
} from '../../electron/store/queries/conversations';
import { removeMessages } from '../../electron/store/queries/message-removal';
import { endRun } from '../../electron/store/queries/run-life';
import { findConversations } from '../../electron/store/queries/search';
import type { StoreQuery } from '../../electron/store/queries/search-terms';
import { suggestNames } from '../../electron/store/queries/suggestions';
import { tagConversations } from '../../electron/store/queries/tags';
import { startOfDay } from '../../shared/local-day';
import { nano } from '../../shared/money';
import { parseSearch } from '../../shared/search-query';
import fc from '../fixtures/fast-check';
import {
  begin,
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  refused,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

function asked(text: string): StoreQuery {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return {
    ...parsed.query,
    filters: parsed.query.filters.map(({ field, not }) => ({
      not,
      field: 'day' in field ? { name: field.name, at: startOfDay(field.day, 'UTC') } : field,
    })),
  };
}

function find(db: ReadDb, text: string, offset = 0, limit = 50) {
  return findConversations(db, asked(text), offset, limit).hits;
}

function titles(db: ReadDb, text: string): string[] {
  return find(db, text).map(({ title }) => title.map((part) => part.text).join(''));
}

let minute = 0;

/** A conversation of one question and its answer, called by `title`, each a minute after the last. */
function told(
  writer: WriteDb,
  title: string,
  {
    question = 'x',
    answer = 'y',
    model = 'gpt-4o',
    cost = 1_000_000n,
    at = NOON,
    preset = '',
  } = {},
) {
  minute += 1;
  const startedAt = at + minute * 60_000;
  const head = runHead(connect(writer), {
    model,
    startedAt,
    presetName: preset === '' ? null : preset,
  });
  const run = beginRun(writer, newConversation(question), head);
  const end = { endedAt: startedAt, servedModel: model, cost: nano(cost) };
  endRun(writer, run.runId, outcome(end), [say(answer)]);
  renameConversation(writer, run.conversationId, title);
  return run;
}

describe('a search', () => {
  it('finds words of questions, answers and titles, the newest first', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: 'Why is the sky blue?' });
    told(writer, 'two', { answer: 'The sky scatters.' });
    told(writer, 'Sky high');
    told(writer, 'four');
    expect(titles(reader, 'sky')).toEqual(['Sky high', 'two', 'one']);
    expect(titles(reader, 'SKY Blue')).toEqual(['one']);
    expect(titles(reader, 'sky -blue')).toEqual(['Sky high', 'two']);
    expect(titles(reader, '"is the sky"')).toEqual(['one']);
    expect(titles(reader, '"sky the"')).toEqual([]);
    expect(titles(reader, '')).toEqual([]);
  });

  it('takes the last word for the beginning of one while it is written, also of one letter', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: 'quantum' });
    for (const begun of ['q', 'qu', 'quant', 'quantum', 'quantum ']) {
      expect(titles(reader, begun)).toEqual(['one']);
    }
    expect(titles(reader, 'quant ')).toEqual([]);
    expect(titles(reader, '"quant"')).toEqual([]);
  });

  it('gives the newest message that fits of each conversation, its words marked', () => {
    const { writer, reader } = connections();
    const run = told(writer, 'The sky', { question: 'the sky', answer: 'About the sky, and <b>.' });
    expect(find(reader, 'sky')).toMatchObject([
      {
        conversationId: run.conversationId,
        messageId: run.messageId,
        role: 'assistant',
        title: [
          { text: 'The ', hit: false },
          { text: 'sky', hit: true },
        ],
        excerpt: [
          { text: 'About the ', hit: false },
          { text: 'sky', hit: true },
          { text: ', and <b>.', hit: false },
        ],
        total: { known: 1_000_000n, runs: 1 },
      },
    ]);
  });

  it('names a message also where the title was found first', () => {
    const { writer, reader } = connections();
    const run = told(writer, 'Sky', { question: 'sky' });
    const more = beginRun(
      writer,
      nextMessage(run.conversationId, 'on'),
      runHead(connect(writer), { startedAt: NOON + 9e9 }),
    );
    endRun(writer, more.runId, outcome(), [say('z')]);
    expect(find(reader, 'sky')).toMatchObject([{ messageId: run.questionId, role: 'user' }]);
    told(writer, 'Earth');
    expect(find(reader, 'earth')).toMatchObject([{ messageId: null, role: null, excerpt: [] }]);
  });

  it('leaves out the trash', () => {
    const { writer, reader } = connections();
    const { conversationId: id } = told(writer, 'sky', { question: 'sky' });
    removeConversations(writer, [id], NOON);
    expect(titles(reader, 'sky')).toEqual([]);
    expect(titles(reader, 'cost:>0')).toEqual([]);
  });

  it('goes by no message that was deleted, also where it says what is not to be there', () => {
    const { writer, reader } = connections();
    const { conversationId, messageId } = told(writer, 'one', { answer: 'The sky', model: 'odd' });
    expect(titles(reader, '-sky')).toEqual([]);
    expect(titles(reader, 'model:odd')).toEqual(['one']);
    expect(titles(reader, '-model:odd')).toEqual([]);
    removeMessages(writer, conversationId, messageId, false, NOON);
    expect(titles(reader, '-sky')).toEqual(['one']);
    expect(titles(reader, 'model:odd')).toEqual([]);
    expect(titles(reader, '-model:odd')).toEqual(['one']);
  });

  it('is the same in pages of any size', () => {
    const { writer, reader } = connections();
    for (let at = 0; at < 9; at += 1) {
      told(writer, at % 3 === 0 ? `sky ${at}` : `${at}`, { question: at % 2 ? 'sky' : 'sea' });
    }
    const all = find(reader, 'sky');
    expect(all.length).toBeGreaterThan(5);
    for (let size = 1; size <= all.length; size += 1) {
      const pages = [];
      for (let at = 0; ; at += size) {
        const { hits, more } = findConversations(reader, asked('sky'), at, size);
        pages.push(...hits);
        expect(more).toBe(at + size < all.length);
        if (!more) break;
      }
      expect(pages).toEqual(all);
    }
  });

  it('keeps a word of any length out of an excerpt', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: `${'a'.repeat(5_000)} sky ${'b'.repeat(5_000)}` });
    const text = find(reader, 'sky')[0]?.excerpt.map((part) => part.text) ?? [];
    expect(text).toContain('sky');
    expect(text.join('').length).toBeLessThan(500);
  });
});

describe('a search in a script without blanks', () => {
  it('finds what stands within a sentence, of messages and of titles', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: '请解释大语言模型的工作原理' });
    told(writer, 'two', { answer: '私はGPT-4oモデルを使います。' });
    told(writer, '关于模型的问题');
    told(writer, 'four', { answer: '한국어를 잘합니다' });
    told(writer, 'five', { question: '模，型' });
    expect(titles(reader, '模型')).toEqual(['five', '关于模型的问题', 'one']);
    expect(titles(reader, '语言模型的')).toEqual(['one']);
    expect(titles(reader, '型模')).toEqual([]);
    expect(titles(reader, '理')).toEqual(['one']);
    expect(titles(reader, 'モデ')).toEqual(['two']);
    expect(titles(reader, '4oモデル')).toEqual(['two']);
    expect(titles(reader, '使います GPT')).toEqual(['two']);
    expect(titles(reader, '국어')).toEqual(['four']);
    expect(titles(reader, '模型 -问题')).toEqual(['five', 'one']);
    expect(titles(reader, '-模型')).toEqual(['four', 'two']);
  });

  it('takes letters at the end of a word for the beginning of one while it is written', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: '模型gpt' });
    expect(titles(reader, '模型gp')).toEqual(['one']);
    expect(titles(reader, '模型gp ')).toEqual([]);
    expect(titles(reader, '模')).toEqual(['one']);
  });

  it.each([0, 30_000])('marks the hit and adds no blanks, after %i more signs', (more) => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: `${'前'.repeat(more)}GPT 模型很 好` });
    const parts = find(reader, '模型')[0]?.excerpt ?? [];
    expect(parts.filter(({ hit }) => hit)).toEqual([{ text: '模型', hit: true }]);
    expect(parts.map(({ text }) => text).join('')).toMatch(/GPT 模型很 好$/);
  });
});

describe('by relevance', () => {
  const relevant = (db: ReadDb, text: string, offset = 0, limit = 50) =>
    findConversations(db, asked(text), offset, limit, 'relevance');
  const names = (db: ReadDb, text: string) =>
    relevant(db, text).hits.map(({ title }) => title.map((part) => part.text).join(''));
  const far = 'and so on and on '.repeat(20);

  it('comes first what speaks of it most, in its title most of all', () => {
    const { writer, reader } = connections();
    told(writer, 'Sky', { question: 'About the sky?' });
    told(writer, 'much', { answer: 'The sky is sky and sky.' });
    told(writer, 'little', { answer: `The sky. ${far}` });
    told(writer, 'none');
    expect(names(reader, 'sky')).toEqual(['Sky', 'much', 'little']);
    expect(titles(reader, 'sky')).toEqual(['little', 'much', 'Sky']);
  });

  it('shows of a conversation the message that speaks of it most', () => {
    const { writer, reader } = connections();
    const run = told(writer, 'one', { question: '模型，模型，模型', answer: `模型。${far}` });
    expect(relevant(reader, '模型').hits).toMatchObject([{ messageId: run.questionId }]);
    expect(find(reader, '模型')).toMatchObject([{ messageId: run.messageId }]);
  });

  it('a rare word says more than a frequent one', () => {
    const { writer, reader } = connections();
    told(writer, 'rare', { question: 'sky quark quark' });
    told(writer, 'frequent', { question: 'sky sky quark' });
    for (let at = 0; at < 9; at += 1) told(writer, 'other', { question: 'sky' });
    expect(names(reader, 'sky quark')).toEqual(['rare', 'frequent']);
  });

  it('is the newest first where it is all the same, and without words', () => {
    const { writer, reader } = connections();
    for (const title of ['one', 'two', 'three']) told(writer, title, { question: 'sky' });
    expect(names(reader, 'sky')).toEqual(['three', 'two', 'one']);
    expect(names(reader, 'cost:>0')).toEqual(['three', 'two', 'one']);
  });

  it('has every conversation once, in pages of any size', () => {
    const { writer, reader } = connections();
    for (let at = 0; at < 9; at += 1) {
      const question = at % 2 ? `sky ${'sky '.repeat(at)}` : 'sea';
      told(writer, at % 3 === 0 ? `sky ${at}` : `${at}`, { question, answer: 'a sky' });
    }
    const { hits: all } = relevant(reader, 'sky');
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(9);
    expect(all).toHaveLength(9);
    for (let size = 1; size <= all.length; size += 1) {
      const pages = [];
      for (let at = 0; at < all.length; at += size) {
        const { hits, more } = relevant(reader, 'sky', at, size);
        pages.push(...hits);
        expect(more).toBe(at + size < all.length);
      }
      expect(pages).toEqual(all);
    }
  });

  it('follows, the newest first, what is too old to be weighed', () => {
    const { writer, reader } = connections();
    const old = told(writer, 'old', { question: 'sky sky sky' });
    const older = told(writer, 'older', { question: 'sky sky' });
    const long = told(writer, 'long');
    const insert = writer.prepare(
      "INSERT INTO message (conversation_id, role, created_at) VALUES (?, 'user', ?)",
    );
    const say2000 = writer.transaction(() => {
      for (let at = 0; at < 2_000; at += 1) {
        const { lastInsertRowid } = insert.run(long.conversationId, NOON * 2);
        writer
          .prepare(
            "INSERT INTO part (message_id, position, kind, text) VALUES (?, 0, 'text', 'sky')",
          )
          .run(lastInsertRowid);
      }
      writer.exec(`INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text
        WHERE id > ${long.messageId}`);
    });
    say2000();
    expect(old.conversationId).toBeLessThan(older.conversationId);
    expect(names(reader, 'sky')).toEqual(['long', 'older', 'old']);
  });
});

describe('a field of a search', () => {
  function library() {
    const { writer, reader } = connections();
    const day = 86_400_000;
    const old = told(writer, 'old', { question: 'sky', cost: 5n, at: NOON - 300 * day });
    const dear = told(writer, 'dear', {
      question: 'sky',
      answer: '```js\nx\n```',
      model: 'claude-3',
      cost: 600_000_000n,
      preset: 'Poet, the 1st',
    });
    const failed = begin(writer, connect(writer), 'sky failed');
    endRun(writer, failed.runId, refused({ state: 'failed' }), []);
    renameConversation(writer, failed.conversationId, 'failed');
    tagConversations(writer, [old.conversationId, dear.conversationId], ['Work'], []);
    return { writer, reader };
  }

  it.each([
    ['cost:>0.50', ['dear']],
    ['cost:<=0.5', ['failed', 'old']],
    ['cost:0.6', ['dear']],
    ['-cost:>0', ['failed']],
    ['tag:work', ['dear', 'old']],
    ['-tag:WORK', ['failed']],
    ['model:claude', ['dear']],
    ['model:100%', []],
    ['-model:claude sky', ['failed', 'old']],
    ['provider:openrouter', ['dear', 'old']],
    ['preset:"poet, the"', ['dear']],
    ['state:failed', ['failed']],
    ['has:code', ['dear']],
    ['has:image', []],
    ['before:2024-06-01', ['old']],
    ['after:2024-06-01', ['dear', 'failed']],
    ['sky role:user', ['dear', 'failed', 'old']],
    ['sky role:assistant', []],
    ['sky model:claude tag:work cost:>0.1', ['dear']],
    ['model:claude state:failed', []],
    ['-failed', ['dear', 'old']],
  ])('%s', (text, expected) => {
    const { reader } = library();
    expect(titles(reader, text).toSorted()).toEqual(expected);
  });

  it('alone leads to the newest message that fits', () => {
    const { reader } = library();
    expect(find(reader, 'has:code')).toMatchObject([
      { role: 'assistant', excerpt: [{ text: '```js\nx\n```', hit: false }] },
    ]);
    expect(find(reader, 'tag:work')[0]).toMatchObject({ messageId: null, excerpt: [] });
  });
});

describe('whatever is typed', () => {
  it('is searched for, never read as more than text', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: 'a AND b NEAR(c) "d" * ^ : text' });
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '"',
        "'",
        '*',
        'AND',
        'OR',
        'NOT',
        'NEAR(',
        '(',
        ')',
        '{',
        'text:',
        '^a',
        '-',
      ),
      fc.constantFrom('\0', '\ud800', '++', 'a', 'tag:x', 'cost:>1', 'has:code', '-b', 'é'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', ' '), (pieces, join) => {
        const parsed = parseSearch(pieces.join(join));
        if (!parsed.ok) return;
        expect(() => find(reader, pieces.join(join))).not.toThrow();
      }),
    );
  });

  it('as words that nothing has read before says nothing but what they are', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: 'a AND b NEAR(c) "d" * ^ : text 模型' });
    const signs = [
      '"',
      '""',
      '*',
      '"*"',
      'NEAR(',
      'NEAR(a, 2)',
      ' OR ',
      '(',
      ')',
      '{text}:',
      '^',
      '+',
    ];
    const odd = ['\0', '\ud800', '\udc00', '\uE0F0', '模', '𠮷', '・', '\u0301', 'a', 'b*', ''];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.array(fc.constantFrom(...signs, ...odd), { maxLength: 8 }).map((all) => all.join('')),
    );
    const word = fc.record({ text, open: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 4 }),
        fc.array(word, { maxLength: 3 }),
        fc.constantFrom('newest' as const, 'relevance' as const),
        (words, without, order) => {
          const query = { words, without, filters: [] };
          expect(() => findConversations(reader, query, 0, 5, order)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['letters', 'a'.repeat(10_000)],
    ['words', 'a '.repeat(5_000)],
    ['signs', '模'.repeat(10_000)],
    ['quotes', '"'.repeat(10_000)],
    ['brackets', 'NEAR('.repeat(2_000)],
  ])('may be one word of ten thousand %s', (_, text) => {
    const { writer, reader } = connections();
    told(writer, 'one', { question: text });
    for (const open of [true, false]) {
      const query = { words: [{ text, open }], without: [], filters: [] };
      expect(() => findConversations(reader, query, 0, 5)).not.toThrow();
      expect(() => findConversations(reader, query, 0, 5, 'relevance')).not.toThrow();
    }
  });

  it('may be as long as a query can be', () => {
    const { reader } = connections();
    expect(find(reader, 'a '.repeat(500))).toEqual([]);
    expect(find(reader, '模'.repeat(1_000))).toEqual([]);
    expect(find(reader, `x ${'-a '.repeat(300)}`)).toEqual([]);
    expect(find(reader, 'tag:a '.repeat(160))).toEqual([]);
  });
});

describe('a suggestion', () => {
  it('is a name that the ledger has, those that begin so first', () => {
    const { writer, reader } = connections();
    told(writer, 'one', { model: 'gpt-4o', preset: 'Poet' });
    told(writer, 'two', { model: 'openai/gpt-4o' });
    const { conversationId: id } = told(writer, 'three', { model: 'claude' });
    tagConversations(writer, [id], ['Work', 'home'], []);
    expect(suggestNames(reader, 'model', 'GPT')).toEqual(['gpt-4o', 'openai/gpt-4o']);
    expect(suggestNames(reader, 'model', '')).toEqual(['claude', 'gpt-4o', 'openai/gpt-4o']);
    expect(suggestNames(reader, 'provider', 'o')).toEqual(['openrouter']);
    expect(suggestNames(reader, 'preset', 'p')).toEqual(['Poet']);
    expect(suggestNames(reader, 'tag', 'w')).toEqual(['Work']);
  });
});

describe('the way to what was looked for', () => {
  it('never leads through all messages', () => {
    const { reader } = connections();
    const plans: string[] = [];
    const watched = new Proxy(reader, {
      get: (db, name) => {
        if (name !== 'prepare') return Reflect.get(db, name);
        return (sql: string) => {
          const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
          const prepared = db.prepare(sql);
          const values = Array(sql.split('?').length - 1).fill('"x"');
          plans.push(...plan.all(...values).map(({ detail }) => detail));
          return prepared;
        };
      },
    });
    for (const text of ['sk', 'sky blue -x', 'sky model:a has:code', 'has:image', 'state:failed']) {
      findConversations(watched, asked(text), 0, 10);
    }
    expect(plans.length).toBeGreaterThan(10);
    expect(plans.filter((plan) => /^SCAN (message|part|run|answer)\b(?!_fts)/.test(plan))).toEqual(
      [],
    );
    expect(plans.join('\n')).toMatch(/VIRTUAL TABLE INDEX/);
  });
});
