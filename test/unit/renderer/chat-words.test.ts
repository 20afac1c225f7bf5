import { describe, expect, it } from 'vitest';
import { EMPTY_SPLIT } from '../../../renderer/features/chat/block';
import { wholeSource } from '../../../renderer/features/chat/block-context';
import { split } from '../../../renderer/features/chat/blocks';
import { codeFileName, lineCount } from '../../../renderer/features/chat/code-file';
import { LONGEST_PAGE } from '../../../renderer/features/chat/code-pages';
import { inlineText, plainText } from '../../../renderer/features/chat/plain-text';
import { tableMarkdown, tableOfLines, tableTsv } from '../../../renderer/features/chat/table-text';
import { wordDiff } from '../../../renderer/features/chat/word-diff';
import { quotation } from '../../../renderer/state/composer-inbox';
import fc from '../../fixtures/fast-check';

describe('plain text', () => {
  it('has the words of Markdown without its marks', () => {
    const markdown = [
      '# A *bold* **claim**',
      '',
      '> Quoted, with a [link](https://example.com "t") and `a*b*c`.',
      '',
      '- [x] done',
      '- snake_case_name stays, _this_ does not, ~~nor this~~',
      '',
      '1. 2 * 3 * 4 is 24',
    ].join('\n');
    expect(plainText(markdown)).toBe(
      [
        'A bold claim',
        '',
        'Quoted, with a link and a*b*c.',
        '',
        '- done',
        '- snake_case_name stays, this does not, nor this',
        '',
        '1. 2 * 3 * 4 is 24',
      ].join('\n'),
    );
  });

  it('keeps code as it is, without its fences', () => {
    expect(plainText('Look:\n\n```py\nx = a * b * c  # **no**\n```\n\nSo.')).toBe(
      'Look:\n\nx = a * b * c  # **no**\n\nSo.',
    );
  });

  it('has tables with a tab between the cells', () => {
    expect(plainText('| a | **b** |\n|---|--:|\n| 1 | `2` |')).toBe('a\tb\n1\t2');
  });

  it('undoes marks inside marks and what was written to prevent them', () => {
    expect(inlineText('***both*** and **bold *and* more**, \\*none\\*')).toBe(
      'both and bold and more, *none*',
    );
  });

  it('loses no plain word, whatever stands around it', () => {
    const words = fc.array(fc.constantFrom('sky', 'blue', 'light', '42'), { minLength: 1 });
    fc.assert(
      fc.property(words, (list) => {
        expect(plainText(list.join(' '))).toBe(list.join(' '));
      }),
    );
  });
});

describe('a table that is copied', () => {
  const source = '| City | Cost |\n| :--- | ---: |\n| **Lisbon** | 1\\|2 |\n| Ghent | `3` |\n';

  it('is a table again in Markdown, with its marks and its alignment', () => {
    expect(tableMarkdown(tableOfLines(source))).toBe(source.trimEnd());
  });

  it('is cells between tabs for a spreadsheet, without the marks', () => {
    expect(tableTsv(tableOfLines(source))).toBe('City\tCost\nLisbon\t1|2\nGhent\t3');
  });

  it('is whole, although a long one is drawn in several blocks', () => {
    const rows = Array.from({ length: 400 }, (_, at) => `| city ${at} | ${at} |`);
    const table = `| City | Cost |\n| --- | --- |\n${rows.join('\n')}\n`;
    const { settled, tail } = split(EMPTY_SPLIT, `Before.\n\n${table}\nAfter.`);
    const groups = tail ? [...settled, [tail]] : settled;
    const pieces = groups.flat().filter(({ source: text }) => text.includes('| city '));
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) {
      const joined = tableOfLines(wholeSource(groups, piece) ?? '');
      expect(joined.rows).toHaveLength(401);
    }
    const [before] = groups.flat();
    expect(before && wholeSource(groups, before)).toBeNull();
  });
});

describe('code that is saved', () => {
  it('ends as files in its language do', () => {
    expect(codeFileName('python', 'code')).toBe('code.py');
    expect(codeFileName('TypeScript', 'code')).toBe('code.ts');
    expect(codeFileName('sql', 'code')).toBe('code.sql');
    expect(codeFileName('dockerfile', 'code')).toBe('Dockerfile');
    expect(codeFileName('', 'code')).toBe('code.txt');
    expect(codeFileName('../etc/passwd', 'code')).toBe('code.txt');
    expect(codeFileName('constructor', 'code')).toBe('code.txt');
  });

  it('is counted in lines without the break at its end', () => {
    expect([lineCount(''), lineCount('a'), lineCount('a\n'), lineCount('a\n\nb')]).toEqual([
      1, 1, 1, 3,
    ]);
    expect(lineCount(`a\n${'x'.repeat(2.5 * LONGEST_PAGE)}\n`)).toBe(4);
  });
});

describe('a quotation', () => {
  it('has a mark before each line and room below', () => {
    expect(quotation('\none\n\ntwo\n')).toBe('> one\n>\n> two\n\n');
  });
});

describe('the differing words of two answers', () => {
  it('are those that the other one lacks', () => {
    const diff = wordDiff('The sky is blue today.', 'The sky is violet today, they say.');
    const marked = (spans: readonly { text: string; differs: boolean }[] = []) =>
      spans.flatMap(({ text, differs }) => (differs ? [text] : []));
    expect(marked(diff?.first)).toContain('blue');
    expect(marked(diff?.second)).toContain('violet');
    expect(marked(diff?.first)).not.toContain('sky');
    expect(diff?.places).toBeGreaterThan(0);
  });

  it('leave both texts whole', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.lorem({ maxCount: 30 }), (first, second) => {
        const diff = wordDiff(first, second);
        expect(diff?.first.map(({ text }) => text).join('')).toBe(first);
        expect(diff?.second.map(({ text }) => text).join('')).toBe(second);
      }),
    );
  });

  it('are none where both say the same, and not looked for in what is too long', () => {
    expect(wordDiff('same', 'same')?.places).toBe(0);
    expect(wordDiff('x'.repeat(150_000), 'y'.repeat(150_000))).toBeNull();
  });
});
