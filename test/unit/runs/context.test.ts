import { describe, expect, it } from 'vitest';
import { promptOf, titleOf } from '../../../electron/runs/context';
import type { Message } from '../../../shared/contract/conversation';
import { messageId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import fc from '../../fixtures/fast-check';

function message(
  role: Message['role'],
  ...parts: readonly [AnswerPart['kind'], string][]
): Message {
  return {
    id: messageId.parse(1),
    parentId: null,
    role,
    createdAt: 0,
    parts: parts.map(([kind, text]) => ({ kind, text, name: null })),
    run: null,
    siblings: [],
  };
}

describe('what is sent of a branch', () => {
  it('is what was said, in order', () => {
    const branch = [
      message('system', ['text', 'Be brief.']),
      message('user', ['text', 'Why?']),
      message(
        'assistant',
        ['reasoning', 'Hm.'],
        ['text', 'Because'],
        ['tool', '{}'],
        ['text', '.'],
      ),
      message('user', ['text', 'More']),
      message('assistant', ['reasoning', 'Only thought']),
      message('assistant'),
      message('assistant', ['refusal', 'No.']),
    ];
    expect(promptOf(branch)).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'Because.' },
      { role: 'user', content: 'More' },
      { role: 'assistant', content: 'No.' },
    ]);
  });
});

describe('the title of a conversation', () => {
  it.each([
    ['Why is the sky blue?', 'Why is the sky blue?'],
    ['  Why?  \n\nMore text', 'Why?'],
    ['# A heading\r\nText', 'A heading'],
    ['> - * quoted', 'quoted'],
    ['two   spaces\tand tab', 'two spaces and tab'],
    ['---', '---'],
    ['---\nunder a line', '---'],
    ['   \n', '…'],
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), `${'a'.repeat(60)}…`],
    [
      'Please explain to me in simple words why the sky above us is blue',
      'Please explain to me in simple words why the sky above us…',
    ],
    [`ab ${'c'.repeat(80)}`, `ab ${'c'.repeat(57)}…`],
    ['🌍'.repeat(61), `${'🌍'.repeat(60)}…`],
  ])('of %j is %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('is never long, broken or of several lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        const title = titleOf(text);
        expect(Array.from(title).length).toBeLessThanOrEqual(61);
        expect(title).not.toMatch(/[\r\n]/);
        expect(title.trim()).toBe(title);
        expect(title).not.toBe('');
      }),
    );
  });
});
