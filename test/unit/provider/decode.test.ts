import { describe, expect, it } from 'vitest';
import { readUsage } from '../../../electron/provider/usage';
import { nano } from '../../../shared/money';
import { answerText } from '../../../shared/run-view';
import { type Decoded, decode, decodeChunks, decodeWhole } from '../../fixtures/decoding';
import { GUIDE_COMPLETION, GUIDE_STREAM, GUIDE_STREAM_PRINTED } from '../../fixtures/guide-stream';

function textsOf({ view }: Decoded): string[] {
  return view.choices.map(({ parts }) => answerText(parts));
}

/** A chunk with one delta. */
function delta(fields: object, more: object = {}): object {
  return { choices: [{ index: 0, delta: fields, finish_reason: null, ...more }] };
}

const STREAMED = {
  completionId: 'chatcmpl-fc2e9121675cd68b07b6d1eb5e2b11e8',
  servedModel: 'openai/gpt-4o',
  servedProvider: 'openrouter',
  choices: [{ parts: [{ kind: 'text', text: 'The sky', name: null }], finishReason: 'stop' }],
  usage: {
    promptTokens: 13,
    completionTokens: 100,
    totalTokens: 113,
    cachedTokens: null,
    reasoningTokens: null,
    promptCharacters: 20,
    responseCharacters: 527,
    cost: nano(1_878_000n),
    costText: '0.001878',
    latencyMs: 2831,
    raw: '{"prompt_tokens":13,"completion_tokens":100,"total_tokens":113,"prompt_characters":20,"response_characters":527,"cost":0.001878,"latency_ms":2831}',
  },
  failure: null,
  waiting: null,
};

describe("the guide's example", () => {
  it.each([
    ['framed as an event stream', GUIDE_STREAM],
    ['as the page prints it', GUIDE_STREAM_PRINTED],
    ['with CRLF', GUIDE_STREAM.replaceAll('\n', '\r\n')],
  ])('%s reads the same wherever it is cut in two', (_, text) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      const { view, decoder } = decode([bytes.subarray(0, at), bytes.subarray(at)]);
      expect(view).toEqual(STREAMED);
      expect(decoder).toMatchObject({ done: true, finished: true, failed: false, malformed: 0 });
    }
  });

  it('unstreamed reads with text, usage and who served it', () => {
    const { view } = decodeWhole(GUIDE_COMPLETION);
    expect(view).toMatchObject({
      completionId: 'chatcmpl-5fde5f7fffe8d6dc1f18aab4a138d4b7',
      servedModel: 'openai/gpt-4o',
      servedProvider: 'openrouter',
      choices: [{ finishReason: 'stop' }],
      usage: {
        promptTokens: 13,
        completionTokens: 100,
        totalTokens: 113,
        responseCharacters: 474,
        cost: nano(1_878_000n),
        latencyMs: 2727,
      },
    });
    expect(view.choices[0]?.parts[0]?.text).toMatch(/^The sky appears .* light are$/s);
  });
});

describe('choices', () => {
  it('are one, whatever the index counts, unless several were asked for', () => {
    const chunks = [0, 1, 2].map((index) => ({ choices: [{ index, delta: { content: 'a' } }] }));
    expect(textsOf(decodeChunks(chunks))).toEqual(['aaa']);
    expect(textsOf(decodeChunks(chunks, 3))).toEqual(['a', 'a', 'a']);
  });

  it('are numbered by place when the index makes no sense', () => {
    const choices = [-1, 0.5, 1e9, 'x'].map((index) => ({ index, message: { content: 'a' } }));
    expect(textsOf(decodeWhole(JSON.stringify({ choices }), 4))).toEqual(['a', 'a', 'a', 'a']);
  });

  it('beyond all reason are left out', () => {
    const choices = Array.from({ length: 100_000 }, () => ({ message: { content: 'a' } }));
    expect(textsOf(decodeWhole(JSON.stringify({ choices }))).length).toBeLessThanOrEqual(64);
  });

  it.each([
    ['null', { choices: null }],
    ['absent', {}],
    ['not a list', { choices: 'x' }],
    ['a list of nothing', { choices: [null, 1, 'x', []] }],
    ['without delta', { choices: [{ index: 0, finish_reason: null }] }],
    ['with delta null', { choices: [{ index: 0, delta: null, finish_reason: null }] }],
    ['with content null', delta({ content: null, tool_calls: null, refusal: null })],
    ['with a list of nothing for content', delta({ content: [null, { type: 'x' }] })],
  ])('may be %s', (_, chunk) => {
    const { view, decoder } = decodeChunks([chunk, delta({ content: 'still' })]);
    expect(view.choices[0]?.parts).toEqual([{ kind: 'text', text: 'still', name: null }]);
    expect(decoder.malformed).toBe(0);
  });

  it('may hold their text in parts, in a message or by themselves', () => {
    const said = [
      delta({ content: [{ type: 'text', text: 'a' }] }),
      { choices: [{ message: { content: 'b' } }] },
      { choices: [{ text: 'c' }] },
    ];
    expect(textsOf(decodeChunks(said))).toEqual(['abc']);
  });
});

describe('an array of answers', () => {
  const answer = (model: string, cost: unknown, ...texts: string[]) => ({
    id: `id-${model}`,
    provider: 'pool',
    model,
    choices: texts.map((content, index) => ({
      index,
      message: { content },
      finish_reason: 'stop',
    })),
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost, latency_ms: 100 },
  });

  it('stands side by side, with all that was used and all who served', () => {
    const body = [answer('a', 0.1, 'one'), answer('b', '0.02', 'two'), answer('c', 0.003, 'three')];
    const decoded = decodeWhole(JSON.stringify(body));
    expect(textsOf(decoded)).toEqual(['one', 'two', 'three']);
    expect(decoded.view).toMatchObject({
      completionId: 'id-a',
      servedModel: 'a,b,c',
      servedProvider: 'pool',
      usage: {
        promptTokens: 30,
        completionTokens: 15,
        totalTokens: 45,
        promptCharacters: null,
        cost: nano(123_000_000n),
        latencyMs: 100,
      },
    });
    expect(JSON.parse(decoded.view.usage?.raw ?? '')).toHaveLength(3);
  });

  it('keeps the answers of one model apart from those of the next', () => {
    const body = [answer('a', 0.1, 'one', 'two'), answer('b', 0.1, 'three', 'four')];
    for (const answers of [1, 2]) {
      expect(textsOf(decodeWhole(JSON.stringify(body), answers))).toEqual([
        'one',
        'two',
        'three',
        'four',
      ]);
    }
  });

  it.each([
    ['a cost that makes no sense', answer('b', 'NaN', 'two')],
    ['no usage', { ...answer('b', 0, 'two'), usage: undefined }],
  ])('costs nobody knows how much when one of them has %s', (_, second) => {
    const { view } = decodeWhole(JSON.stringify([answer('a', 0.1, 'one'), second]));
    expect(view.usage?.cost).toBeNull();
    expect(view.usage?.raw).toContain('0.1');
  });

  it('keeps the others when one failed', () => {
    const body = [answer('a', 0.1, 'one'), { error: { code: 502, message: 'no upstream' } }];
    const decoded = decodeWhole(JSON.stringify(body));
    expect(textsOf(decoded)).toEqual(['one']);
    expect(decoded.view.usage?.cost).toBe(100_000_000n);
    expect(decoded.decoder.failed).toBe(true);
    expect(decoded.view.failure).toMatchObject({ code: 'provider_failed' });
  });
});

describe('reasoning', () => {
  it.each(['reasoning', 'reasoning_content'])('comes as %s', (field) => {
    const { view } = decodeChunks([delta({ [field]: 'Hm' }), delta({ [field]: '.' })]);
    expect(view.choices[0]?.parts).toEqual([{ kind: 'reasoning', text: 'Hm.', name: null }]);
  });

  it('is read once when it comes under several names', () => {
    const details = [{ type: 'reasoning.text', text: 'Hm' }];
    const said = { reasoning: 'Hm', reasoning_content: 'Hm', reasoning_details: details };
    const { view } = decodeChunks([delta(said)]);
    expect(view.choices[0]?.parts).toEqual([{ kind: 'reasoning', text: 'Hm', name: null }]);
  });

  it('comes in details alone, too', () => {
    const details = [{ text: 'a' }, { summary: 'b' }, { data: 'encrypted' }];
    const { view } = decodeChunks([delta({ reasoning: null, reasoning_details: details })]);
    expect(view.choices[0]?.parts[0]?.text).toBe('ab');
  });

  it('comes within the content, as Mistral has it', () => {
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }, null, 'x'] };
    const { view, decoder } = decodeChunks([
      delta({ content: [thinking] }),
      delta({ content: [{ type: 'text', text: 'So.' }] }),
    ]);
    expect(view.choices[0]?.parts).toMatchObject([
      { kind: 'reasoning', text: 'Hm' },
      { kind: 'text', text: 'So.' },
    ]);
    expect(decoder.hasOutput).toBe(true);
  });

  it('may say any word', () => {
    const { view } = decodeChunks([delta({ reasoning: 'is ' }), delta({ reasoning: 'null' })]);
    expect(view.choices[0]?.parts[0]?.text).toBe('is null');
  });
});

describe('usage that comes twice', () => {
  const costAfter = (...blocks: object[]) => {
    const { view } = decodeChunks(blocks.map((usage) => ({ choices: [], usage })));
    return [view.usage?.cost, view.usage?.costText, view.usage?.latencyMs];
  };
  const tokens = { prompt_tokens: 5, completion_tokens: 7 };

  it.each([
    ['nothing of it', { latency_ms: 90 }],
    ['the same tokens', { ...tokens, latency_ms: 90 }],
  ])('keeps the cost of the first where the second says %s', (_, second) => {
    expect(costAfter({ ...tokens, cost: 0.25 }, second)).toEqual([250_000_000n, '0.25', 90]);
  });

  it('has the cost that was said last, also one that makes no sense', () => {
    expect(costAfter({ cost: 0.25 }, { cost: 0.5 })).toEqual([500_000_000n, '0.5', null]);
    expect(costAfter({ cost: 0.25 }, { cost: -1 })).toEqual([null, '-1', null]);
  });

  it.each([{ cost: 0.5 }, { cost: 0.5, latency_ms: 90 }, { cost: 0.5, prompt_tokens: null }])(
    'keeps the tokens of the first where the second has none: %j',
    (second) => {
      const first = { ...tokens, prompt_tokens_details: { cached_tokens: 4 } };
      const { view } = decodeChunks([first, second].map((usage) => ({ choices: [], usage })));
      const { raw: _, latencyMs: __, ...counted } = readUsage(first, '');
      expect(view.usage).toMatchObject({ ...counted, cost: 500_000_000n, costText: '0.5' });
    },
  );

  it('has no cost where more tokens were counted after it was said', () => {
    expect(costAfter({ completion_tokens: 1, cost: 0 }, tokens)).toEqual([null, null, null]);
  });
});

describe('tool calls', () => {
  const call = (fields: object) => delta({ tool_calls: [fields] });
  const part = (name: string, text: string) => ({ kind: 'tool', name, text });

  it.each([
    ['their index', { index: 0 }, { index: 1 }],
    ['an index that begins anywhere', { index: 4 }, { index: 7 }],
    ['their id', { id: 'x' }, { id: 'y' }],
    ['their id where the index makes no sense', { index: -1, id: 'x' }, { index: 0.5, id: 'y' }],
  ])('are told apart by %s', (_, one, two) => {
    const { view } = decodeChunks([
      call({ ...one, function: { name: 'f', arguments: '' } }),
      call({ ...two, function: { name: 'g', arguments: '{' } }),
      call({ ...one, function: { arguments: '{}' } }),
      call({ ...two, function: { arguments: '}' } }),
    ]);
    expect(view.choices[0]?.parts).toEqual([part('f', '{}'), part('g', '{}')]);
  });

  it('are told apart by their id where all have the same index', () => {
    const { view } = decodeChunks([
      call({ index: 0, id: 'x', function: { name: 'f', arguments: '' } }),
      call({ index: 0, function: { arguments: '{}' } }),
      call({ index: 0, id: 'y', function: { name: 'g', arguments: '{' } }),
      call({ index: 0, function: { arguments: '}' } }),
      call({ index: 0, id: 'x', function: { name: 'f', arguments: ' ' } }),
    ]);
    expect(view.choices[0]?.parts).toEqual([part('f', '{} '), part('g', '{}')]);
  });

  it('go on under an id of each piece, as some servers number those', () => {
    const { view } = decodeChunks([
      call({ index: 0, id: 'x1', function: { name: 'f', arguments: '{' } }),
      call({ index: 0, id: 'x2', function: { arguments: '}' } }),
    ]);
    expect(view.choices[0]?.parts).toEqual([part('f', '{}')]);
  });

  it('may come whole, several at once, in several choices', () => {
    const message = {
      tool_calls: ['x', 'y'].map((id) => ({ id, function: { name: id, arguments: '{}' } })),
    };
    const choices = [0, 1].map((index) => ({ index, message }));
    const { view } = decodeWhole(JSON.stringify({ choices }), 2);
    for (const { parts } of view.choices) expect(parts).toEqual([part('x', '{}'), part('y', '{}')]);
  });
});

describe('who serves', () => {
  it.each([
    ['openrouter', 'openrouter'],
    [{ name: 'DeepInfra', slug: 'deepinfra' }, 'DeepInfra'],
    [{ id: 'deepinfra' }, 'deepinfra'],
    [null, null],
    ['null', null],
  ])('is read from %j', (provider, name) => {
    const { view } = decodeChunks([{ id: 'c', model: 'm', provider, choices: [] }]);
    expect(view).toMatchObject({ completionId: 'c', servedModel: 'm', servedProvider: name });
  });

  it('is cut where a name has no end, as is the reason of an end', () => {
    const long = 'x'.repeat(1_000_000);
    const said = { id: long, model: long, provider: long };
    const { view } = decodeChunks([{ ...said, ...delta({}, { finish_reason: long }) }]);
    const { completionId, servedModel, servedProvider, choices } = view;
    const cut = 'x'.repeat(300);
    expect([completionId, servedModel, servedProvider]).toEqual([cut, cut, cut]);
    expect(choices[0]?.finishReason).toBe(cut);
  });

  it('is said once', () => {
    const chunk = { id: 'c', model: 'm', provider: 'p', ...delta({ content: 'a' }) };
    const { events } = decodeChunks([chunk, chunk, { ...chunk, provider: undefined }]);
    expect(events.filter(({ type }) => type === 'served')).toHaveLength(1);
  });

  it('stays when later chunks do not say', () => {
    const { view } = decodeChunks([{ id: 'c', model: 'm', provider: 'p' }, delta({}), {}]);
    expect(view).toMatchObject({ completionId: 'c', servedModel: 'm', servedProvider: 'p' });
  });
});

describe('the end', () => {
  const usage = { prompt_tokens: 1 };
  const finish = delta({}, { finish_reason: 'stop' });

  it('is near once usage follows a finish reason', () => {
    const { decoder } = decodeChunks([delta({ content: 'a' }), finish, { choices: [], usage }]);
    expect(decoder).toMatchObject({ finished: true, usageClosed: true, done: false });
  });

  it('is not near when usage came first', () => {
    const { decoder } = decodeChunks([{ choices: [], usage }, delta({ content: 'a' }), finish]);
    expect(decoder).toMatchObject({ finished: true, usageClosed: false });
  });

  it('is not marked by an empty reason, nor by null usage', () => {
    const { decoder, view } = decodeChunks([
      { ...delta({ content: 'a' }, { finish_reason: '' }), usage: null },
    ]);
    expect(decoder).toMatchObject({ finished: false, usageClosed: false });
    expect(view.usage).toBeNull();
  });
});

describe('an error in the stream', () => {
  it.each([
    ['{"error":{"code":"server_error","message":"gone"}}', 'provider_failed', 'gone'],
    ['{"error":{"code":502,"message":"gone"}}', 'provider_failed', 'gone'],
    ['{"error":{"message":"gone"},"message":"x"}', 'provider_failed', 'gone'],
    ['{"error":"gone"}', 'provider_failed', 'gone'],
    ['{"object":"error","message":"gone","code":400}', 'invalid_input', 'gone'],
    ['{"code":"ACCOUNT_ERROR","message":"gone"}', 'no_credit', 'gone'],
    ['{"code":401,"message":"gone"}', 'key_rejected', 'gone'],
    ['{"code":20012,"message":"gone","data":null}', 'provider_failed', 'gone'],
    ['{"choices":[{"error":{"code":502,"message":"gone"}}]}', 'provider_failed', 'gone'],
    ['{"error":{"code":429,"message":"gone"}}', 'rate_limited', 'gone'],
    ['{"error":{"message":"key sk-test-key echoed"}}', 'provider_failed', 'key ••• echoed'],
  ])('is read from %s', (data, code, detail) => {
    const { view, decoder } = decode([Buffer.from(`data: ${data}\n\n`)], { key: 'sk-test-key' });
    expect(view.failure).toMatchObject({ code, detail });
    expect(decoder.failed).toBe(true);
  });

  it.each([
    ['error: {"code":500,"message":"gone"}', 'gone'],
    ['error: {"error":{"message":"gone"}}', 'gone'],
    ['error: gone', 'gone'],
  ])('is read from the line %s', (line, detail) => {
    expect(decode([Buffer.from(`${line}\n\n`)]).view.failure).toMatchObject({
      code: 'provider_failed',
      detail,
    });
  });

  it('may be told by the finish reason alone', () => {
    const chunks = [delta({ content: 'a' }), delta({}, { finish_reason: 'error' })];
    const { decoder, view } = decodeChunks(chunks);
    expect(view.failure).toEqual({ code: 'provider_failed' });
    expect(decoder.failed).toBe(true);
    const reported = { error: { message: 'gone' }, ...delta({}, { finish_reason: 'error' }) };
    expect(decodeChunks([reported]).view.failure?.detail).toBe('gone');
  });

  it('is not seen where there is none', () => {
    const { decoder } = decodeChunks([
      { error: null, ...delta({ content: 'a' }) },
      { code: 0, message: 'ok', data: [] },
      { code: 200, message: 'ok' },
    ]);
    expect(decoder.failed).toBe(false);
  });
});

describe('records that are no chunks', () => {
  it.each(['1', '"x"', 'null', 'true', 'words', '{', '[1,"x"]'])('are counted: %s', (data) => {
    const { decoder, events } = decode([Buffer.from(`data: ${data}\n\n`)]);
    expect(decoder.malformed).toBeGreaterThan(0);
    expect(events).toEqual([]);
  });
});
