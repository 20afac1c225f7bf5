import { describe, expect, it } from 'vitest';
import { JsonCursor, JsonProblem } from '../../../electron/imports/json-cursor';
import fc from '../../fixtures/fast-check';

/** A cursor over a text that comes in pieces of so many bytes. */
function over(text: string, piece = 3, largest?: number): JsonCursor {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const next = () => {
    const some = bytes.subarray(at, at + piece);
    at += piece;
    return some.length === 0 ? null : some;
  };
  return new JsonCursor({ next }, largest);
}

/** Reads by going into everything. */
function walked(cursor: JsonCursor): unknown {
  switch (cursor.kind()) {
    case 'object':
      return Object.fromEntries([...cursor.keys()].map((key) => [key, null]));
    case 'array':
      return Array.from(cursor.items(), () => walked(cursor));
    default:
      return cursor.value();
  }
}

function problemIn(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof JsonProblem) return `${error.fault} at ${error.at}`;
    throw error;
  }
  return 'none';
}

describe('a cursor over JSON', () => {
  it('takes whatever stands there, however it is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.string(),
        (json, piece, text) => {
          expect(over(json, piece).value()).toEqual(JSON.parse(json));
          const list = JSON.stringify([text, JSON.parse(json), [text], { [text]: text }]);
          const cursor = over(list, piece);
          const found: unknown[] = [];
          for (const index of cursor.items()) if (index !== 1) found.push(cursor.value());
          expect(found).toEqual([text, [text], { [text]: text }]);
          expect(cursor.kind()).toBe('end');
        },
      ),
    );
  });

  it('leads out of what was read in part, also after a failure in it', () => {
    const cursor = over('[{"a":[1,{"b":"]}"}],"c":2},{"a":3}]');
    const seen: string[] = [];
    for (const index of cursor.items()) {
      try {
        for (const key of cursor.keys()) {
          seen.push(`${index}${key}`);
          for (const _ of cursor.items()) throw new Error('enough');
        }
      } catch {
        seen.push('failed');
      }
    }
    expect(seen).toEqual(['0a', 'failed', '1a', 'failed']);
  });

  it('says where a text is broken, and passes what is broken in itself', () => {
    expect(problemIn(() => [...over('[1,2').items()])).toBe('truncated at 4');
    expect(problemIn(() => [...over('[1 2]').items()])).toBe('not_json at 3');
    expect(problemIn(() => over('hello').value())).toBe('not_json at 0');
    expect(problemIn(() => [...over('{"a":"x').keys()])).toBe('truncated at 7');
    const cursor = over('["a\\q", 2]');
    const found: unknown[] = [];
    for (const _ of cursor.items()) {
      const problem = problemIn(() => found.push(cursor.value()));
      if (problem !== 'none') found.push(problem);
    }
    expect(found).toEqual(['not_json at 1', 2]);
  });

  it('holds no value that is larger than it may, and reads what follows', () => {
    const cursor = over(`["${'x'.repeat(1000)}", "short"]`, 16, 100);
    const found: unknown[] = [];
    for (const _ of cursor.items()) {
      const problem = problemIn(() => found.push(cursor.value()));
      if (problem !== 'none') found.push(problem);
    }
    expect(found).toEqual(['too_large at 1', 'short']);
  });

  it('goes as deep as anybody nests', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const cursor = over(`[${deep}, 1]`, 4096);
    expect(walked(over('[[1],[2]]'))).toEqual([[1], [2]]);
    const found: unknown[] = [];
    for (const index of cursor.items()) if (index === 1) found.push(cursor.value());
    expect(found).toEqual([1]);
  });
});
