import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../../../electron/provider/mask';

const KEY = 'sk-live/abc"def\\0123';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a text that may be shown', () => {
  it.each([
    ['as it is', KEY],
    ['in JSON', JSON.stringify({ key: KEY })],
    ['in JSON that quotes slashes', JSON.stringify({ key: KEY }).replaceAll('/', '\\/')],
    ['in an address', `https://api.example/?key=${encodeURIComponent(KEY)}`],
    ['in base64', `Basic ${base64(KEY)}`],
    ['twice', `${KEY} and ${KEY}`],
    ['cut off at the end', `the key ${KEY.slice(0, 12)}`],
  ])('does not have a secret %s', (_, text) => {
    const shown = masked(text, [KEY]);
    expect(shown).toContain('•••');
    expect(shown).not.toMatch(/live|abc|0123|bGl2ZS/);
  });

  it('does not have the rest of a secret whose beginning is another', () => {
    expect(masked('token-one-two', ['token-one', 'token-one-two'])).toBe('•••');
  });

  it('keeps everything else, and what is too short to be told from words', () => {
    expect(masked('the word is sk-', ['sk-live-0123456789'])).toBe('the word is sk-');
    expect(masked('a key', ['key', '', 'a'])).toBe('a key');
  });

  it('has none of the secrets, whatever they are and wherever they stand', () => {
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(3), { maxLength: 8 }),
        (secrets, order) => {
          const text = order.map((at) => secrets[at % secrets.length]).join(' \u00e9 ');
          const shown = masked(text, secrets);
          for (const one of secrets) expect(shown.includes(one)).toBe(false);
        },
      ),
    );
  });
});
