import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CompletionInput, requestBody } from '../../../electron/provider/request-body';
import { profile } from '../../../shared/contract/connection';
import { PARAMETERS, parameterValues } from '../../../shared/parameters';
import { GUIDE_CALLS } from '../../fixtures/guide-stream';

const INPUT: CompletionInput = {
  profile: 'apipie',
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'Hello' }],
  parameters: {},
};

function bodyOf(input: Partial<CompletionInput>): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(requestBody({ ...INPUT, ...input })));
}

const ALL = parameterValues.parse({
  provider: 'openrouter',
  routing: 'price',
  rag_tune: 'tune',
  temperature: 0,
  top_p: 1,
  top_k: 50,
  frequency_penalty: 0.2,
  presence_penalty: -0.5,
  beam_size: 5,
  max_tokens: 100,
  n: 1,
  stream: true,
  integrity: 13,
  integrity_model: 'gpt-4o',
});

const guideCall = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.literal('user'), content: z.string() })),
});

describe('the body of a request', () => {
  it.each(GUIDE_CALLS)("is the guide's example: %s", (call) => {
    const { model, messages, ...rest } = guideCall.parse(JSON.parse(call));
    const parameters = parameterValues.parse(rest);
    // The one field that is always said, whatever a server takes its absence to mean.
    const stream = parameters.stream ?? false;
    const body = bodyOf({ model, messages, parameters: { ...parameters, stream } });
    expect(body).toEqual({ ...JSON.parse(call), stream });
  });

  it('has nothing that is not set', () => {
    expect(bodyOf({})).toEqual({ model: 'gpt-4o', messages: INPUT.messages, stream: true });
  });

  it('has every parameter of the table at APIpie', () => {
    expect(bodyOf({ parameters: ALL })).toEqual({
      model: 'gpt-4o',
      messages: INPUT.messages,
      ...ALL,
    });
  });

  it.each(profile.options.filter((name) => name !== 'apipie'))(
    'has no vendor field at %s',
    (name) => {
      const body = bodyOf({ profile: name, parameters: ALL });
      for (const { key, reach } of PARAMETERS) expect(key in body).toBe(reach === 'standard');
    },
  );

  it.each(profile.options)('asks %s for usage only where that is the way', (name) => {
    const asks = name === 'openai' || name === 'ollama';
    expect(bodyOf({ profile: name }).stream_options).toEqual(
      asks ? { include_usage: true } : undefined,
    );
    expect('stream_options' in bodyOf({ profile: name, parameters: { stream: false } })).toBe(
      false,
    );
  });

  it('asks for several answers unstreamed', () => {
    expect(bodyOf({ parameters: { n: 3, stream: true } })).toMatchObject({ n: 3, stream: false });
    expect(bodyOf({ parameters: { n: 1 } })).toMatchObject({ n: 1, stream: true });
  });

  it('leaves out an empty system message, and only that', () => {
    const messages = [
      { role: 'system', content: '' },
      { role: 'user', content: '' },
      { role: 'system', content: 'Be brief.' },
    ] as const;
    expect(bodyOf({ messages }).messages).toEqual(messages.slice(1));
  });

  it('has nothing else that its maker knew', () => {
    const more = { ...INPUT, text: 'x', connectionId: 1 };
    expect(Object.keys(JSON.parse(requestBody(more))).sort()).toEqual([
      'messages',
      'model',
      'stream',
    ]);
  });
});
