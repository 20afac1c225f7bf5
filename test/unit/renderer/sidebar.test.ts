import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingWidth, sidebarColumns, widthAfterKey } from '../../../renderer/app/sidebar-edge';
import {
  askedQuery,
  fittingValues,
  fixedValues,
  openField,
  problemParts,
  withValue,
  wordAt,
} from '../../../renderer/features/sidebar/search-words';
import {
  extendedTo,
  NOTHING_SELECTED,
  type Selection,
  selectAll,
  selected,
  toggled,
  useSelection,
} from '../../../renderer/features/sidebar/selection';
import { tagState } from '../../../renderer/features/sidebar/tags-dialog';
import { conversationPlace } from '../../../renderer/state/conversation-place';
import { isWorthSearching } from '../../../renderer/state/conversation-search';
import { conversationId } from '../../../shared/ids';
import { parseSearch, SEARCH_FIELDS } from '../../../shared/search-query';

const ids = [1, 2, 3, 4, 5].map((id) => conversationId.parse(id));
const id = (value: number) => conversationId.parse(value);
const numbers = ({ ids: chosen }: Selection) => [...chosen].toSorted((a, b) => a - b);

describe('a selection', () => {
  it('takes one more and leaves it out again', () => {
    const one = toggled(NOTHING_SELECTED, id(2));
    const two = toggled(one, id(4));
    expect(numbers(two)).toEqual([2, 4]);
    expect(numbers(toggled(two, id(2)))).toEqual([4]);
  });

  it('reaches from where it began, in both directions, and shrinks again', () => {
    const begun = toggled(NOTHING_SELECTED, id(3));
    const down = extendedTo(begun, id(5), ids);
    expect(numbers(down)).toEqual([3, 4, 5]);
    expect(numbers(extendedTo(down, id(4), ids))).toEqual([3, 4]);
    expect(numbers(extendedTo(down, id(1), ids))).toEqual([1, 2, 3]);
  });

  it('begins with what the first range ends at', () => {
    expect(numbers(extendedTo(NOTHING_SELECTED, id(3), ids))).toEqual([3]);
  });

  it('does without a beginning that is no longer listed', () => {
    const gone = toggled(NOTHING_SELECTED, id(9));
    expect(numbers(extendedTo(gone, id(2), ids))).toEqual([2, 9]);
  });

  it('can be everything', () => {
    expect(numbers(selected(ids))).toEqual([1, 2, 3, 4, 5]);
  });

  it('is everything once all are known, unless something else was chosen by then', async () => {
    const now = () => useSelection.getState();
    const all = selectAll(ids.slice(0, 2), Promise.resolve(ids));
    expect(numbers(now().selection)).toEqual([1, 2]);
    await all;
    expect(numbers(now().selection)).toEqual([1, 2, 3, 4, 5]);
    // Esc, or another place of the list, before they were known.
    const late = selectAll(ids.slice(0, 2), Promise.resolve(ids));
    now().clear();
    await late;
    expect(now().selection).toEqual(NOTHING_SELECTED);
    const failing = selectAll(ids.slice(0, 2), Promise.reject(new Error('gone')));
    now().change((chosen) => toggled(chosen, id(5)));
    await failing;
    expect(numbers(now().selection)).toEqual([1, 2, 5]);
  });
});

describe('the state of a tag', () => {
  it('is said of all, some or none of the chosen, whatever the capitals', () => {
    const items = [{ tags: ['Work', 'old'] }, { tags: ['work'] }];
    expect(tagState('work', items)).toBe('all');
    expect(tagState('old', items)).toBe('some');
    expect(tagState('new', items)).toBe('none');
  });

  it('is not said of all while some of them have not been read', () => {
    const items = [{ tags: ['work'] }, { tags: ['work'] }];
    expect(tagState('work', items, 900)).toBe('some');
    expect(tagState('new', items, 900)).toBe('none');
  });
});

describe('the word at the caret', () => {
  it('is what stands between blanks, up to the caret', () => {
    expect(wordAt('sky model:gp', 12)).toEqual({ start: 4, end: 12, text: 'model:gp' });
    expect(wordAt('sky model:gp', 2).text).toBe('sk');
    expect(wordAt('sky ', 4).text).toBe('');
  });

  it('is one word in quotes', () => {
    expect(wordAt('preset:"Cheap dr', 16)).toEqual({ start: 0, end: 16, text: 'preset:"Cheap dr' });
  });

  it('is a field when its name is one', () => {
    expect(openField('-Model:"gp')).toEqual({ field: 'model', lead: '-model:', prefix: 'gp' });
    expect(openField('model')).toBeNull();
    expect(openField('http://x')).toBeNull();
  });
});

describe('a value that is taken', () => {
  it('stands in the place of the word, with a blank to go on', () => {
    const query = 'sky model:gp';
    const taken = withValue(query, wordAt(query, 12), 'model:', 'gpt-4o');
    expect(taken).toEqual({ query: 'sky model:gpt-4o ', caret: 17 });
  });

  it('leaves what comes after it', () => {
    const taken = withValue('tag:w sky', wordAt('tag:w sky', 5), 'tag:', 'work');
    expect(taken).toEqual({ query: 'tag:work sky', caret: 9 });
  });

  it('is always read as that value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        fc.pre(value.trim() === value && value !== '');
        const { query } = withValue('preset:', wordAt('preset:', 7), 'preset:', value);
        const parsed = parseSearch(query);
        expect(parsed.ok && parsed.query.filters[0]?.field).toEqual({ name: 'preset', value });
      }),
    );
  });

  it('is valid wherever it needs no asking', () => {
    for (const field of SEARCH_FIELDS) {
      if (field === 'model' || field === 'provider' || field === 'preset' || field === 'tag')
        continue;
      for (const value of fixedValues(field, Date.now())) {
        expect(parseSearch(`${field}:${value}`).ok, `${field}:${value}`).toBe(true);
      }
    }
  });

  it('fits when it begins with what is written, then when it has it, and not when it is that', () => {
    expect(fittingValues(['gpt-4o', 'my-gpt', 'GPT-4', 'sonnet'], 'gpt')).toEqual([
      'gpt-4o',
      'GPT-4',
      'my-gpt',
    ]);
    expect(fittingValues(['image', 'code'], 'image')).toEqual([]);
  });
});

describe('what is wrong with a query', () => {
  it('is marked where it stands, and nothing of the query is lost', () => {
    expect(problemParts('sky cost:x more', 4)).toEqual(['sky ', 'cost:x', ' more']);
    expect(problemParts('sky "not closed', 4)).toEqual(['sky ', '"not closed', '']);
    fc.assert(
      fc.property(fc.string(), fc.nat(), (query, at) => {
        expect(problemParts(query, Math.min(at, query.length)).join('')).toBe(query);
      }),
    );
  });
});

describe('what is looked for', () => {
  it('is the query without what is wrong in it', () => {
    expect(askedQuery('sky cost:x more')).toBe('sky more');
    expect(askedQuery('scatter model:')).toBe('scatter');
    expect(askedQuery('sky "not closed')).toBe('sky');
    expect(askedQuery('cost:x before:y')).toBeNull();
    expect(askedQuery('sky model:gpt-4o')).toBe('sky model:gpt-4o');
  });

  it('is always valid', () => {
    const piece = fc.oneof(
      fc.constantFrom('cost:', 'cost:x', '"', 'model:', 'sky', ' '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const asked = askedQuery(pieces.join(' '));
        expect(asked === null || parseSearch(asked).ok).toBe(true);
      }),
    );
  });
});

describe('a search', () => {
  it('is worth it from two letters on, or one sign that is a word', () => {
    expect(['', 'a', ' a '].map(isWorthSearching)).toEqual([false, false, false]);
    expect(['ab', '天'].map(isWorthSearching)).toEqual([true, true]);
  });
});

describe('the address of a conversation', () => {
  it('names it, and a message in it', () => {
    expect(conversationPlace('/chat/5')).toEqual({ conversationId: 5, messageId: null });
    expect(conversationPlace('/chat/5?message=7')).toEqual({ conversationId: 5, messageId: 7 });
    for (const path of ['/chat', '/chat/x', '/chat/0', '/spending', '/chat/5?message=x']) {
      expect(conversationPlace(path)).toBeNull();
    }
  });
});

describe('the width of the sidebar', () => {
  it('stays in its range, in whole pixels', () => {
    expect([10, 248.4, 900].map(fittingWidth)).toEqual([200, 248, 480]);
  });

  it('follows the keys', () => {
    expect(widthAfterKey('ArrowRight', 248)).toBe(256);
    expect(widthAfterKey('ArrowLeft', 204)).toBe(200);
    expect(widthAfterKey('Home', 300)).toBe(200);
    expect(widthAfterKey('End', 300)).toBe(480);
    expect(widthAfterKey('a', 300)).toBeNull();
  });

  it('gives way to the page in a small window', () => {
    expect(sidebarColumns(300)).toContain('min(18.75rem, max(200px, 100vw - 480px))');
  });
});
