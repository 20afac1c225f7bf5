import { describe, expect, it } from 'vitest';
import { givenTitle, titleOf } from '../../../electron/runs/title';
import fc from '../../fixtures/fast-check';
import { processorMs } from '../../fixtures/processor-time';

const LONG = 'in simple words why the sky above all of us is so very blue today';

describe('the title of a conversation', () => {
  it.each([
    ['its first sentence', 'Why is the sky blue? I wonder.', 'Why is the sky blue?'],
    ['its first line', '  Why?  \n\nMore text', 'Why?'],
    ['without a point at its end', 'The sky is blue.', 'The sky is blue'],
    ['past a point within', 'Ask Mr. Smith about v1.2.3 of .NET. Then go.', null],
    ['past lines that say nothing', '---\n\nunder a line', 'under a line'],
    ['in one line', 'two   spaces\tand tab', 'two spaces and tab'],
    ['in Chinese', '量子力学是什么？它有什么用？', '量子力学是什么？'],
  ])('is %s', (_what, text, title) => {
    expect(titleOf(text)).toBe(title ?? 'Ask Mr. Smith about v1.2.3 of .NET');
  });

  it.each([
    ['Hi! How does it work?', 'How does it work?'],
    ['Hi.\n\nI need a regex for dates', 'I need a regex for dates'],
    ['Good morning Anna, thanks a lot, fix the bug.', 'Fix the bug'],
    ['Hey, can you please explain recursion?', 'Explain recursion'],
    ['Hi could you write a poem about iPhones', 'Write a poem about iPhones'],
    ['Hi, iPhone battery', 'iPhone battery'],
    ['Hallo zusammen! Bitte erkläre mir das.', 'Erkläre mir das'],
    ['An abstract of this thesis, please:', 'An abstract of this thesis'],
    ['S’il vous plaît, expliquez la relativité', 'Expliquez la relativité'],
    ['Привет! Объясни теорию, пожалуйста.', 'Объясни теорию'],
    ['你好，请解释一下量子力学。谢谢', '解释一下量子力学'],
    ['你好请问量子力学是什么？', '量子力学是什么？'],
    ['こんにちは。空はなぜ青い？', '空はなぜ青い？'],
    ['مرحبا، ما هو الذكاء؟', 'ما هو الذكاء؟'],
  ])('has none of the pleasantries of %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it.each([
    'Hello World in Rust',
    'Hi-fi systems',
    'good morning routine: tips',
    'So far so good',
    'Well water and health',
    'Could you',
    'Hello',
  ])('keeps %j, which only looks like one', (text) => {
    expect(titleOf(text)).toBe(text);
  });

  it.each([
    ['# A heading\r\nText', 'A heading'],
    ['## A heading ##', 'A heading'],
    ['> - * quoted', 'quoted'],
    ['- [ ] buy milk', 'buy milk'],
    ['1. one\n2. two', 'one'],
    ['**Bold**, _it_ and ~~gone~~ in snake_case_name', 'Bold, it and gone in snake_case_name'],
    ['What does `useEffect` do?', 'What does useEffect do?'],
    ['The [docs](https://a.b/c "d") are wrong', 'The docs are wrong'],
    ['See https://example.com/x?y=1 for more', 'See for more'],
    ['Write to me@example.com about it', 'Write to about it'],
    ['```js\nconst a = 1;\n```\nWhat does this do?', 'What does this do?'],
    ['How do I fix this?\n```\nnever closed', 'How do I fix this?'],
    ['2 * 3 * 4 = ?', '2 * 3 * 4 = ?'],
  ])('has no signs, addresses or code: %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it.each([
    ['code', '```js\nconst a = 1;\n```', 'const a = 1'],
    ['an address', 'https://example.com/x', 'https://example.com/x'],
    ['a line', '---', '---'],
    ['thanks', 'Thanks!', 'Thanks!'],
    ['a picture', '👍', '👍'],
    ['nothing', '   \n', '…'],
  ])('is after all made of %s where there is nothing else', (_what, text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it.each([
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), `${'a'.repeat(60)}…`],
    [`Explain ${LONG}`, 'Explain in simple words why the sky above all of us is so…'],
    [`ab ${'c'.repeat(80)}`, `ab ${'c'.repeat(57)}…`],
    [`One thing after another and then, ${'c'.repeat(80)}`, 'One thing after another and then…'],
    ['🌍'.repeat(61), `${'🌍'.repeat(60)}…`],
    ['👨‍👩‍👧'.repeat(20), `${'👨‍👩‍👧'.repeat(12)}…`],
    ['量'.repeat(61), `${'量'.repeat(60)}…`],
    [`关于 GPT 的${'量'.repeat(70)}`, `关于 GPT 的${'量'.repeat(52)}…`],
    [`e${'\u0301'.repeat(90)}`, `e${'\u0301'.repeat(59)}…`],
  ])('is cut between words, or between characters: %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  const scraps = fc.constantFrom(
    'Hi! ',
    'please ',
    '你好',
    '请',
    '```',
    '\n',
    '# ',
    '**',
    '[a](b)',
    'http://a.b ',
    ', ',
    '. ',
    '\u202e',
    '\u0000',
    'Mr. ',
  );
  const texts = fc
    .array(fc.oneof(scraps, fc.string({ unit: 'grapheme', maxLength: 40 })), { maxLength: 12 })
    .map((parts) => parts.join(''));

  it('is never long, broken, empty or of several lines, and turns no direction', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const title = titleOf(text);
        expect(Array.from(title).length).toBeLessThanOrEqual(61);
        expect(title).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(title.trim()).toBe(title);
        expect(title).not.toBe('');
        expect(title).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('does not take long over a long line', () => {
    for (const filling of ['.', '-', ' ', '**a ', '# ']) {
      const line = `Why ${filling.repeat(19_000 / filling.length)} not`;
      expect(processorMs(() => titleOf(line))).toBeLessThan(250);
    }
  });

  it('does not take long over a long text', () => {
    for (const text of ['**a', '[a', '`', 'hi, ', '_a_', '```\n', 'a@', 'http://']) {
      const long = text.repeat(200_000 / text.length);
      expect(processorMs(() => titleOf(long))).toBeLessThan(500);
    }
  });
});

describe('a title that a model wrote', () => {
  it.each([
    ['Blue sky physics', 'Blue sky physics'],
    ['"Blue sky physics."', 'Blue sky physics'],
    ['„Der blaue Himmel“\n', 'Der blaue Himmel'],
    ['«Le ciel bleu».', 'Le ciel bleu'],
    ['《天空为什么是蓝色的》', '天空为什么是蓝色的'],
    ['Title: **Why the sky is blue**', 'Why the sky is blue'],
    ['标题：天空为什么是蓝色的。', '天空为什么是蓝色的'],
    ['\n\n# Sky\nThis title says it all.', 'Sky'],
    ['<think>A title. Hm.</think>\n\nSky', 'Sky'],
    ['“A” and “B”', '“A” and “B”'],
    ["The user's question", "The user's question"],
    ['Why is the sky blue?', 'Why is the sky blue?'],
    ['a\u202eb\u0000c', 'a b c'],
  ])('is taken from %j as %j', (answer, title) => {
    expect(givenTitle(answer)).toBe(title);
  });

  it.each(['', ' \n', '"', '""', '...', '---', '<think>I was cut off'])(
    'is not in %j',
    (answer) => {
      expect(givenTitle(answer)).toBeNull();
    },
  );

  it('is never long or of several lines', () => {
    const long = givenTitle('word '.repeat(100)) ?? '';
    expect(long).toMatch(/^(?:word )+word…$/);
    expect(long.length).toBeLessThanOrEqual(200);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (answer) => {
        const title = givenTitle(answer);
        if (title === null) return;
        expect(Array.from(title).length).toBeLessThanOrEqual(200);
        expect(title).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(title.trim()).toBe(title);
      }),
    );
  });
});
