import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTexts } from '../../../renderer/locales/i18n';
import { Estimate } from '../../../renderer/ui/estimate';
import { usd, usdParts, usdRange } from '../../../renderer/ui/format';
import { hideMoney } from '../../../renderer/ui/hidden-money';
import { Meter } from '../../../renderer/ui/meter';
import { Money } from '../../../renderer/ui/money';
import { TextField } from '../../../renderer/ui/text-field';
import { TotalCost } from '../../../renderer/ui/total-cost';
import { UnknownCost } from '../../../renderer/ui/unknown-cost';
import { nano } from '../../../shared/money';

const html = (node: ReactNode) => renderToStaticMarkup(node);
const words = (node: ReactNode) => html(node).replace(/<[^>]+>/g, '');

beforeAll(startTexts);

describe('Money', () => {
  it('is one text for assistive technology and parts for the eye', () => {
    const markup = html(<Money amount={nano(1_878_000n)} />);
    expect(markup).toContain('>$0.001878</span>');
    const seen = /<span aria-hidden="true">(.*)<\/span><\/span>$/.exec(markup)?.[1];
    expect(seen).toMatch(/^<span class="font-normal text-text-3">\$0\.00<\/span>1878$/);
  });

  it('keeps its text out of what is copied a second time', () => {
    expect(html(<Money amount={nano(0n)} />)).toMatch(/class="[^"]*select-none[^"]*">\$0\.000000</);
  });
});

describe('Estimate', () => {
  it('always says about, unless what stands beside it does', () => {
    const range = { low: nano(2_100_000n), high: nano(3_400_000n) };
    expect(words(<Estimate {...range} />)).toBe('about $0.0021–0.0034');
    expect(words(<Estimate {...range} bare />)).toBe('$0.0021–0.0034');
  });
});

describe('money that is hidden', () => {
  afterEach(() => hideMoney(false));

  it('says no figure in any form, to the eye or to assistive technology', () => {
    hideMoney(true);
    const amount = nano(12_408_317_000n);
    const total = { known: amount, estimated: nano(1n), unknown: 2, running: 0, runs: 5 };
    const drawn = [
      html(<Money amount={amount} />),
      html(<Money amount={nano(-1n)} decimals={9} />),
      html(<Estimate low={nano(0n)} high={amount} />),
      html(<TotalCost total={total} />),
      usd(amount, 2),
      usdRange(nano(0n), amount),
      ...Object.values(usdParts(amount, 6)),
    ];
    // The classes of Tailwind have figures of their own.
    const texts = drawn.map((markup) => markup.replace(/<[^>]+>/g, ' '));
    expect(texts.slice(0, 4)).toEqual([
      expect.stringMatching(/^ +amount hidden +••• +$/),
      expect.stringMatching(/^ +amount hidden +••• +$/),
      expect.stringMatching(/about +•••/),
      expect.stringMatching(/2 unknown costs.*•••/),
    ]);
    for (const text of texts) expect(text.replace('2 unknown', '')).not.toMatch(/[$\d]/);
  });

  it('comes back as it was', () => {
    hideMoney(true);
    hideMoney(false);
    expect(usd(nano(1_878_000n), 6)).toBe('$0.001878');
  });
});

describe('UnknownCost', () => {
  it('is the word, never a zero', () => {
    expect(words(<UnknownCost />)).toBe('unknown');
    expect(words(<UnknownCost count={2} />)).toBe('+ 2 unknown');
    expect(words(<UnknownCost count={1} kind="running" />)).toBe('+ 1 running');
    expect(words(<UnknownCost count={2} short />)).toBe('+ 2 unknown');
  });

  it('leads to its rows', () => {
    expect(html(<UnknownCost count={2} href="#/spending" />)).toMatch(/^<a href="#\/spending"/);
  });
});

describe('Meter', () => {
  it('stays inside its bar and says what it shows', () => {
    const markup = html(<Meter label="Full" parts={[{ share: 1.4 }, { share: -1 }]} />);
    expect(markup).toContain('role="img" aria-label="Full"');
    expect(markup).toContain('width:100%');
    expect(markup).toContain('width:0%');
  });
});

describe('TextField', () => {
  it('hides what is typed but stays a text box', () => {
    const markup = html(<TextField label="API key" secret />);
    expect(markup).toContain('type="text"');
    expect(markup).toMatch(/class="[^"]*\bsecret\b/);
    expect(markup).toContain('autoComplete="off"');
  });

  it('is described by what is wrong instead of by its hint', () => {
    const markup = html(<TextField label="Base URL" id="u" hint="hint" error="wrong" />);
    expect(markup).toContain('aria-invalid="true"');
    expect(markup).toContain('aria-describedby="u-note"');
    expect(markup).not.toContain('>hint<');
  });
});
