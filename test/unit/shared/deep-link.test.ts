import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkOfPlace, placeInWords, placeOfLink } from '../../../shared/deep-link';
import { SETTINGS_SECTIONS } from '../../../shared/settings-sections';

describe('a link from outside', () => {
  it('leads to a conversation, to the spending and to each section of the settings', () => {
    expect(placeOfLink('slice://chat/5')).toBe('#/chat/5');
    expect(placeOfLink('slice://spending')).toBe('#/spending');
    for (const section of SETTINGS_SECTIONS) {
      expect(placeOfLink(`slice://settings/${section}`)).toBe(`#/settings/${section}`);
    }
  });

  it.each(['slice://chat/5', 'slice://spending', 'slice://settings/about'])(
    'is made again of its place: %s',
    (link) => {
      expect(linkOfPlace(placeOfLink(link) ?? '')).toBe(link);
    },
  );

  it('is taken with the slash that Windows puts behind it', () => {
    expect(placeOfLink('slice://spending/')).toBe('#/spending');
    expect(placeOfLink('slice://chat/12/')).toBe('#/chat/12');
  });

  it.each([
    '',
    'slice:',
    'slice://',
    'slice:///',
    'slice:chat/5',
    'slice:/chat/5',
    'slice:///chat/5',
    'SLICE://chat/5',
    ' slice://chat/5',
    'slice://chat/5\n',
    'slice://chat/5//',
    'slice://chat',
    'slice://chat/',
    'slice://chat/0',
    'slice://chat/-1',
    'slice://chat/05',
    'slice://chat/5.0',
    'slice://chat/1e3',
    'slice://chat/0x10',
    'slice://chat/٥',
    'slice://chat/9007199254740992',
    'slice://chat/99999999999999999999999999',
    'slice://chat/new',
    'slice://chat/5/delete',
    'slice://chat/5?message=7',
    'slice://chat/5?send=hello',
    'slice://chat/5#/settings/about',
    'slice://chat/../settings/about',
    'slice://chat/%2e%2e/settings',
    'slice://chat/5%00',
    'slice://chat/%35',
    'slice://user@chat/5',
    'slice://chat:80/5',
    'slice://chat.example.com/5',
    'slice://example.com/chat/5',
    'slice://connect',
    'slice://presets/1',
    'slice://spending?by=model',
    'slice://spending/billing',
    'slice://spending.',
    'slice://settings',
    'slice://settings/',
    'slice://settings/About',
    'slice://settings/nowhere',
    'slice://settings/connections/1',
    'slice://settings/__proto__',
    'slice://settings/constructor',
    'slice://settings/about"); alert(1); ("',
    'slice://settings/about\u2028',
    'slices://chat/5',
    'http://chat/5',
    'https://example.com/#slice://chat/5',
    'javascript:alert(1)//slice://chat/5',
    'file:///etc/passwd',
    'app://slice/index.html#/chat/5',
    `slice://chat/${'9'.repeat(1_000_000)}`,
    `slice://settings/${'a'.repeat(1_000_000)}`,
    `slice://${'../'.repeat(100_000)}chat/5`,
  ])('of another form leads nowhere: %.60s', (link) => {
    expect(placeOfLink(link)).toBeNull();
  });

  it('only ever comes to one of the three places, whatever it is', () => {
    const place = /^#\/(?:chat\/[1-9]\d{0,15}|spending|settings\/[a-z]+)$/;
    const part = fc.constantFrom(
      'slice:',
      '/',
      '//',
      'chat',
      'settings',
      'spending',
      '5',
      '..',
      '?',
    );
    const link = fc.oneof(
      fc.string(),
      fc.array(part).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(link, (text) => {
        const found = placeOfLink(`slice://${text}`) ?? placeOfLink(text);
        expect(found === null || place.test(found)).toBe(true);
      }),
    );
  });
});

describe('a command line', () => {
  it('is read for the first link in it, wherever switches of Chromium stand', () => {
    expect(placeInWords(['slice', '--no-sandbox', 'slice://chat/5', '--x'])).toBe('#/chat/5');
    expect(placeInWords(['slice', '.', 'slice://spending', 'slice://chat/5'])).toBe('#/spending');
  });

  it('without one, or with a bad one first, asks for nothing', () => {
    expect(placeInWords(['slice', '--demo'])).toBeNull();
    expect(placeInWords(['slice://chat/5'])).toBeNull();
    expect(placeInWords(['slice', 'slice://nowhere', 'slice://chat/5'])).toBeNull();
  });
});
