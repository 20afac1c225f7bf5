import { describe, expect, it } from 'vitest';
import { removeConnection } from '../../electron/store/queries/connections';
import {
  choosePreset,
  getConversation,
  removeConversations,
} from '../../electron/store/queries/conversations';
import {
  changePreset,
  duplicatePreset,
  getPreset,
  insertPresets,
  insertPresetsApart,
  listPresets,
  presetName,
  removePreset,
  reorderPresets,
  restorePreset,
  setDefaultPreset,
} from '../../electron/store/queries/presets';
import { listPrompts, removePrompt, savePrompt } from '../../electron/store/queries/prompts';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { PresetContent } from '../../shared/contract/preset';
import { type PresetId, presetId, promptId } from '../../shared/ids';
import { nano } from '../../shared/money';
import { begin, connect, NOON, outcome, refused, say } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });
const missing = presetId.parse(999);

const CONTENT: PresetContent = {
  connectionId: null,
  model: 'gpt-4o',
  settings: { ...EMPTY_CHAT_SETTINGS, system: 'Be {{mood}}.', parameters: { temperature: 0.2 } },
  opening: [
    { role: 'user', text: 'Hello' },
    { role: 'assistant', text: 'Hi' },
  ],
};

function named(names: readonly string[]) {
  const store = connections();
  const ids = insertPresets(
    store.writer,
    names.map((name) => ({ name, content: CONTENT })),
    NOON,
  );
  const shown = () => listPresets(store.reader, 0).map(({ name }) => name);
  return { ...store, ids, shown, id: (at: number): PresetId => ids[at] ?? missing };
}

describe('a preset', () => {
  it('is kept as it was made, and changed in parts', () => {
    const { writer, reader, id } = named(['Poet']);
    expect(getPreset(reader, id(0), 0)).toMatchObject({
      name: 'Poet',
      content: CONTENT,
      isDefault: false,
      spent: { known: 0n, runs: 0 },
      wastedPermille: null,
    });
    changePreset(writer, id(0), { name: 'Bard' });
    expect(getPreset(reader, id(0), 0)).toMatchObject({ name: 'Bard', content: CONTENT });
    changePreset(writer, id(0), { content: { ...CONTENT, model: null } });
    expect(getPreset(reader, id(0), 0)).toMatchObject({ name: 'Bard', content: { model: null } });
  });

  it('is copied right behind itself, under a name of its own', () => {
    const { writer, id, shown } = named(['A', 'B']);
    const copy = duplicatePreset(writer, id(0), NOON);
    expect(shown()).toEqual(['A', 'A (2)', 'B']);
    duplicatePreset(writer, copy, NOON);
    expect(shown()).toEqual(['A', 'A (2)', 'A (3)', 'B']);
    insertPresetsApart(writer, [{ name: 'B', content: CONTENT }], NOON);
    expect(shown().at(-1)).toBe('B (2)');
  });

  it('of the longest name is still copied', () => {
    const { writer, id, shown } = named(['x'.repeat(100)]);
    duplicatePreset(writer, id(0), NOON);
    expect(shown()[1]).toBe(`${'x'.repeat(96)} (2)`);
  });

  it('comes back to where it was, with its name in the ledger all the while', () => {
    const { writer, reader, id, shown } = named(['A', 'B', 'C']);
    removePreset(writer, id(1), NOON);
    expect(shown()).toEqual(['A', 'C']);
    expect(presetName(reader, id(1))).toBe('B');
    restorePreset(writer, id(1));
    expect(shown()).toEqual(['A', 'B', 'C']);
  });

  it('stands where the user puts it', () => {
    const { writer, id, shown } = named(['A', 'B', 'C', 'D']);
    reorderPresets(writer, [id(2), id(0)]);
    expect(shown()).toEqual(['C', 'A', 'B', 'D']);
    insertPresets(writer, [{ name: 'E', content: CONTENT }], NOON);
    expect(shown()).toEqual(['C', 'A', 'B', 'D', 'E']);
  });

  it('can be the one that new conversations start with, alone', () => {
    const { writer, reader, id } = named(['A', 'B']);
    const defaults = () =>
      listPresets(reader, 0)
        .filter(({ isDefault }) => isDefault)
        .map(({ name }) => name);
    setDefaultPreset(writer, id(0));
    setDefaultPreset(writer, id(1));
    expect(defaults()).toEqual(['B']);
    removePreset(writer, id(1), NOON);
    expect(defaults()).toEqual([]);
    expect(() => setDefaultPreset(writer, id(1))).toThrow(NOT_FOUND);
    restorePreset(writer, id(1));
    expect(defaults()).toEqual(['B']);
    setDefaultPreset(writer, null);
    expect(defaults()).toEqual([]);
  });

  it('that is not there is not found', () => {
    const { writer, reader } = connections();
    expect(() => getPreset(reader, missing, 0)).toThrow(NOT_FOUND);
    expect(() => changePreset(writer, missing, { name: 'x' })).toThrow(NOT_FOUND);
    expect(() => duplicatePreset(writer, missing, NOON)).toThrow(NOT_FOUND);
    expect(() => removePreset(writer, missing, NOON)).toThrow(NOT_FOUND);
    expect(() => restorePreset(writer, missing)).toThrow(NOT_FOUND);
    expect(presetName(reader, missing)).toBeNull();
  });

  it.each([
    ['no JSON', '{"model":'],
    ['a list', '[]'],
    ['nothing', 'null'],
    [
      'fields of other kinds',
      '{"connectionId":-1,"model":"","settings":[],"opening":{"role":"user"},"later":1}',
    ],
  ])('of which the row holds %s is an empty one', (_, text) => {
    const { writer, reader, id } = named(['A']);
    writer.prepare('UPDATE preset SET content = ?').run(text);
    expect(getPreset(reader, id(0), 0).content).toEqual({
      connectionId: null,
      model: null,
      settings: EMPTY_CHAT_SETTINGS,
      opening: [],
    });
  });

  it('that is damaged in places keeps the rest', () => {
    const { writer, reader, id } = named(['A']);
    const opening = [{ role: 'robot', text: 'x' }, ...CONTENT.opening, 7];
    const settings = { ...CONTENT.settings, parameters: { temperature: 9, seed: 1 } };
    const text = JSON.stringify({ ...CONTENT, opening, settings });
    writer.prepare('UPDATE preset SET content = ?').run(text);
    expect(getPreset(reader, id(0), 0).content).toEqual({
      ...CONTENT,
      settings: { ...CONTENT.settings, parameters: { seed: 1 } },
    });
  });
});

describe('what was spent with a preset', () => {
  it('is of the time asked for, without the demo, and says how much was wasted', () => {
    const { writer, reader, id } = named(['A', 'B']);
    const connection = connect(writer);
    const with_ = (preset: PresetId, more = {}) =>
      begin(writer, connection, 'x', { presetId: preset, presetName: 'A', ...more });
    endRun(writer, with_(id(0)).runId, outcome({ cost: nano(5n) }), []);
    endRun(writer, with_(id(0)).runId, outcome({ cost: nano(7n), state: 'stopped' }), []);
    endRun(writer, with_(id(0)).runId, refused(), []);
    const unknown = outcome({ cost: null, costText: null, costSource: 'unknown' });
    endRun(writer, with_(id(0)).runId, unknown, []);
    endRun(writer, with_(id(0), { startedAt: NOON - 99 }).runId, outcome(), []);
    endRun(writer, with_(id(0), { isDemo: true }).runId, outcome(), []);
    endRun(writer, with_(id(1)).runId, outcome({ cost: nano(9n), costSource: 'estimated' }), []);
    const last = with_(id(0));
    expect(listPresets(reader, NOON)).toMatchObject([
      {
        spent: { known: 12n, estimated: 0n, unknown: 1, running: 1, runs: 5 },
        wastedPermille: 500,
      },
      { spent: { known: 0n, estimated: 9n, runs: 1 }, wastedPermille: 0 },
    ]);
    removeConversations(writer, [last.conversationId], NOON);
    purgeConversations(writer, [last.conversationId]);
    expect(getPreset(reader, id(0), NOON).spent.runs).toBe(5);
  });
});

describe('a conversation', () => {
  it('takes over what a preset holds', () => {
    const { writer, reader, id } = named(['A']);
    const [connection, other] = [connect(writer), connect(writer, 'Other')];
    const { conversationId } = begin(writer, connection);
    choosePreset(writer, conversationId, id(0));
    expect(getConversation(reader, conversationId)).toMatchObject({
      presetId: id(0),
      connectionId: connection,
      model: 'gpt-4o',
      settings: CONTENT.settings,
    });
    changePreset(writer, id(0), { content: { ...CONTENT, connectionId: other, model: null } });
    choosePreset(writer, conversationId, id(0));
    const chosen = { presetId: id(0), connectionId: other, model: 'gpt-4o' };
    expect(getConversation(reader, conversationId)).toMatchObject(chosen);
    choosePreset(writer, conversationId, null);
    expect(getConversation(reader, conversationId)).toMatchObject({ ...chosen, presetId: null });
  });

  it('keeps its connection where that of the preset is gone', () => {
    const { writer, reader, id } = named(['A']);
    const [connection, gone] = [connect(writer), connect(writer, 'Gone')];
    changePreset(writer, id(0), { content: { ...CONTENT, connectionId: gone } });
    removeConnection(writer, gone, NOON);
    const { conversationId } = begin(writer, connection);
    choosePreset(writer, conversationId, id(0));
    expect(getConversation(reader, conversationId).connectionId).toBe(connection);
  });

  it('stays as it is when there is no such preset', () => {
    const { writer, reader } = connections();
    const { conversationId, runId } = begin(writer, connect(writer));
    endRun(writer, runId, outcome(), [say('x')]);
    const before = getConversation(reader, conversationId);
    expect(() => choosePreset(writer, conversationId, missing)).toThrow();
    expect(getConversation(reader, conversationId)).toEqual(before);
  });
});

describe('a prompt', () => {
  it('is kept by its title, changed and deleted', () => {
    const { writer, reader } = connections();
    const second = savePrompt(
      writer,
      { id: null, title: 'sum up', text: 'Sum up: {{text}}' },
      NOON,
    );
    const first = savePrompt(writer, { id: null, title: 'Explain', text: 'Explain:' }, NOON);
    expect(listPrompts(reader)).toEqual([first, second]);
    savePrompt(writer, { ...first, title: 'Tell' }, NOON);
    expect(listPrompts(reader).map(({ title }) => title)).toEqual(['sum up', 'Tell']);
    removePrompt(writer, second.id);
    expect(listPrompts(reader)).toHaveLength(1);
    expect(() => removePrompt(writer, second.id)).toThrow(NOT_FOUND);
    const none = { id: promptId.parse(99), title: 'x', text: 'x' };
    expect(() => savePrompt(writer, none, NOON)).toThrow(NOT_FOUND);
  });
});
