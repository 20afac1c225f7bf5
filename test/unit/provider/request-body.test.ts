import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type CompletionInput,
  type PromptMessage,
  requestFields,
} from '../../../electron/provider/request-body';
import {
  isKnownTo,
  PARAMETER_KEYS,
  type ParameterValues,
  parameterValues,
} from '../../../shared/parameters';
import { profile } from '../../../shared/profile';
import { GUIDE_CALLS } from '../../fixtures/guide-stream';
import { EVERY_PARAMETER } from '../../fixtures/parameters';

const HELLO: PromptMessage = { role: 'user', text: 'Hello', images: [] };

interface Asked extends Partial<Omit<CompletionInput, 'settings'>> {
  readonly parameters?: ParameterValues;
  readonly extra?: CompletionInput['settings']['extra'];
}

/** The body as a server reads it. */
function bodyOf({ parameters = {}, extra = {}, ...more }: Asked): Record<string, unknown> {
  const fields = requestFields({
    profile: 'apipie',
    model: 'gpt-4o',
    messages: [HELLO],
    settings: { parameters, extra },
    ...more,
  });
  return z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(fields)));
}

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
    const body = bodyOf({
      model,
      messages: messages.map(({ role, content }) => ({ role, text: content, images: [] })),
      parameters: { ...parameters, stream },
    });
    expect(body).toEqual({ ...JSON.parse(call), stream });
  });

  it('has nothing that is not set', () => {
    expect(bodyOf({})).toEqual({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    });
  });

  it.each(PARAMETER_KEYS)(
    'carries %s to APIpie under the name and with the value it has',
    (key) => {
      const body = bodyOf({ parameters: { [key]: EVERY_PARAMETER[key] } });
      expect(body[key]).toEqual(EVERY_PARAMETER[key]);
      expect(Object.keys(body).toSorted()).toEqual(
        [...new Set(['messages', 'model', 'stream', key])].toSorted(),
      );
    },
  );

  it.each(profile.options)('carries to %s what its servers know, and nothing else', (name) => {
    const body = bodyOf({ profile: name, parameters: EVERY_PARAMETER });
    const sent = PARAMETER_KEYS.filter((key) => key in body);
    expect(sent).toEqual(PARAMETER_KEYS.filter((key) => isKnownTo(key, name)));
  });

  it.each(profile.options)('asks %s for usage only where that is the way', (name) => {
    const comesByItself = ['apipie', 'openrouter', 'mistral'].includes(name);
    expect(bodyOf({ profile: name }).stream_options).toEqual(
      comesByItself ? undefined : { include_usage: true },
    );
    const whole = bodyOf({ profile: name, parameters: { stream: false } });
    expect('stream_options' in whole).toBe(false);
  });

  it('asks for usage as the user wants it', () => {
    const parameters = { stream_options: { include_usage: false } };
    expect(bodyOf({ profile: 'openai', parameters })).toMatchObject(parameters);
  });

  it('asks for several answers unstreamed', () => {
    expect(bodyOf({ parameters: { n: 3, stream: true } })).toMatchObject({ n: 3, stream: false });
    expect(bodyOf({ parameters: { n: 1 } })).toMatchObject({ n: 1, stream: true });
  });

  it('asks several models unstreamed', () => {
    expect(bodyOf({ model: 'a,b' })).toMatchObject({ model: 'a,b', stream: false });
  });

  it('ends with the extra fields', () => {
    const extra = { repetition_penalty: 1.2, tools: [{ type: 'function' }] };
    const body = bodyOf({ extra });
    expect(body).toMatchObject(extra);
    expect(Object.keys(body).slice(-2)).toEqual(['repetition_penalty', 'tools']);
  });

  it('leaves out an empty system message, and only that', () => {
    const messages = [
      { role: 'system', text: '', images: [] },
      { role: 'user', text: '', images: [] },
      { role: 'system', text: 'Be brief.', images: [] },
    ] as const;
    expect(bodyOf({ messages }).messages).toEqual([
      { role: 'user', content: '' },
      { role: 'system', content: 'Be brief.' },
    ]);
  });

  it('carries images as content parts after the text', () => {
    const images = ['data:image/png;base64,AAAA', 'data:image/jpeg;base64,BBBB'];
    const pictures = images.map((url) => ({ type: 'image_url', image_url: { url } }));
    expect(bodyOf({ messages: [{ role: 'user', text: 'What is it?', images }] }).messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'What is it?' }, ...pictures] },
    ]);
    expect(bodyOf({ messages: [{ role: 'user', text: '', images }] }).messages).toEqual([
      { role: 'user', content: pictures },
    ]);
  });
});
