import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { multiplierOf } from '../../../renderer/features/chat/cost-multiplier';
import { ParametersPanel } from '../../../renderer/features/chat/parameters-panel';
import { startTexts } from '../../../renderer/locales/i18n';
import { jsonErrorAt } from '../../../renderer/parameters/json-position';
import { obstacleOf, timesOf, withValue } from '../../../renderer/parameters/setting';
import {
  listText,
  stepped,
  typedExtra,
  typedJson,
  typedList,
  typedNumber,
} from '../../../renderer/parameters/typed-value';
import { differencesOf } from '../../../renderer/preset/differences';
import type { PresetUse } from '../../../renderer/preset/use-preset-actions';
import { TooltipProvider } from '../../../renderer/ui/tooltip';
import { type ChatSettings, EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { Preset } from '../../../shared/contract/preset';
import { PARAMETER_KEYS, PARAMETERS } from '../../../shared/parameters';
import { describedConnection } from '../../fixtures/connections';
import fc from '../../fixtures/fast-check';
import { keptPreset } from '../../fixtures/presets';

beforeAll(startTexts);

const temperature = { type: 'number', min: 0, max: 2 } as const;

describe('a typed number', () => {
  it('is taken with a point or a comma, and nothing unsets it', () => {
    expect(typedNumber('0.7', temperature)).toEqual({ value: 0.7 });
    expect(typedNumber(' 0,7 ', temperature)).toEqual({ value: 0.7 });
    expect(typedNumber('', temperature)).toEqual({ value: undefined });
  });

  it('says what is wrong with it', () => {
    expect(typedNumber('2.1', temperature)).toEqual({ error: { kind: 'range', min: 0, max: 2 } });
    expect(typedNumber('warm', temperature)).toEqual({ error: { kind: 'notANumber' } });
    expect(typedNumber('1e2', temperature)).toEqual({ error: { kind: 'notANumber' } });
    expect(typedNumber('1.5', { type: 'integer', min: 1, max: 5 })).toEqual({
      error: { kind: 'notWhole' },
    });
  });

  it('is no thousandth of itself where its thousands are set apart', () => {
    const tokens = { type: 'integer', min: 1, max: 1_000_000_000 } as const;
    expect(typedNumber('10,000', tokens)).toEqual({ value: 10_000 });
    expect(typedNumber('1.000.000', tokens)).toEqual({ value: 1_000_000 });
    for (const text of ['10,00', '10.0', '10,0000', '1,000.000']) {
      expect(typedNumber(text, tokens), text).toHaveProperty('error');
    }
    expect(typedNumber('0,125', temperature)).toEqual({ value: 0.125 });
  });

  it('goes from step to step within its range', () => {
    const range = { min: 0, max: 2, step: 0.1 };
    expect(stepped(0.7, 1, range)).toBe(0.8);
    expect(stepped(0.75, 1, range)).toBe(0.8);
    expect(stepped(0.75, -1, range)).toBe(0.7);
    expect(stepped(2, 1, range)).toBe(2);
    expect(stepped(undefined, 1, range)).toBe(1);
    expect(stepped(undefined, 1, { min: -2, max: 2, step: 0.1 })).toBe(0);
  });
});

describe('stop sequences', () => {
  it('are one a line, with signs for what a line cannot hold', () => {
    expect(typedList('END\n\\n\\n\n\n a\\tb\\\\', 4)).toEqual({
      value: ['END', '\n\n', ' a\tb\\'],
    });
    expect(typedList('\n', 4)).toEqual({ value: undefined });
    expect(typedList('1\n2\n3\n4\n5', 4)).toEqual({ error: { kind: 'tooMany', max: 4 } });
  });

  it('come back as they were', () => {
    const items = fc.array(fc.string({ minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(items, (value) => {
        expect(typedList(listText(value), 4)).toEqual({ value });
      }),
    );
  });
});

describe('typed JSON', () => {
  it('says where it stops being JSON', () => {
    expect(typedJson('{"a": 1,\n "b": x}')).toEqual({
      error: { kind: 'json', line: 2, column: 7 },
    });
    expect(typedJson('{"a": 1} 2')).toEqual({ error: { kind: 'json', line: 1, column: 10 } });
    expect(typedJson('{"a": ')).toEqual({ error: { kind: 'jsonEnds' } });
    expect(typedJson(' ')).toEqual({ value: undefined });
  });

  it('has no error exactly where the engine reads it', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-',
      'null',
      ' ',
      '\\',
    );
    const texts = fc.oneof(
      fc.json(),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let reads = true;
        try {
          JSON.parse(text);
        } catch {
          reads = false;
        }
        const at = jsonErrorAt(text);
        expect(at === null).toBe(reads);
        if (at !== null) expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('finds the place that a change broke', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, place) => {
        const at = place % (text.length + 1);
        const found = jsonErrorAt(`${text.slice(0, at)}\u0000${text.slice(at)}`);
        // At the broken character, or where the word, number or escape begins that it breaks.
        expect(found).toBeLessThanOrEqual(at);
        expect(found).toBeGreaterThanOrEqual(at - 6);
      }),
    );
  });
});

describe('the extra fields', () => {
  it('are an object with nothing that is set elsewhere', () => {
    expect(typedExtra('{"top_a": 0.2}')).toEqual({ value: { top_a: 0.2 } });
    expect(typedExtra('[1]')).toEqual({ error: { kind: 'notAnObject' } });
    expect(typedExtra('{"temperature": 1}')).toEqual({
      error: { kind: 'ownField', field: 'temperature' },
    });
    expect(typedExtra('{"model": "a"}')).toEqual({ error: { kind: 'appField', field: 'model' } });
  });
});

describe('a setting', () => {
  it('is taken when the table allows it, and goes away again', () => {
    expect(withValue({ n: 2 }, 'temperature', 0.7)).toEqual({ n: 2, temperature: 0.7 });
    expect(withValue({ n: 2 }, 'n', undefined)).toEqual({});
    expect(withValue({ n: 2 }, 'temperature', 3)).toBeNull();
    expect(withValue({}, 'response_format', { type: 'yaml' })).toBeNull();
  });

  it('counts as a difference wherever it stands', () => {
    const settings: ChatSettings = {
      system: 'Be brief.',
      parameters: { temperature: 0, stream: false },
      extra: { top_a: 1 },
      history: { messages: 0, tokens: null },
    };
    expect(differencesOf(EMPTY_CHAT_SETTINGS)).toEqual([]);
    expect(differencesOf(settings)).toHaveLength(5);
  });

  it('says what it multiplies', () => {
    expect(timesOf('n', 3)).toBe(3);
    expect(timesOf('integrity', 12)).toBe(2);
    expect(timesOf('temperature', 2)).toBe(1);
    expect(timesOf('n', undefined)).toBe(1);
  });

  it('meets what the server does not know or has refused', () => {
    const refused = { model: 'o1', adaptation: { action: 'leave_out', field: 'top_p' } } as const;
    const renamed = {
      model: null,
      adaptation: { action: 'rename', field: 'max_tokens', to: 'max_completion_tokens' },
    } as const;
    const openai = { profile: 'openai', learned: [refused, renamed] } as const;
    const server = { ...openai, learned: [...openai.learned] };
    expect(obstacleOf('routing', server, 'o1')).toEqual({ kind: 'unknown' });
    expect(obstacleOf('top_p', server, 'o1')).toEqual({ kind: 'refused' });
    expect(obstacleOf('top_p', server, 'gpt-4o')).toBeNull();
    const takes = ['max_tokens', 'reasoning'];
    expect(obstacleOf('temperature', server, 'gpt-4o', takes)).toEqual({ kind: 'not_listed' });
    expect(obstacleOf('reasoning_effort', server, 'gpt-4o', takes)).toBeNull();
    expect(obstacleOf('stream', server, 'gpt-4o', takes)).toBeNull();
    expect(obstacleOf('temperature', server, 'gpt-4o', [])).toBeNull();
    expect(obstacleOf('max_tokens', server, 'gpt-4o')).toEqual({
      kind: 'renamed',
      to: 'max_completion_tokens',
    });
  });
});

const nothing = async () => {};
const NO_PRESET: PresetUse = {
  preset: null,
  differs: false,
  choose: nothing,
  back: null,
  save: null,
  saveNew: nothing,
};

function inUse(preset: Preset): PresetUse {
  return { preset, differs: true, choose: nothing, back: nothing, save: nothing, saveNew: nothing };
}

describe('the panel', () => {
  const panel = (
    settings: ChatSettings,
    profile: 'apipie' | 'openai',
    preset: Preset | null = null,
  ) =>
    renderToStaticMarkup(
      <TooltipProvider>
        <ParametersPanel
          settings={settings}
          preset={preset === null ? NO_PRESET : inUse(preset)}
          connection={describedConnection({ profile, name: 'Here' })}
          model="gpt-4o"
          multiplier={multiplierOf(
            { models: ['gpt-4o'], mode: 'side' },
            settings.parameters,
            profile,
            [],
          )}
          suggestions={{ provider: [], model: [] }}
          takes={null}
          onChange={() => {}}
        />
      </TooltipProvider>,
    );
  const controlOf = (markup: string, label: string) =>
    new RegExp(`<[a-z]+[^>]*aria-label="${label.replace(/[()]/g, '\\$&')}"[^>]*>`).exec(
      markup,
    )?.[0];

  it('has one control for each parameter of the table, under its name', () => {
    const markup = panel(EMPTY_CHAT_SETTINGS, 'apipie');
    for (const key of PARAMETER_KEYS) {
      const { label } = PARAMETERS[key];
      expect(markup.split(`aria-label="${label}"`), label).toHaveLength(2);
    }
    expect(controlOf(markup, 'System message')).toContain('<textarea');
    expect(controlOf(markup, 'Extra JSON')).toContain('<textarea');
    for (const control of markup.match(/<[a-z]+[^>]*aria-label=[^>]*>/g) ?? []) {
      expect(control).not.toContain('disabled=""');
    }
  });

  it('disables what the server does not know, says why, and keeps its value', () => {
    const settings = { ...EMPTY_CHAT_SETTINGS, parameters: { top_k: 40, temperature: 1 } };
    const markup = panel(settings, 'openai');
    expect(controlOf(markup, 'Top K')).toContain('disabled=""');
    expect(controlOf(markup, 'Top K')).toContain('value="40"');
    expect(controlOf(markup, 'Temperature')).not.toContain('disabled=""');
    expect(markup).toContain('Kept, but not sent: Here does not know it.');
    expect(markup).toMatch(/\d+ parameters are grey: Here does not know them/);
  });

  it('says at the value what it multiplies, and at the foot what a question costs', () => {
    const parameters = { n: 3, integrity: 13 } as const;
    const markup = panel({ ...EMPTY_CHAT_SETTINGS, parameters }, 'apipie');
    expect(markup.replace(/<[^>]+>/g, '')).toContain('13×3');
    expect(markup).toContain('3 answers × 3 votes: each question costs 9 answers.');
    expect(markup).toContain('2 set');
  });

  it('marks what a preset has otherwise, and names the preset’s value', () => {
    const preset = keptPreset({
      name: 'Precise',
      settings: {
        ...EMPTY_CHAT_SETTINGS,
        system: 'Answer {{name}} briefly.',
        parameters: { temperature: 0.2, routing: 'price', top_k: 40 },
      },
    });
    const settings: ChatSettings = {
      ...EMPTY_CHAT_SETTINGS,
      system: 'Answer Ada briefly.',
      parameters: { temperature: 0.7, routing: 'price', top_p: 0.9 },
    };
    const markup = panel(settings, 'apipie', preset);
    expect(markup).toContain('3 differ from Precise');
    expect(markup.split('parameter-differs')).toHaveLength(4);
    expect(markup).toContain('aria-label="Back to the preset’s value, 0.2"');
    expect(markup).toContain('aria-label="Back to the preset’s value, not set"');
    expect(markup).toContain('aria-label="Back to the preset’s value, 40"');
    expect(markup).toContain('Save to preset');
    expect(panel(preset.content.settings, 'apipie', preset)).not.toContain('parameter-differs');
  });
});
