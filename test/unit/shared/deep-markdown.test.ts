import { describe, expect, it } from 'vitest';
import { isTooDeep } from '../../../shared/deep-markdown';

describe('a text that is too deep for a parser', () => {
  it.each([
    '>'.repeat(40),
    `a\n${'> '.repeat(50)}b`,
    '- '.repeat(60),
    '1. '.repeat(60),
    '['.repeat(400),
    '*a '.repeat(400),
    '![x]('.repeat(400),
    '<a '.repeat(400),
  ])('is told by its signs: %s', (text) => {
    expect(isTooDeep(text)).toBe(true);
  });

  it.each([
    '> > > a reply to a reply to a reply',
    '- one\n  - two\n    - three\n      - four',
    '-'.repeat(300),
    `| a | b |\n| --- | --- |\n${'| **x** | `y` |\n'.repeat(100)}`,
    'A *word* and [a link](https://example.com), '.repeat(80),
    '- [ ] task\n'.repeat(200),
  ])('is not one that means it', (text) => {
    expect(isTooDeep(text)).toBe(false);
  });
});
