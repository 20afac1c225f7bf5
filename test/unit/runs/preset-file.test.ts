import { describe, expect, it } from 'vitest';
import { readPresets, writePresets } from '../../../electron/runs/preset-file';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { PresetContent } from '../../../shared/contract/preset';
import { FailureError } from '../../../shared/errors';
import { connectionId } from '../../../shared/ids';
import fc from '../../fixtures/fast-check';

const connections = [
  { id: connectionId.parse(3), name: 'APIpie' },
  { id: connectionId.parse(4), name: 'Home' },
];

const content: PresetContent = {
  connectionId: connectionId.parse(4),
  model: 'gpt-4o',
  settings: { ...EMPTY_CHAT_SETTINGS, system: 'Be {{mood}}.', parameters: { temperature: 0.2 } },
  opening: [{ role: 'assistant', text: 'Hi' }],
};

function reasonOf(text: string): string | undefined {
  try {
    readPresets(text, connections);
  } catch (error) {
    if (error instanceof FailureError) return error.failure.reason;
    throw error;
  }
  return 'it was read';
}

describe('a file of presets', () => {
  it('holds them with their connections by name, and gives them back', () => {
    const presets = [
      { name: 'Poet', content },
      { name: 'Any', content: { ...content, connectionId: null } },
    ];
    const text = writePresets(presets, connections);
    expect(JSON.parse(text)).toMatchObject({
      format: 'slice-presets',
      version: 1,
      presets: [{ name: 'Poet', connection: 'Home' }, { connection: null }],
    });
    expect(text).not.toContain('connectionId');
    expect(readPresets(`\uFEFF${text}`, connections)).toEqual({ presets, skipped: [] });
    expect(readPresets(text, []).presets[0]?.content.connectionId).toBeNull();
  });

  it('is taken entry by entry; what is wrong says why', () => {
    const good = { name: 'Poet', connection: null, model: null, settings: EMPTY_CHAT_SETTINGS };
    const entries = [
      { ...good, opening: [] },
      { ...good, opening: [], name: '' },
      { ...good, opening: [{ role: 'robot', text: 'x' }], name: 'Robot' },
      {
        ...good,
        opening: [],
        settings: { ...EMPTY_CHAT_SETTINGS, parameters: { temperature: 9 } },
      },
      { ...good, opening: [], later: true },
      7,
      null,
    ];
    const file = { format: 'slice-presets', version: 1, presets: entries, later: true };
    const { presets, skipped } = readPresets(JSON.stringify(file), connections);
    expect(presets.map(({ name }) => name)).toEqual(['Poet']);
    expect(skipped.map(({ name }) => name)).toEqual(['#2', 'Robot', 'Poet', 'Poet', '#6', '#7']);
    expect(skipped[1]?.problem).toContain('opening.0.role');
    expect(skipped[2]?.problem).toContain('settings.parameters.temperature');
    for (const { problem } of skipped) expect(problem).not.toBe('');
  });

  it('has at most a thousand', () => {
    const entry = { name: 'x', connection: null, model: null, settings: EMPTY_CHAT_SETTINGS };
    const presets = Array(1002).fill({ ...entry, opening: [] });
    const read = readPresets(JSON.stringify({ format: 'slice-presets', version: 1, presets }), []);
    expect(read.presets).toHaveLength(1000);
    expect(read.skipped).toHaveLength(2);
  });

  it.each([
    ['', 'not_a_preset_file'],
    ['{', 'not_a_preset_file'],
    ['[]', 'not_a_preset_file'],
    ['{"format":"other","version":1,"presets":[]}', 'not_a_preset_file'],
    ['{"format":"slice-presets","version":0,"presets":[]}', 'not_a_preset_file'],
    ['{"format":"slice-presets","version":1}', 'not_a_preset_file'],
    ['{"format":"slice-presets","version":2,"presets":"other"}', 'newer_file'],
  ])('that is none of ours is refused: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('may hold anything', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (presets) => {
        const file = { format: 'slice-presets', version: 1, presets };
        const read = readPresets(JSON.stringify(file), connections);
        expect(read.presets.length + read.skipped.length).toBe(presets.length);
      }),
    );
  });
});
