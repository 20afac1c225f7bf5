import { describe, expect, it } from 'vitest';
import type { WriteDb } from '../../electron/store/connection';
import {
  addLearned,
  changeConnection,
  clearLearned,
  getConnection,
  insertConnection,
  listConnections,
  removeConnection,
  restoreConnection,
  type StoredConnectionChange,
} from '../../electron/store/queries/connections';
import type { ConnectionOptions, Learned } from '../../shared/contract/connection';
import { DEFAULT_LIMITS } from '../../shared/endpoint';
import { connectionId } from '../../shared/ids';
import { connect, NOON } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });
const missing = connectionId.parse(999);

const SERVER = {
  name: 'vLLM',
  profile: 'vllm',
  baseUrl: 'http://localhost:8000/v1',
  isDemo: false,
  at: NOON,
} as const;

const OPTIONS: ConnectionOptions = {
  auth: 'x-api-key',
  limits: { headersMs: 1_000, idleMs: 2_000, wholeMs: 3_000 },
  proxy: { mode: 'url', url: 'http://proxy:3128' },
  caFile: '/etc/ca.pem',
  roles: 'alternate_without_system',
};

function lesson(field: string, model: string | null = null): Learned {
  return { model, adaptation: { action: 'leave_out', field } };
}

describe('a connection', () => {
  it('has the options it was made with, and defaults for the others', () => {
    const { writer, reader } = connections();
    const plain = insertConnection(writer, SERVER);
    const special = insertConnection(writer, { ...SERVER, ...OPTIONS });
    expect(getConnection(reader, plain)).toEqual({
      id: plain,
      name: 'vLLM',
      profile: 'vllm',
      baseUrl: 'http://localhost:8000/v1',
      isDemo: false,
      auth: 'bearer',
      limits: DEFAULT_LIMITS,
      proxy: { mode: 'system' },
      caFile: null,
      roles: 'any',
      headerNames: [],
      learned: [],
      modelsAt: null,
    });
    expect(getConnection(reader, special)).toMatchObject(OPTIONS);
    expect(listConnections(reader).map(({ id }) => id)).toEqual([plain, special]);
  });

  it.each<StoredConnectionChange>([
    { name: 'Mine' },
    { profile: 'llamacpp' },
    { baseUrl: 'http://other/v1' },
    { auth: 'raw' },
    { limits: { ...DEFAULT_LIMITS, idleMs: 5_000 } },
    { proxy: { mode: 'none' } },
    { caFile: '/home/me/ca.pem' },
    { caFile: null },
    { roles: 'alternate' },
    { headerNames: ['X-Team', 'X-Site'] },
    {},
  ])('changes only what is changed: %j', (change) => {
    const { writer, reader } = connections();
    const id = insertConnection(writer, { ...SERVER, ...OPTIONS });
    addLearned(writer, id, lesson('seed'));
    const before = getConnection(reader, id);
    changeConnection(writer, id, change);
    expect(getConnection(reader, id)).toEqual({ ...before, ...change });
  });

  it('goes and comes back as it was', () => {
    const { writer, reader } = connections();
    const id = insertConnection(writer, { ...SERVER, ...OPTIONS });
    const before = getConnection(reader, id);
    removeConnection(writer, id, NOON);
    expect(listConnections(reader)).toEqual([]);
    expect(() => getConnection(reader, id)).toThrow(NOT_FOUND);
    expect(() => changeConnection(writer, id, { name: 'x' })).toThrow(NOT_FOUND);
    expect(() => removeConnection(writer, id, NOON)).toThrow(NOT_FOUND);
    restoreConnection(writer, id);
    expect(getConnection(reader, id)).toEqual(before);
  });

  it('that is not there is not found', () => {
    const { writer } = connections();
    expect(() => changeConnection(writer, missing, { name: 'x' })).toThrow(NOT_FOUND);
    expect(() => restoreConnection(writer, missing)).toThrow(NOT_FOUND);
    expect(() => addLearned(writer, missing, lesson('seed'))).toThrow(NOT_FOUND);
    expect(() => clearLearned(writer, missing)).toThrow(NOT_FOUND);
  });
});

describe('a damaged connection', () => {
  const set = (writer: WriteDb, column: string, value: string) =>
    writer.prepare(`UPDATE connection SET ${column} = ?`).run(value);

  it.each([
    ['profile', 'a-later-one', { profile: 'other' }],
    ['auth', 'a-later-one', { auth: 'bearer' }],
    ['roles', '', { roles: 'any' }],
    ['ca_file', '', { caFile: null }],
    ['limits', '{"idleMs":', { limits: DEFAULT_LIMITS }],
    ['limits', 'null', { limits: DEFAULT_LIMITS }],
    ['limits', '[1]', { limits: DEFAULT_LIMITS }],
    [
      'limits',
      '{"headersMs":-1,"idleMs":9000,"later":1,"wholeMs":"x"}',
      { limits: { ...DEFAULT_LIMITS, idleMs: 9_000 } },
    ],
    ['proxy', 'none', { proxy: { mode: 'system' } }],
    ['proxy', '{"mode":"url"}', { proxy: { mode: 'system' } }],
    ['header_names', '{}', { headerNames: [] }],
    ['header_names', '["X-Team",7,null]', { headerNames: ['X-Team'] }],
    ['learned', '7', { learned: [] }],
    [
      'learned',
      JSON.stringify([lesson('seed'), { model: null, adaptation: { action: 'later' } }, null]),
      { learned: [lesson('seed')] },
    ],
  ])('with %s = %s opens with what is left', (column, value, left) => {
    const { writer, reader } = connections();
    const id = insertConnection(writer, { ...SERVER, ...OPTIONS });
    const before = getConnection(reader, id);
    set(writer, column, value);
    expect(getConnection(reader, id)).toEqual({ ...before, ...left });
    expect(listConnections(reader)).toHaveLength(1);
  });

  it('keeps what cannot be read here when something else is changed', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    set(writer, 'profile', 'a-later-one');
    changeConnection(writer, id, { name: 'Mine' });
    expect(reader.prepare('SELECT profile FROM connection').pluck().get()).toBe('a-later-one');
  });
});

describe('what was learned', () => {
  it('is kept once, in the order it came', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    const rename: Learned = {
      model: 'o1',
      adaptation: { action: 'rename', field: 'max_tokens', to: 'max_completion_tokens' },
    };
    const again: Learned = {
      adaptation: { to: 'max_completion_tokens', field: 'max_tokens', action: 'rename' },
      model: 'o1',
    };
    for (const one of [lesson('seed'), rename, lesson('seed', 'o1'), lesson('seed'), again]) {
      addLearned(writer, id, one);
    }
    expect(getConnection(reader, id).learned).toEqual([
      lesson('seed'),
      rename,
      lesson('seed', 'o1'),
    ]);
    clearLearned(writer, id);
    expect(getConnection(reader, id).learned).toEqual([]);
  });

  it('is forgotten from the oldest on when it is too much', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    for (let at = 0; at < 203; at += 1) addLearned(writer, id, lesson('seed', `m${at}`));
    const { learned } = getConnection(reader, id);
    expect(learned).toHaveLength(200);
    expect(learned[0]).toEqual(lesson('seed', 'm3'));
    expect(learned.at(-1)).toEqual(lesson('seed', 'm202'));
  });
});
