import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConversations } from '../../electron/imports/import-work';
import fc from '../fixtures/fast-check';
import { exportedFrom, importFileOf, readFileOf, saidIn } from '../fixtures/importing';
import { NOON } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';

/** What comes of a file in an empty store, and what is said of it before. */
function imported(content: unknown) {
  const { writer, reader } = connections();
  writer.pragma('synchronous = OFF');
  const text =
    typeof content === 'string' || content instanceof Uint8Array
      ? content
      : JSON.stringify(content);
  const { preview } = importFileOf(writer, text);
  return { preview, said: saidIn(reader), reader };
}

function faults(content: unknown): string[] {
  const { reader } = connections();
  const text =
    typeof content === 'string' || content instanceof Uint8Array
      ? content
      : JSON.stringify(content);
  return readFileOf(reader, text).preview.problems.map(({ fault }) => fault);
}

interface NodeOf {
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly message: object | null;
}

function said(role: string, content: object | string, more: object = {}) {
  return {
    author: { role },
    create_time: NOON / 1000 + 0.25,
    content: typeof content === 'string' ? { content_type: 'text', parts: [content] } : content,
    ...more,
  };
}

const CHATGPT = {
  title: 'Sky',
  create_time: NOON / 1000,
  update_time: NOON / 1000 + 60,
  conversation_id: 'c1',
  default_model_slug: 'gpt-4o',
  current_node: 'again',
  mapping: {
    root: { parent: null, children: ['system'], message: null },
    system: {
      parent: 'root',
      children: ['ask'],
      message: said('system', '', { metadata: { is_visually_hidden_from_conversation: true } }),
    },
    ask: {
      parent: 'system',
      children: ['first', 'again'],
      message: said('user', {
        content_type: 'multimodal_text',
        parts: [
          'Why is the sky blue?',
          { content_type: 'image_asset_pointer', asset_pointer: 'file-service://x' },
        ],
      }),
    },
    first: {
      parent: 'ask',
      children: ['run'],
      message: said(
        'assistant',
        { content_type: 'code', language: 'python', text: 'print(1)' },
        { recipient: 'python' },
      ),
    },
    run: {
      parent: 'first',
      children: [],
      message: {
        ...said('tool', { content_type: 'execution_output', text: '1' }),
        author: { role: 'tool', name: 'python' },
      },
    },
    again: { parent: 'ask', children: [], message: said('assistant', 'Because of scattering.') },
  } satisfies Record<string, NodeOf>,
};

describe("ChatGPT's export", () => {
  it('comes with every branch, the one that was open shown, and without what it hides', () => {
    const { preview, said: found, reader } = imported([CHATGPT]);
    expect(preview).toMatchObject({
      formats: ['chatgpt'],
      conversations: 1,
      messages: 4,
      missingImages: 1,
      from: NOON + 250,
      problemCount: 0,
    });
    expect(found).toEqual([
      {
        title: 'Sky',
        leaf: 4,
        messages: [
          [null, 'user', 'Why is the sky blue?', 'file: image: '],
          [1, 'assistant', 'tool: python: ```python\nprint(1)\n```'],
          [2, 'assistant', 'tool: python: 1'],
          [1, 'assistant', 'Because of scattering.'],
        ],
      },
    ]);
    expect(reader.prepare('SELECT model, created_at, updated_at FROM conversation').get()).toEqual({
      model: 'gpt-4o',
      created_at: NOON,
      updated_at: NOON + 60_000,
    });
  });

  it('is another conversation when it has gone on since it came', () => {
    const { writer, reader } = connections();
    importFileOf(writer, JSON.stringify([CHATGPT]));
    expect(readFileOf(reader, JSON.stringify([CHATGPT])).preview.known).toBe(1);
    const more = {
      ...CHATGPT.mapping,
      after: { parent: 'again', children: [], message: said('user', 'Thanks') },
    };
    expect(readFileOf(reader, JSON.stringify([{ ...CHATGPT, mapping: more }])).preview.known).toBe(
      0,
    );
  });

  it('survives circles, strange times and names of prototypes', () => {
    const strange = {
      ...CHATGPT,
      title: '__proto__',
      create_time: -5,
      update_time: 1e300,
      current_node: 'constructor',
      mapping: JSON.parse(
        JSON.stringify({
          a: {
            parent: 'b',
            children: ['b'],
            message: said('user', 'One', { create_time: 'soon' }),
          },
          b: {
            parent: 'a',
            children: ['a'],
            message: said('assistant', 'Two', { create_time: null }),
          },
          proto: {
            parent: 'nobody',
            children: ['toString'],
            message: said('user', 'Three', { create_time: 9e15 }),
          },
        }).replace('"proto"', '"__proto__"'),
      ),
    };
    const { preview, said: found } = imported([strange, null, 7, { title: 'Empty', mapping: {} }]);
    expect(preview.problems.map(({ fault }) => fault).toSorted()).toEqual([
      'circle',
      'no_messages',
      'no_parent',
      'wrong_shape',
      'wrong_shape',
    ]);
    expect(found[0]?.title).toBe('__proto__');
    expect(found[0]?.messages.map(([, , text]) => text).toSorted()).toEqual([
      'One',
      'Three',
      'Two',
    ]);
    expect(preview.from).toBe(NOON);
  });
});

const LIST = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Why is the sky blue?' },
      { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
    ],
  },
  {
    role: 'assistant',
    content: null,
    reasoning_content: 'Hm.',
    tool_calls: [{ function: { name: 'look', arguments: '{"at":"sky"}' } }],
  },
  { role: 'tool', name: 'look', content: 'blue' },
  { role: 'assistant', content: 'Because of scattering.' },
];

const SAID = [
  [null, 'system', 'Be brief.'],
  [1, 'user', 'Why is the sky blue?'],
  [2, 'assistant', 'reasoning: Hm.', 'tool: look: {"at":"sky"}'],
  [3, 'assistant', 'tool: look: blue'],
  [4, 'assistant', 'Because of scattering.'],
];

describe("messages in OpenAI's form", () => {
  it('come as a list, as an object, as a list of either, and line by line', () => {
    const one = { messages: LIST, title: 'Sky', model: 'gpt-4o' };
    const other = [{ role: 'user', content: 'And at night?' }];
    const lines = `${JSON.stringify({ messages: LIST })}\n\n${JSON.stringify({ messages: other })}\n`;
    const messageLines = LIST.map((message) => JSON.stringify(message)).join('\r\n');
    for (const content of [
      LIST,
      one,
      [LIST],
      [one],
      lines,
      messageLines,
      [{ messages: LIST }, other],
    ]) {
      const { preview, said: found } = imported(content);
      expect(preview).toMatchObject({ formats: ['openai'], problemCount: 0, missingImages: 1 });
      expect(found.map(({ messages }) => messages)).toContainEqual(SAID);
    }
    expect(imported(one).said[0]?.title).toBe('Sky');
    expect(
      imported(lines)
        .said.map(({ title }) => title)
        .toSorted(),
    ).toEqual(['And at night?', 'Why is the sky blue?']);
  });

  it('that stand beside a tree of messages do not keep the file from being read', () => {
    const messages = [{ role: 'user', content: 'Is this beside it?' }];
    const beside = { ...CHATGPT, messages };
    const own = { messages, format: 'slice-conversations', version: 1, conversations: [{}] };
    const { preview, said: found } = imported([beside, { title: 'Own', ...own }]);
    expect(found.map(({ title }) => title).toSorted()).toEqual(['Own', 'Sky']);
    expect(preview.problems).toEqual([]);
  });

  it('that are bad are passed, with the place, and the others come', () => {
    const lines = [
      JSON.stringify({ messages: [{ role: 'user', content: 'One' }] }),
      '{"messages": [{"role": "user", "content": tru}]}',
      '{broken',
      JSON.stringify({
        messages: [
          { role: 'robot', content: 'Two' },
          { role: 'user', content: 'Three' },
        ],
      }),
      JSON.stringify({ messages: [] }),
    ];
    const { preview, said: found } = imported(lines.join('\n'));
    expect(found.map(({ title }) => title).toSorted()).toEqual(['One', 'Three']);
    expect(preview.problems.map(({ fault, skipped }) => [fault, skipped])).toEqual([
      ['not_json', false],
      ['no_messages', true],
      ['not_json', true],
      ['wrong_shape', false],
      ['no_messages', true],
    ]);
  });

  it('come as they were, whatever is said', () => {
    const message = fc.record({
      role: fc.constantFrom('user', 'assistant', 'system'),
      content: fc.string({ unit: 'grapheme', minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 9 }), (messages) => {
        const [conversation] = imported(messages).said;
        expect(conversation?.messages.map(([, role, content]) => ({ role, content }))).toEqual(
          messages,
        );
      }),
      { numRuns: 30 },
    );
  });
});

const NO_PARENT = '00000000-0000-0000-0000-000000000000';

function line(id: string, parent: string, text: string, byUser: boolean) {
  return {
    messageId: id,
    parentMessageId: parent,
    conversationId: 'l1',
    text,
    sender: byUser ? 'User' : 'GPT',
    isCreatedByUser: byUser,
    createdAt: '2024-10-21T18:32:47.000Z',
  };
}

describe("LibreChat's export", () => {
  const head = {
    conversationId: 'l1',
    endpoint: 'openAI',
    title: 'Sky',
    exportAt: '18:33:47 GMT',
    options: { model: 'gpt-4o' },
  };
  const ask = line('m1', NO_PARENT, 'Why is the sky blue?', true);
  const first = line('m2', 'm1', '', false);
  const answer = {
    ...first,
    content: [
      { type: 'think', think: 'Hm.' },
      { type: 'text', text: { value: 'Because.' } },
    ],
  };
  const other = line('m3', 'm1', 'It is not.', false);
  const expected = [
    [null, 'user', 'Why is the sky blue?'],
    [1, 'assistant', 'reasoning: Hm.', 'Because.'],
    [1, 'assistant', 'It is not.'],
  ];

  it('comes with its branches, flat or nested', () => {
    const flat = imported({ ...head, recursive: false, messages: [ask, answer, other] });
    expect(flat.preview).toMatchObject({ formats: ['librechat'], problemCount: 0, from: NOON });
    expect(flat.said).toEqual([{ title: 'Sky', leaf: 3, messages: expected }]);
    const nested = imported({
      ...head,
      recursive: true,
      messages: [{ ...ask, children: [answer, other] }],
    });
    expect(nested.said).toEqual(flat.said);
  });

  it('comes at any depth', () => {
    // Put together from the inside: JSON.stringify does not go so deep.
    let text = JSON.stringify(line('m9999', 'm9998', 'The last', true));
    for (let at = 9998; at >= 0; at -= 1) {
      const one = JSON.stringify(
        line(`m${at}`, at === 0 ? NO_PARENT : `m${at - 1}`, `${at}`, at % 2 === 0),
      );
      text = `${one.slice(0, -1)},"children":[${text}]}`;
    }
    const { preview } = imported(`{"conversationId":"l1","title":"Deep","messages":[${text}]}`);
    expect(preview).toMatchObject({ messages: 10_000, problemCount: 0 });
  });
});

describe("Cherry Studio's backup", () => {
  const state = {
    assistants: JSON.stringify({
      defaultAssistant: { topics: [] },
      assistants: [
        {
          id: 'a',
          topics: [{ id: 't1', name: 'Sky', createdAt: '2024-10-21T18:32:47.000Z', pinned: true }],
        },
      ],
    }),
  };
  const backup = {
    time: NOON,
    version: 5,
    localStorage: { 'persist:cherry-studio': JSON.stringify(state) },
    indexedDB: {
      files: [],
      topics: [
        {
          id: 't1',
          messages: [
            { id: 'q', role: 'user', createdAt: '2024-10-21T18:32:47.000Z', blocks: ['b1'] },
            { id: 'a1', role: 'assistant', askId: 'q', blocks: ['b2', 'b3'] },
            { id: 'a2', role: 'assistant', askId: 'q', blocks: ['b4', 'gone'] },
            { id: 'q2', role: 'user', content: 'Thanks' },
          ],
        },
        { id: 't2', messages: [] },
      ],
      message_blocks: [
        { id: 'b1', type: 'main_text', content: 'Why is the sky blue?' },
        { id: 'b2', type: 'thinking', content: 'Hm.' },
        { id: 'b3', type: 'main_text', content: 'Because.' },
        { id: 'b4', type: 'main_text', content: 'It is not.' },
      ],
      settings: [],
    },
  };
  const expected = [
    [null, 'user', 'Why is the sky blue?'],
    [1, 'assistant', 'reasoning: Hm.', 'Because.'],
    [1, 'assistant', 'It is not.'],
    [3, 'user', 'Thanks'],
  ];

  it('comes with its topics by their names, and answers side by side', () => {
    const { preview, said: found } = imported(backup);
    expect(preview).toMatchObject({ formats: ['cherry'], conversations: 1, problemCount: 0 });
    expect(found).toEqual([{ title: 'Sky', leaf: 4, messages: expected }]);
  });

  it('can be given up while what stands apart is put together', () => {
    const messages = [{ id: 'q', role: 'user', blocks: Array(500).fill('b1') }];
    const topics = [{ id: 't1', messages }];
    const path = join(temporaryFolder(), 'backup.json');
    writeFileSync(path, JSON.stringify({ ...backup, indexedDB: { ...backup.indexedDB, topics } }));
    const job = { path, staged: `${path}.db`, attachments: temporaryFolder(), now: NOON };
    let asked = 0;
    const givenUp = () => {
      asked += 1;
      if (asked > 400) throw new Error('given up');
    };
    expect(() => readConversations(connections().reader, job, givenUp)).toThrow('given up');
    expect(existsSync(job.staged)).toBe(false);
  });

  it('comes in whatever order its tables stand', () => {
    const { message_blocks, topics, ...rest } = backup.indexedDB;
    const turned = { ...backup, indexedDB: { message_blocks, topics, ...rest } };
    expect(imported(turned).said[0]?.messages).toEqual(expected);
  });
});

describe('a hostile file', () => {
  it('says what is wrong with it', () => {
    expect(faults('')).toEqual(['unknown_format']);
    expect(faults('Hello!')).toEqual(['not_json']);
    expect(faults({ a: 1 })).toEqual(['unknown_format']);
    expect(faults('<html><body>{}</body>')).toEqual(['not_json']);
    expect(faults(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))).toEqual(['not_json']);
    expect(faults(JSON.stringify([CHATGPT]).slice(0, -40))).toEqual(['truncated']);
  });

  it.each([8_640_000_000_000, 253_402_300_800])(
    'whose times no calendar has, such as %s, can be written out, and read again',
    (seconds) => {
      const text = JSON.stringify(CHATGPT).replace(
        /"create_time":[\d.]+/g,
        `"create_time":${seconds}`,
      );
      const { preview, reader } = imported(text);
      expect(preview).toMatchObject({ conversations: 1, from: NOON, to: NOON });
      expect(faults(exportedFrom(reader))).toEqual([]);
    },
  );

  it('that ends in its middle brings what stands before', () => {
    const text = JSON.stringify([{ ...CHATGPT, conversation_id: 'c0' }, CHATGPT]);
    const { preview, said: found } = imported(text.slice(0, -30));
    expect(found).toHaveLength(1);
    expect(preview.problems).toMatchObject([{ fault: 'truncated', skipped: true }]);
    expect(imported(JSON.stringify(LIST).slice(0, -10)).said[0]?.messages).toHaveLength(4);
  });

  it('in UTF-16, or with a mark before it, is read like any other', () => {
    const text = JSON.stringify([{ role: 'user', content: 'Grüße 你好 🙂' }]);
    const little = Buffer.from(text, 'utf16le');
    for (const content of [
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      little,
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]),
    ]) {
      expect(imported(content).said[0]?.title).toBe('Grüße 你好 🙂');
    }
  });

  it('nested as deep as anybody likes, or with one enormous text, harms nothing', () => {
    const deep = `${'[{"a":'.repeat(10_000)}1${'}]'.repeat(10_000)}`;
    const huge = 'x'.repeat(10 * 1024 * 1024);
    expect(faults(deep)).toEqual(['unknown_format']);
    const { said: found } = imported(`[{"role":"user","content":"${huge}","extra":${deep}}]`);
    expect(found[0]?.messages).toEqual([[null, 'user', huge]]);
    expect(found[0]?.title.length).toBeLessThan(100);
  });
});
