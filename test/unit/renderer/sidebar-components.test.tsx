import { QueryClientProvider } from '@tanstack/react-query';
import { MessageSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  beginsWith,
  matching,
  orderedGroups,
  wordsOf,
} from '../../../renderer/features/palette/palette-lines';
import { KeyRecorder } from '../../../renderer/features/shortcuts/key-recorder';
import { HitRow } from '../../../renderer/features/sidebar/hit-row';
import { SearchProblemLine } from '../../../renderer/features/sidebar/search-problem';
import { SuggestionList } from '../../../renderer/features/sidebar/suggestion-list';
import { startTexts } from '../../../renderer/locales/i18n';
import { queryClient } from '../../../renderer/rpc/client';
import { MarkedText, markedParts } from '../../../renderer/ui/marked-text';
import { TotalCost } from '../../../renderer/ui/total-cost';
import { searchHit } from '../../../shared/contract/search';
import { nano } from '../../../shared/money';

const html = (node: ReactNode) =>
  renderToStaticMarkup(<QueryClientProvider client={queryClient}>{node}</QueryClientProvider>);
const words = (node: ReactNode) => html(node).replace(/<[^>]+>/g, '');
const nothing = () => {};

beforeAll(startTexts);

const TOTAL = { known: nano(3_923_000n), estimated: nano(0n), unknown: 0, running: 0, runs: 2 };

describe('a marked text', () => {
  it('is the whole text, with what was looked for marked, whatever the case', () => {
    const parts = markedParts('Why is the Sky blue? (sky)', ['sky', 'is']);
    expect(parts.map(({ text }) => text).join('')).toBe('Why is the Sky blue? (sky)');
    expect(parts.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['is', 'Sky', 'sky']);
  });

  it('takes signs of patterns as they are', () => {
    const parts = markedParts('a.c (abc) [x]', ['a.c', '(', '[x]']);
    expect(parts.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['a.c', '(', '[x]']);
  });

  it('draws nothing of it as markup', () => {
    expect(html(<MarkedText parts={[{ text: '<b>', hit: true }]} />)).toContain('&lt;b&gt;</mark>');
  });
});

describe('a found conversation', () => {
  const hit = searchHit.parse({
    conversationId: 5,
    title: [
      { text: 'Why is the ', hit: false },
      { text: 'sky', hit: true },
    ],
    messageId: 7,
    role: 'assistant',
    excerpt: [{ text: 'the whole sky glows', hit: false }],
    at: new Date(2026, 10, 22, 14, 31).getTime(),
    total: TOTAL,
    tags: [],
  });
  const row = (
    <HitRow
      hit={hit}
      rowKey="hit 5"
      position={1}
      count={-1}
      current={false}
      focusable
      onFocus={nothing}
    />
  );

  it('leads to the message that fits, and has its cost', () => {
    expect(html(row)).toContain('href="#/chat/5?message=7"');
    expect(words(row)).toContain('Why is the sky$0.0039the whole sky glows');
  });

  it('leads to the conversation where only the title fits', () => {
    const titled = { ...hit, messageId: null, excerpt: [] };
    const markup = html(
      <HitRow
        hit={titled}
        rowKey="hit 5"
        position={1}
        count={1}
        current
        focusable={false}
        onFocus={nothing}
      />,
    );
    expect(markup).toContain('href="#/chat/5"');
    expect(markup).toContain('aria-current="page"');
  });
});

describe('a sum in a list', () => {
  it('keeps known, estimated and unknown apart', () => {
    expect(words(<TotalCost total={TOTAL} />)).toBe('$0.0039');
    expect(words(<TotalCost total={{ ...TOTAL, estimated: nano(100_000n) }} />)).toBe(
      'about $0.0040',
    );
    expect(words(<TotalCost total={{ ...TOTAL, known: nano(0n), unknown: 2 }} />)).toBe('unknown');
    expect(words(<TotalCost total={{ ...TOTAL, known: nano(0n), runs: 0 }} />)).toBe('');
  });
});

describe('what is wrong with a query', () => {
  it('is said, and marked in the whole query', () => {
    const problem = { at: 4, reason: 'not_an_amount' } as const;
    const line = <SearchProblemLine id="p" query="sky cost:x more" problem={problem} />;
    expect(words(line)).toBe('This is no amount of dollars: sky cost:x more');
    expect(html(line)).toMatch(/decoration-wavy[^>]*>cost:x</);
    expect(html(line)).toContain('role="alert"');
  });
});

describe('suggestions', () => {
  it('are options, of which one may be active', () => {
    const one = { key: 'model', label: 'model:', hint: 'answered by', query: 'model:', caret: 6 };
    const list = (active: number) =>
      html(<SuggestionList id="s" suggestions={[one]} active={active} onTake={nothing} />);
    expect(list(0)).toContain('id="s-0" role="option" aria-selected="true"');
    expect(list(-1)).toContain('aria-selected="false"');
    expect(html(<SuggestionList id="s" suggestions={[]} active={-1} onTake={nothing} />)).toBe('');
  });
});

describe('the keys of a command', () => {
  const recorder = (keys: string | null) =>
    html(<KeyRecorder label="Search" keys={keys} onBegin={nothing} onChoose={nothing} />);

  it('are a button that says whose they are', () => {
    expect(recorder('Mod+Shift+F')).toContain('aria-label="Search: Ctrl Shift F"');
    expect(recorder(null)).toContain('aria-label="Search: none"');
  });
});

describe('the lines of the palette', () => {
  const line = (label: string) => ({ label });

  it('have every word that was typed; what begins with it comes first', () => {
    const items = [line('Switch between light and dark'), line('Light reading'), line('Other')];
    expect(matching(items, 'light').map(({ label }) => label)).toEqual([
      'Light reading',
      'Switch between light and dark',
    ]);
    expect(matching(items, 'dark light')).toHaveLength(1);
    expect(matching([{ label: 'Stop', keywords: 'halt' }], 'halt')).toHaveLength(1);
    expect(matching(items, '  ')).toEqual(items);
  });

  it('stand in groups; the group of a name that is being spelled out comes first', () => {
    const of = (heading: string, count: number) => ({
      heading,
      lines: Array.from({ length: count }, (_, index) => ({
        key: `${heading} ${index}`,
        icon: MessageSquare,
        label: [],
        run: nothing,
      })),
    });
    const [found, none, commands] = [of('found', 2), of('none', 0), of('commands', 1)];
    const headings = (first: typeof commands | null) =>
      orderedGroups([found, none, commands], first).map(({ heading }) => heading);
    expect(headings(null)).toEqual(['found', 'commands']);
    expect(headings(commands)).toEqual(['commands', 'found']);
  });

  it('are spelled out only by something', () => {
    expect(beginsWith(line('Go to Spending'), 'go to s')).toBe(true);
    expect(beginsWith(line('Go to Spending'), ' ')).toBe(false);
    expect(wordsOf('  Two  Words ')).toEqual(['two', 'words']);
  });
});
