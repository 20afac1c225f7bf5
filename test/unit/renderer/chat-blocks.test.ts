import { describe, expect, it } from 'vitest';
import { type Block, EMPTY_SPLIT, type Split } from '../../../renderer/features/chat/block';
import { PLAIN_FROM, split } from '../../../renderer/features/chat/blocks';
import fc from '../../fixtures/fast-check';
import { processorMs } from '../../fixtures/processor-time';

function blocks(result: Split): Block[] {
  return [...result.settled.flat(), ...(result.tail ? [result.tail] : [])];
}

function sources(text: string): string[] {
  return blocks(split(EMPTY_SPLIT, text)).map((block) => block.source);
}

const line = fc.oneof(
  fc.constantFrom(
    '',
    '  ',
    '# Title',
    '```ts',
    '```',
    '~~~',
    '- item',
    '* item',
    '  - nested',
    '1. one',
    '2. two',
    '   more',
    '    indented',
    '| a | b |',
    '|---|:-:|',
    '| 1 | 2 |',
    '> quote',
    '$$',
    'x = 1',
    '\\[',
    '\\]',
    '<!-- note',
    '-->',
    '<div>',
    '---',
    '***',
    '[ref]: https://example.com',
    'see [ref] and [text][ref]',
    '[^1]: a note',
    'a paragraph with **bold',
    '- ```js',
  ),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\n', ' ')),
  fc.nat(9000).map((length) => 'word '.repeat(length / 5)),
  fc.nat(9000).map((length) => 'x'.repeat(length)),
);
const markdown = fc.array(line, { maxLength: 60 }).map((lines) => lines.join('\n'));
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function prefixes(text: string, at: readonly number[]): string[] {
  const ends = at.map((share) => Math.floor(share * text.length)).sort((a, b) => a - b);
  return [...ends, text.length].map((end) => text.slice(0, end));
}

describe('split', () => {
  it('gives the text back when the blocks are joined', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(sources(text).join('')).toBe(text);
      }),
    );
  });

  it('does not depend on how the text arrived', () => {
    fc.assert(
      fc.property(markdown, cuts, (text, at) => {
        let result = EMPTY_SPLIT;
        for (const prefix of prefixes(text, at)) result = split(result, prefix);
        expect(blocks(result)).toEqual(blocks(split(EMPTY_SPLIT, text)));
      }),
    );
  });

  it('never changes the source of a settled block, nor the identity of a full group', () => {
    fc.assert(
      fc.property(markdown, cuts, (text, at) => {
        let result = EMPTY_SPLIT;
        for (const prefix of prefixes(text, at)) {
          const next = split(result, prefix);
          const before = result.settled.flat();
          const after = next.settled.flat().slice(0, before.length);
          expect(after.map((block) => block.source)).toEqual(before.map((block) => block.source));
          if (next.definitions.size === result.definitions.size) {
            for (const [index, group] of result.settled.slice(0, -1).entries()) {
              expect(next.settled[index]).toBe(group);
            }
          }
          result = next;
        }
      }),
    );
  });

  it('keeps the tail short unless it is code', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        for (const block of blocks(split(EMPTY_SPLIT, text))) {
          if (block.kind === 'markdown') expect(block.source.length).toBeLessThan(22_000);
        }
      }),
    );
  });

  it('reads a very long text as Markdown to a point, then as it was written, but for code that is open', () => {
    const before = 'paragraph\n'.repeat(PLAIN_FROM / 10);
    const after = '# no title\n\n\n\n- no item\n```\nno code\n```\n'.repeat(150);
    const plain = blocks(split(EMPTY_SPLIT, before + after)).filter(({ kind }) => kind === 'plain');
    expect(plain.map(({ source }) => source).join('')).toBe(after);
    expect(plain.map(({ continued }) => continued)).toEqual([false, true]);

    const withCode = `${before.slice(100)}\`\`\`\`\n${after}\`\`\`\`\nend`;
    const kinds = blocks(split(EMPTY_SPLIT, withCode)).map(({ kind }) => kind);
    expect(kinds.slice(-2)).toEqual(['code', 'plain']);
  });

  it('gives a very long text back however it arrived', () => {
    const text = `${'x\n\n'.repeat(PLAIN_FROM / 3)}${'y'.repeat(9000)}\n\n\`\`\`\nz\n`;
    const whole = blocks(split(EMPTY_SPLIT, text));
    expect(whole.map(({ source }) => source).join('')).toBe(text);
    let result = EMPTY_SPLIT;
    for (let end = PLAIN_FROM - 500; end < text.length; end += 397) {
      result = split(result, text.slice(0, end));
    }
    expect(blocks(split(result, text))).toEqual(whole);
  });

  it.each([
    ['one line', 'x'.repeat(10_000_000)],
    ['one line of words', 'word '.repeat(2_000_000)],
    ['paragraphs of a letter', 'x\n\n'.repeat(3_000_000)],
    ['line breaks', '\n'.repeat(10_000_000)],
  ])('takes little work and few groups for ten million characters: %s', (_, text) => {
    let groups = 0;
    const tookMs = processorMs(() => {
      groups = split(EMPTY_SPLIT, text).settled.length;
    });
    expect(groups).toBeLessThan(10_000);
    expect(tookMs).toBeLessThan(4_000);
  });

  it('starts over when the text is another one', () => {
    const first = split(EMPTY_SPLIT, 'one\n\ntwo\n\n');
    expect(blocks(split(first, 'other\n\ntext')).map((block) => block.source)).toEqual([
      'other\n',
      '\ntext',
    ]);
  });

  it('settles a paragraph with the blank line after it', () => {
    const result = split(EMPTY_SPLIT, 'one\ntwo\n\n');
    expect(result.settled.flat().map((block) => block.source)).toEqual(['one\ntwo\n']);
  });

  it('keeps a list with its indented and its loose items together', () => {
    const list = '1. one\n\n   more\n\n2. two\n   ```sh\n   # no heading\n\n   ls\n   ```\n\n';
    expect(sources(`Steps:\n${list}After\n`)).toEqual(['Steps:\n', list, 'After\n']);
  });

  it('goes on with a long list in a new block at an item', () => {
    const text = Array.from({ length: 300 }, (_, n) => `${n + 1}. item number ${n + 1}\n`).join('');
    const parts = blocks(split(EMPTY_SPLIT, text));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.slice(1).every((block) => block.continued && /^\d+\. /.test(block.source))).toBe(
      true,
    );
  });

  it('repeats the head for the later rows of a long table', () => {
    const head = '| n | word |\n|---|---|\n';
    const rows = Array.from({ length: 500 }, (_, n) => `| ${n} | some words here |\n`).join('');
    const parts = blocks(split(EMPTY_SPLIT, head + rows));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.slice(1).every((block) => block.before === head)).toBe(true);
  });

  it('knows code, its language and where it stands', () => {
    const text = 'Text\n```ts title="a"\nconst a = 1;\n```\nMore';
    const [, code] = blocks(split(EMPTY_SPLIT, text));
    expect(code).toMatchObject({ kind: 'code', language: 'ts' });
    expect(code?.source.slice(code.codeStart, code.codeEnd)).toBe('const a = 1;\n');
  });

  it('shows a fence as code from the moment its first line stands there', () => {
    const { tail } = split(EMPTY_SPLIT, 'Text\n\n```ts');
    expect(tail).toMatchObject({ kind: 'code', language: 'ts' });
    expect(tail?.source.slice(tail.codeStart, tail.codeEnd)).toBe('');
  });

  it('does not count an ending fence as code before its line is complete', () => {
    const { tail } = split(EMPTY_SPLIT, '```\nlet a;\n``');
    expect(tail?.source.slice(tail.codeStart, tail.codeEnd)).toBe('let a;\n');
  });

  it('never cuts code', () => {
    const code = `\`\`\`\n${'a line of code\n'.repeat(20_000)}`;
    const { settled, tail } = split(EMPTY_SPLIT, code);
    expect(settled.length).toBe(0);
    expect(tail?.source).toBe(code);
  });

  it('hands a definition to the blocks that use its label, before and after it', () => {
    const text = 'See [one][a].\n\n[a]: https://example.com\n\nAnd [a] again.\n\nNot here.\n\n';
    const [first, , third, fourth] = blocks(split(EMPTY_SPLIT, text));
    expect(first?.definitions).toBe('[a]: https://example.com');
    expect(third?.definitions).toBe('[a]: https://example.com');
    expect(fourth?.definitions).toBe('');
  });

  it('keeps formulas and comments with blank lines in one block', () => {
    expect(sources('$$\na\n\nb\n$$\nText')).toEqual(['$$\na\n\nb\n$$\n', 'Text']);
    expect(sources('\\[\na\n\nb\n\\]\nText')).toEqual(['\\[\na\n\nb\n\\]\n', 'Text']);
    expect(sources('<!-- a\n\nb -->\nText')).toEqual(['<!-- a\n\nb -->\n', 'Text']);
  });

  it('reads a growing answer of 200,000 characters in little time', () => {
    const piece =
      'A sentence with `code` and **bold** words.\n\n- one\n- two\n\n```ts\nlet a;\n```\n\n';
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    let result = EMPTY_SPLIT;
    const tookMs = processorMs(() => {
      for (let end = 0; end < text.length; end += 70) result = split(result, text.slice(0, end));
    });
    expect(tookMs / (text.length / 70)).toBeLessThan(2);
  });
});
