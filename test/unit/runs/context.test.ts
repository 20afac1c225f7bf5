import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../electron/runs/context';
import type { HistoryLimits } from '../../../shared/chat-settings';
import type { Attachment } from '../../../shared/contract/attachment';
import type { Message } from '../../../shared/contract/conversation';
import type { RoleRule } from '../../../shared/endpoint';
import { attachmentId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import fc from '../../fixtures/fast-check';

type Said = Pick<Message, 'role' | 'parts' | 'images'>;

function message(role: Message['role'], ...parts: readonly [AnswerPart['kind'], string][]): Said {
  return { role, parts: parts.map(([kind, text]) => ({ kind, text, name: null })), images: [] };
}

const user = (text: string) => message('user', ['text', text]);
const assistant = (text: string) => message('assistant', ['text', text]);

const IMAGE: Attachment = {
  id: attachmentId.parse(1),
  sha256: 'a'.repeat(64),
  name: 'sky.png',
  mediaType: 'image/png',
  bytes: 10,
};

const ALL: HistoryLimits = { messages: null, tokens: null };

function sent(
  branch: readonly Said[],
  more: { system?: string; history?: Partial<HistoryLimits>; roles?: RoleRule } = {},
) {
  const { system = '', history = {}, roles = 'any' } = more;
  const context = contextOf(branch, { system, history: { ...ALL, ...history } }, roles);
  return {
    ...context,
    lines: context.messages.map(({ role, text }) => `${role}: ${text}`),
  };
}

describe('what is sent of a branch', () => {
  it('is what was said, in order, without reasoning and without answers that came to nothing', () => {
    const branch = [
      user('Why?'),
      message(
        'assistant',
        ['reasoning', 'Hm.'],
        ['text', 'Because'],
        ['tool', '{}'],
        ['text', '.'],
      ),
      user('More'),
      message('assistant', ['reasoning', 'Only thought']),
      message('assistant'),
      message('assistant', ['refusal', 'No.']),
    ];
    expect(sent(branch).lines).toEqual([
      'user: Why?',
      'assistant: Because.',
      'user: More',
      'assistant: No.',
    ]);
  });

  it('begins with the system prompt, and with what the branch has of its kind', () => {
    const branch = [message('system', ['text', 'Imported.']), user('Why?')];
    expect(sent(branch, { system: 'Be brief.' }).lines).toEqual([
      'system: Be brief.\n\nImported.',
      'user: Why?',
    ]);
    expect(sent([user('Why?')], { system: ' \n' }).lines).toEqual(['user: Why?']);
  });

  it('has a message that is nothing but images', () => {
    const { messages } = sent([{ ...message('user'), images: [IMAGE] }]);
    expect(messages).toEqual([{ role: 'user', text: '', images: [IMAGE] }]);
  });
});

describe('the limits of the history', () => {
  const branch = [user('1'), assistant('2'), user('3'), assistant('4'), user('5')];

  it.each([
    [0, ['user: 5']],
    [1, ['user: 5']],
    [2, ['user: 3', 'assistant: 4', 'user: 5']],
    [3, ['user: 3', 'assistant: 4', 'user: 5']],
    [4, ['user: 1', 'assistant: 2', 'user: 3', 'assistant: 4', 'user: 5']],
    [99, ['user: 1', 'assistant: 2', 'user: 3', 'assistant: 4', 'user: 5']],
  ])('of %i messages keep the newest, and no answer without its question', (messages, lines) => {
    const { lines: kept, leftOut } = sent(branch, { history: { messages } });
    expect(kept).toEqual(lines);
    expect(leftOut).toBe(branch.length - lines.length);
  });

  it('of tokens keep what fits, counted from the newest', () => {
    // Each of these takes a token for its character and four for its frame.
    expect(sent(branch, { history: { tokens: 10 } }).lines).toEqual([
      'user: 3',
      'assistant: 4',
      'user: 5',
    ]);
    expect(sent(branch, { history: { tokens: 9 } }).lines).toEqual(['user: 5']);
  });

  it('never keep back the new message or the system prompt, however long', () => {
    const long = 'x'.repeat(10_000);
    const history = { messages: 0, tokens: 0 };
    expect(sent([...branch, user(long)], { system: long, history }).lines).toEqual([
      `system: ${long}`,
      `user: ${long}`,
    ]);
  });

  const talk = fc.array(
    fc.record({ role: fc.constantFrom('user', 'assistant'), text: fc.string({ minLength: 1 }) }),
    { maxLength: 30 },
  );

  it('leave an unbroken end of the conversation, within what they allow', () => {
    const limit = fc.option(fc.nat(40));
    fc.assert(
      fc.property(talk, limit, limit, (said, messages, tokens) => {
        const all = [...said.map(({ role, text }) => message(role, ['text', text])), user('new')];
        const { messages: kept, leftOut } = sent(all, { history: { messages, tokens } });
        expect(kept.length + leftOut).toBe(all.length);
        expect(kept).toEqual(sent(all).messages.slice(leftOut));
        if (messages !== null) expect(kept.length).toBeLessThanOrEqual(messages + 1);
        if (leftOut > 0 && kept.length > 1) expect(kept[0]?.role).toBe('user');
      }),
    );
  });
});

describe('a server that wants user and assistant to take turns', () => {
  it('gets neighbours of one role as one message, with their images', () => {
    const branch = [user('1'), { ...user('2'), images: [IMAGE] }, assistant('3'), user('4')];
    const { messages, lines } = sent(branch, { system: 'S', roles: 'alternate' });
    expect(lines).toEqual(['system: S', 'user: 1\n\n2', 'assistant: 3', 'user: 4']);
    expect(messages[1]?.images).toEqual([IMAGE]);
  });

  it('gets the system prompt as the beginning of the first question, if it takes none', () => {
    const branch = [user('1'), assistant('2')];
    expect(sent(branch, { system: 'S', roles: 'alternate_without_system' }).lines).toEqual([
      'user: S\n\n1',
      'assistant: 2',
    ]);
  });

  it('never gets two of a role in a row', () => {
    const role = fc.constantFrom<Message['role'][]>('user', 'assistant', 'system');
    const rules = fc.constantFrom<RoleRule[]>('alternate', 'alternate_without_system');
    fc.assert(
      fc.property(fc.array(role), rules, fc.string(), (said, roles, system) => {
        const { messages } = sent(
          said.map((one, at) => message(one, ['text', `${at}`])),
          { roles, system },
        );
        for (const [at, { role: mine }] of messages.entries()) {
          expect(messages[at + 1]?.role).not.toBe(mine);
          if (roles === 'alternate_without_system') expect(mine).not.toBe('system');
        }
      }),
    );
  });
});
