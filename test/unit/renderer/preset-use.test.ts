import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTexts } from '../../../renderer/locales/i18n';
import {
  contentVariables,
  contentWith,
  differencesOf,
  filledContent,
  isFilledFrom,
} from '../../../renderer/preset/differences';
import { freePresetName } from '../../../renderer/preset/new-preset';
import { shortModel, summaryOf } from '../../../renderer/preset/summary';
import { askVariables, nextStep, useVariables } from '../../../renderer/preset/variables';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import { PARAMETERS } from '../../../shared/parameters';
import { filled, variablesOf } from '../../../shared/template';
import fc from '../../fixtures/fast-check';
import { EMPTY_PRESET } from '../../fixtures/presets';

beforeAll(startTexts);

describe('settings beside their preset', () => {
  const base = {
    ...EMPTY_CHAT_SETTINGS,
    system: 'You are {{role}}. Write in {{language}}.',
    parameters: { temperature: 0.2, response_format: { type: 'json_object' } },
    extra: { a: 1, b: [1, 2] },
  } as const;
  const preset = { ...base, extra: { ...base.extra, b: [...base.extra.b] } };

  it('do not differ when only the order of fields does, or when variables were filled in', () => {
    const settings = {
      ...preset,
      system: 'You are a poet. Write in Dutch.',
      extra: { b: [1, 2], a: 1 },
    };
    expect(differencesOf(settings, preset)).toEqual([]);
  });

  it('differ in each value that is another, set or not set', () => {
    const settings = {
      ...preset,
      system: 'You are a poet.',
      parameters: { top_p: 0.5 },
      extra: {},
      history: { messages: 4, tokens: null },
    };
    expect(new Set(differencesOf(settings, preset))).toEqual(
      new Set(['system', 'temperature', 'response_format', 'top_p', 'extra', 'messages']),
    );
  });
});

describe('a text from a template', () => {
  const words = fc.string({ maxLength: 20 }).filter((text) => !/[{}]/.test(text));

  it('is known whatever was filled in', () => {
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 5 }),
        fc.array(words),
        (texts, put) => {
          const template = texts.join('{{x}}').replace('{{x}}', '{{y}}');
          const values = { x: put[0] ?? '', y: put[1] ?? '' };
          expect(isFilledFrom(template, filled(template, values))).toBe(true);
        },
      ),
    );
  });

  it('is not one that lacks a part of it, or adds to it', () => {
    expect(isFilledFrom('Be {{mood}}, please.', 'Be kind.')).toBe(false);
    expect(isFilledFrom('Be {{mood}}', 'I am kind')).toBe(false);
    expect(isFilledFrom('Be kind.', 'Be kind. Be brief.')).toBe(false);
    expect(isFilledFrom('aba{{x}}aba', 'aba')).toBe(false);
  });
});

describe('what a preset holds', () => {
  const content = {
    ...EMPTY_PRESET,
    model: 'gpt-4o',
    settings: { ...EMPTY_CHAT_SETTINGS, system: 'Speak {{language}}.' },
    opening: [
      { role: 'user', text: 'I am {{name}}.' },
      { role: 'assistant', text: '{{ greeting }}' },
    ] as { role: 'user' | 'assistant'; text: string }[],
  };

  it('names its variables in the order one reads them, and is filled in everywhere', () => {
    expect(contentVariables(content)).toEqual(['language', 'name', 'greeting']);
    const put = filledContent(content, {
      language: 'Dutch',
      name: '{{language}}',
      greeting: 'Dag',
    });
    expect(put.settings.system).toBe('Speak Dutch.');
    expect(put.opening.map(({ text }) => text)).toEqual(['I am {{language}}.', 'Dag']);
  });

  it('drops an opening message of which nothing is left', () => {
    expect(filledContent(content, { greeting: ' ' }).opening).toHaveLength(1);
  });

  it('keeps its variables and its opening when other settings are saved to it', () => {
    const settings = {
      ...EMPTY_CHAT_SETTINGS,
      system: 'Speak Dutch.',
      parameters: { temperature: 1 },
    };
    const saved = contentWith(content, settings, 'gpt-4o-mini');
    expect(saved.settings).toEqual({ ...settings, system: 'Speak {{language}}.' });
    expect(saved.opening).toBe(content.opening);
    expect(saved.model).toBe('gpt-4o-mini');
  });

  it('stays without a model when it had none', () => {
    expect(contentWith(EMPTY_PRESET, EMPTY_CHAT_SETTINGS, 'gpt-4o').model).toBeNull();
    const changed = contentWith(content, { ...content.settings, system: 'Whisper.' }, null);
    expect([changed.model, changed.settings.system]).toEqual(['gpt-4o', 'Whisper.']);
  });
});

describe('the line about a preset', () => {
  const words = {
    labelOf: (key: keyof typeof PARAMETERS) => PARAMETERS[key].label,
    textOf: (_: string, value: unknown) => String(value),
  };
  const line = (content: Parameters<typeof summaryOf>[0]) => summaryOf(content, words, i18next.t);

  it('says what matters most first, and how much it leaves out', () => {
    const settings = {
      ...EMPTY_CHAT_SETTINGS,
      system: 'Hi',
      parameters: { seed: 1, temperature: 0.2, integrity: 13 },
      history: { messages: 2, tokens: 100 },
    } as const;
    expect(line({ ...EMPTY_PRESET, model: 'openai/gpt-4o', settings })).toBe(
      'gpt-4o, Integrity 13, Temperature 0.2 and 3 more',
    );
  });

  it('says so when nothing is set', () => {
    expect(line(EMPTY_PRESET)).toBe('Nothing set');
  });

  it('names models without their makers', () => {
    expect(shortModel('openai/gpt-4o, mistral/large')).toBe('gpt-4o, large');
  });
});

describe('the question about variables', () => {
  it('is not asked when there are none', async () => {
    await expect(askVariables('Plain', ['no { } here'])).resolves.toEqual({});
    expect(useVariables.getState().question).toBeNull();
  });

  it('answers with what was filled in, and remembers it', async () => {
    const answer = askVariables('Poet', ['{{a}} {{b}}', '{{a}}']);
    const { question } = useVariables.getState();
    expect(question?.names).toEqual(['a', 'b']);
    question?.answer({ a: '1', b: '' });
    await expect(answer).resolves.toEqual({ a: '1', b: '' });
    expect(useVariables.getState()).toMatchObject({ question: null, last: { a: '1', b: '' } });
  });

  it('gives way to a later one', async () => {
    const first = askVariables('Poet', ['{{a}}']);
    const second = askVariables('Critic', ['{{b}}']);
    await expect(first).resolves.toBeNull();
    useVariables.getState().question?.answer(null);
    await expect(second).resolves.toBeNull();
  });

  it('goes from field to field, and asks once whether empty is meant', () => {
    const names = variablesOf('{{a}}{{b}}');
    expect(nextStep(names, { a: '1' }, 0, false)).toEqual({ kind: 'field', index: 1 });
    expect(nextStep(names, { a: '1' }, 1, false)).toEqual({ kind: 'confirm' });
    expect(nextStep(names, { a: '1' }, null, true)).toEqual({ kind: 'done' });
    expect(nextStep(names, { a: '1', b: '2' }, 1, false)).toEqual({ kind: 'done' });
  });
});

describe('a name for a new preset', () => {
  it('is one that no other has', () => {
    const taken = [{ name: 'Poet' }, { name: 'Poet (2)' }];
    expect(freePresetName('Poet', taken)).toBe('Poet (3)');
    expect(freePresetName('Critic', taken)).toBe('Critic');
    expect(freePresetName('x'.repeat(100), [{ name: 'x'.repeat(100) }])).toHaveLength(100);
  });
});
