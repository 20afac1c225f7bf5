import { describe, expect, it } from 'vitest';
import { markdownHtml } from '../../../electron/transcripts/html-transcript';
import fc from '../../fixtures/fast-check';
import { hostileTexts } from '../../fixtures/hostile-texts';

/** What a tag, an address or an attribute would look like if it had got through. */
const LIVE =
  /<(script|iframe|object|embed|svg|math|style|link|meta|base|form|img|video|audio)\b|\son\w+\s*=|(?:href|src)="\s*(?:javascript|data|vbscript):/i;

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<iframe src="https://example.org"></iframe>',
  '<style>@import "https://example.org"</style>',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](data:text/html;base64,PHNjcmlwdD4=)',
  '<javascript:alert(1)>',
  '![x](https://example.org/pixel.png)',
  '![x](data:image/svg+xml;base64,PHN2Zz4=)',
  '[a]: javascript:alert(1)\n\n[a]',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '`<script>`',
  '| <img src=x onerror=1> |\n| --- |\n| "onmouseover=alert(1) |',
  '<a href="x" onclick="alert(1)">x</a>',
  '```html\n<script>alert(1)</script>\n```',
  '"><script>alert(1)</script>',
  'https://example.org/"onmouseover="alert(1)',
];

/** The page without what is between its signs of text, so that only live HTML is left. */
const tags = (html: string) => (html.match(/<[^>]*>/g) ?? []).join('\n');

describe('the HTML of an answer', () => {
  it.each(HOSTILE)('lets nothing live through: %s', (text) => {
    expect(tags(markdownHtml(text))).not.toMatch(LIVE);
  });

  it('lets nothing of all hostile texts through', () => {
    for (const text of hostileTexts('https://elsewhere.example')) {
      expect(tags(markdownHtml(text)), text.slice(0, 80)).not.toMatch(LIVE);
    }
  });

  it('lets nothing live through, however it is put together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...HOSTILE, '\n', '> ', '- ', '**', '`', '|')),
        (parts) => {
          expect(tags(markdownHtml(parts.join('')))).not.toMatch(LIVE);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps an image from elsewhere as a link, and is not fetched by it', () => {
    expect(markdownHtml('![A cat](https://example.org/cat.png "mine")')).toBe(
      '<p><a href="https://example.org/cat.png">A cat</a></p>',
    );
  });

  it('is quick with what was made to be slow', () => {
    for (const text of ['>'.repeat(20_000), '- '.repeat(20_000), 'x'.repeat(10_000_000)]) {
      expect(markdownHtml(text)).toMatch(/^<pre>/);
    }
    expect(markdownHtml('[['.repeat(5_000)).length).toBeGreaterThan(0);
  });

  it('writes tables, lists and code', () => {
    expect(markdownHtml('| a |\n| - |\n| b |')).toContain('<td>b</td>');
    expect(markdownHtml('1. one\n2. two')).toContain('<li>two</li>');
    expect(markdownHtml('```js\nlet a;\n```')).toContain('<code class="language-js">');
  });
});
