import { describe, expect, it, vi } from 'vitest';
import { CODE_START, codePages, LONGEST_PAGE } from '../../../renderer/features/chat/code-pages';
import { openDraft } from '../../../renderer/features/chat/drafts';
import { openableUrl } from '../../../renderer/features/chat/external-link';
import { hasLineOver } from '../../../renderer/features/chat/long-lines';
import { hasMath, withDollars } from '../../../renderer/features/chat/math-delimiters';
import { staysAtEnd } from '../../../renderer/features/chat/stick-to-end';
import fc from '../../fixtures/fast-check';

describe('staysAtEnd', () => {
  it('lets go when the reader goes up', () => {
    expect(staysAtEnd(true, 500, { top: 480, viewport: 500, content: 1000 })).toBe(false);
  });

  it('holds on when the content grows or shrinks below', () => {
    expect(staysAtEnd(true, 500, { top: 500, viewport: 500, content: 1100 })).toBe(true);
    expect(staysAtEnd(true, 500, { top: 400, viewport: 500, content: 900 })).toBe(true);
  });

  it('takes hold again near the end, on the way down only', () => {
    expect(staysAtEnd(false, 460, { top: 480, viewport: 500, content: 1000 })).toBe(true);
    expect(staysAtEnd(false, 300, { top: 400, viewport: 500, content: 1000 })).toBe(false);
    expect(staysAtEnd(false, 490, { top: 480, viewport: 500, content: 1000 })).toBe(false);
  });
});

describe('withDollars', () => {
  it('writes the delimiters of models with dollars', () => {
    expect(withDollars('so \\(a+b\\) is')).toBe('so $$a+b$$ is');
    expect(withDollars('\\[\na\n\\]')).toBe('$$\na\n$$');
    expect(withDollars('   \\[ a \\]')).toBe('   $$\n   a\n   $$');
  });

  it('leaves code and money alone', () => {
    expect(withDollars('`\\(a\\)` and \\(b\\)')).toBe('`\\(a\\)` and $$b$$');
    expect(hasMath('It costs $5, not $10.')).toBe(false);
  });
});

describe('codePages', () => {
  it('gives the code back, however it grew, never changes a full page, and has none without an end', () => {
    const lines = fc.array(
      fc
        .oneof({ weight: 20, arbitrary: fc.nat(400) }, fc.nat(24_000))
        .chain((length) => fc.constantFrom('x'.repeat(length), '😀'.repeat(length / 2))),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(lines, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (all, cuts) => {
        const code = all.join('\n');
        const ends = cuts.map((cut) => Math.floor(cut * code.length)).sort((a, b) => a - b);
        let pages = CODE_START;
        for (const end of [...ends, code.length]) {
          const next = codePages(pages, code.slice(0, end));
          expect(next.full.slice(0, pages.full.length)).toEqual(pages.full);
          pages = next;
        }
        for (const page of [...pages.full, pages.rest]) {
          expect(page.length).toBeLessThanOrEqual(LONGEST_PAGE + 2);
        }
        expect([...pages.full, pages.rest].join('')).toBe(code);
      }),
    );
  });
});

describe('hasLineOver', () => {
  it('finds a longer line wherever it stands', () => {
    const longest = 'x'.repeat(500);
    const short = 'a line\n'.repeat(1000);
    for (const text of ['', short, longest, `${short}${longest}\n${short}`]) {
      expect(hasLineOver(text, 500)).toBe(false);
    }
    for (const text of [`${longest}x`, `${short}${longest}x\n${short}`, `${short}x${longest}`]) {
      expect(hasLineOver(text, 500)).toBe(true);
    }
  });
});

describe('openableUrl', () => {
  it('lets only the web and mail through', () => {
    expect(openableUrl('https://example.com/a')).toBe('https://example.com/a');
    expect(openableUrl('mailto:a@example.com')).toBe('mailto:a@example.com');
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'app://x',
      '#here',
      undefined,
    ]) {
      expect(openableUrl(url)).toBeNull();
    }
  });
});

describe('openDraft', () => {
  it('saves after a pause, once, and what is left when it is flushed', async () => {
    vi.useFakeTimers();
    const save = vi.fn(async () => {});
    const draft = openDraft('', save);
    draft.write('a');
    draft.write('ab');
    vi.advanceTimersByTime(299);
    expect(save).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(save).toHaveBeenCalledExactlyOnceWith('ab');
    draft.write('abc');
    draft.flush();
    draft.flush();
    expect(save).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});
