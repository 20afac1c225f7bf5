import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import type { TelemetryChanges } from '../../electron/telemetry/telemetry';
import { type TestApp, TestVault, testApp } from '../fixtures/app';
import { OtlpReceiver } from '../fixtures/otlp-receiver';
import { connections, temporaryFolder } from '../fixtures/store';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

const KEY = 'sk-test-key';
const QUESTION = 'What did Zanzibar say about the platypus?';
const TOKEN = 'collector-token-of-the-team';

async function collecting(): Promise<OtlpReceiver> {
  const receiver = new OtlpReceiver();
  await receiver.start();
  onTestFinished(() => receiver.stop());
  return receiver;
}

/** An app that tells a receiver, and a connection of it. */
async function telling(
  receiver: OtlpReceiver,
  { path = `${temporaryFolder()}/slice.db`, ...more }: TelemetryChanges & { path?: string } = {},
) {
  const app = await testApp({ path });
  await app.telemetry.start();
  await app.telemetry.change({ on: true, endpoint: receiver.endpoint, ...more });
  const { id } = await app.connect(simulator);
  return { app, id, path };
}

/** Waits until nothing waits any more, nor is still looked for among the answers from before. */
async function emptied(app: TestApp): Promise<void> {
  await expect
    .poll(() => app.telemetry.state(), { interval: 20 })
    .toMatchObject({ waiting: 0, sendingEarlier: null });
}

/** Waits until sending has failed. */
async function failed(app: TestApp): Promise<void> {
  await expect
    .poll(async () => (await app.telemetry.state()).trouble, { interval: 20 })
    .not.toBeNull();
}

/** The known costs of a ledger, added here and not by the code under test. */
function costInLedger(path: string): bigint {
  const { reader } = connections(path);
  return reader
    .prepare<[], { cost: string }>(
      'SELECT CAST(cost_nanousd AS TEXT) AS cost FROM run WHERE cost_nanousd IS NOT NULL',
    )
    .all()
    .reduce((sum, { cost }) => sum + BigInt(cost), 0n);
}

function costOf(receiver: OtlpReceiver): bigint {
  return receiver.sumOf('slice.cost.added') - receiver.sumOf('slice.cost.withdrawn');
}

function costOfSpans(receiver: OtlpReceiver): bigint {
  return receiver.distinctSpans.reduce(
    (sum, { attributes }) => sum + BigInt(Number(attributes['slice.cost_nanousd'] ?? 0)),
    0n,
  );
}

describe('telling a collector', () => {
  it('does nothing at all while it is off: no connection, no row', async () => {
    const receiver = await collecting();
    const { app, id } = await telling(receiver, { on: false });
    await app.answer(id, 'gpt-4o');
    expect(await app.telemetry.state()).toMatchObject({ on: false, waiting: 0, earlier: 1 });
    await app.telemetry.change({ on: true });
    await app.telemetry.change({ on: false });
    await app.answer(id, 'gpt-4o');
    expect(receiver.connections).toBe(0);
    expect(app.logged).toEqual([]);
  });

  it('sends each answer as a span of the conventions, with its exact cost', async () => {
    const receiver = await collecting();
    const { app, id } = await telling(receiver, { name: 'Desk 7' });
    const settings = { temperature: 0.5, max_tokens: 900, stop: [QUESTION] };
    const { run } = await app.answer(id, 'gpt-4o', { text: QUESTION, parameters: settings });
    await emptied(app);
    const { host, hostname, port } = new URL(simulator.baseUrl);
    expect(host).toBe(`${hostname}:${port}`);
    const [span, ...more] = receiver.spans;
    expect(more).toEqual([]);
    expect(span).toMatchObject({
      name: 'chat gpt-4o',
      startTimeUnixNano: BigInt(run?.startedAt ?? 0) * 1_000_000n,
      status: { code: 0 },
      resource: {
        'service.name': 'slice',
        'service.version': '1.0.0',
        'service.instance.id': expect.stringMatching(/^[0-9a-f]{32}$/),
        'slice.desktop': 'Desk 7',
      },
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'apipie',
        'gen_ai.system': 'apipie',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': run?.servedModel,
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': run?.promptTokens,
        'gen_ai.usage.output_tokens': run?.completionTokens,
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.max_tokens': 900,
        'server.address': hostname,
        'server.port': Number(port),
        'slice.cost_nanousd': Number(run?.cost),
        'slice.cost_source': 'reported',
        'slice.state': 'complete',
        'slice.revision': 1,
      },
    });
    expect(run?.cost).toBeGreaterThan(0n);
  });

  it('adds to the metrics of the conventions what the answers came to', async () => {
    const receiver = await collecting();
    const { app, id, path } = await telling(receiver);
    const first = await app.answer(id, 'gpt-4o');
    const second = await app.answer(id, 'gpt-4o');
    await app.answer(id, 'sim-status-500');
    await emptied(app);
    const tokens = receiver.metrics
      .filter(({ name }) => name === 'gen_ai.client.token.usage')
      .flatMap(({ histogram }) => histogram?.dataPoints ?? []);
    const sumOfType = (type: string) =>
      tokens
        .filter(({ attributes }) => attributes['gen_ai.token.type'] === type)
        .reduce((sum, point) => sum + point.sum, 0);
    expect(sumOfType('input')).toBe(
      (first.run?.promptTokens ?? 0) + (second.run?.promptTokens ?? 0),
    );
    expect(sumOfType('output')).toBe(
      (first.run?.completionTokens ?? 0) + (second.run?.completionTokens ?? 0),
    );
    const durations = receiver.metrics
      .filter(({ name }) => name === 'gen_ai.client.operation.duration')
      .flatMap(({ histogram }) => histogram?.dataPoints ?? []);
    expect(durations.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(durations.map(({ attributes }) => attributes['error.type'])).toContain(
      'provider_failed',
    );
    expect(costOf(receiver)).toBe(costInLedger(path));
    expect(receiver.sumOf('slice.cost_unknown.added')).toBe(1n);
  });

  it('sends nothing that anybody wrote, and no key', async () => {
    const receiver = await collecting();
    const { app, id } = await telling(receiver, {
      setHeaders: [{ name: 'X-Token', value: TOKEN }],
    });
    const system = 'You are the secret keeper of Zanzibar';
    const answers = [
      await app.answer(id, 'gpt-4o', { text: QUESTION, settings: { system } }),
      await app.answer(id, 'sim-status-500', { text: QUESTION }),
      await app.answer(id, `${QUESTION}\nas a model`, { text: QUESTION }),
    ];
    await emptied(app);
    expect(receiver.spans).toHaveLength(answers.length);
    const bytes = receiver.exports.map(({ body }) => body).join('\n');
    const said = answers.flatMap(({ parts }) =>
      parts.flatMap((part) => ('text' in part ? [part.text] : [])),
    );
    expect(said.join('').length).toBeGreaterThan(100);
    for (const text of [QUESTION, 'Zanzibar', 'platypus', KEY, TOKEN, 'APIpie', ...said]) {
      if (text !== '') expect(bytes).not.toContain(text.slice(0, 40));
    }
    expect(receiver.exports.map(({ headers }) => headers['x-token'])).toEqual(
      receiver.exports.map(() => TOKEN),
    );
    expect(JSON.stringify(await app.telemetry.state())).not.toContain(TOKEN);
  });

  it('sends what ends together in one request', async () => {
    const receiver = await collecting();
    const { app, id } = await telling(receiver);
    await app.askAll(id, ['gpt-4o', 'sim-fast', 'gpt-4o']);
    await expect.poll(() => app.runs.live.length).toBe(0);
    await emptied(app);
    expect(receiver.spans).toHaveLength(3);
    expect(receiver.exports.length).toBeLessThanOrEqual(4);
  });
});

describe('a collector that is not there', () => {
  it('gets everything once it is back, and no restart loses any of it', async () => {
    const receiver = await collecting();
    await receiver.stop();
    const { app, id, path } = await telling(receiver);
    await app.answer(id, 'gpt-4o');
    await failed(app);
    expect((await app.telemetry.state()).trouble).toMatchObject({
      reason: 'unreachable',
      signal: 'spans',
      status: null,
    });
    app.telemetry.close();
    await app.answer(id, 'gpt-4o');
    expect(await app.telemetry.state()).toMatchObject({ waiting: 2, deliveredAt: null });

    await receiver.start();
    const later = await testApp({ path });
    await later.telemetry.start();
    await emptied(later);
    expect(receiver.distinctSpans).toHaveLength(2);
    expect(costOf(receiver)).toBe(costInLedger(path));
    expect(await later.telemetry.state()).toMatchObject({
      trouble: null,
      deliveredAt: expect.any(Number),
    });
  });

  it('that is busy is asked again when it said, with the same ids', async () => {
    const receiver = await collecting();
    let turnedAway = 0;
    receiver.answer = () => {
      turnedAway += 1;
      return turnedAway > 1 ? { status: 200 } : { status: 503, headers: { 'retry-after': '1' } };
    };
    const { app, id } = await telling(receiver);
    const before = Date.now();
    await app.answer(id, 'gpt-4o');
    await failed(app);
    expect((await app.telemetry.state()).trouble).toMatchObject({ reason: 'busy', status: 503 });
    await emptied(app);
    expect(Date.now() - before).toBeGreaterThanOrEqual(1_000);
    const [refused, taken] = receiver.exports;
    expect(refused).toMatchObject({ path: '/v1/traces', status: 503 });
    expect(taken?.body).toBe(refused?.body);
  });

  it('that loses the answer to a request gets the same once more', async () => {
    const receiver = await collecting();
    let metrics = 0;
    receiver.answer = (path) => {
      if (path === '/v1/metrics') metrics += 1;
      return { status: path === '/v1/metrics' && metrics === 1 ? 500 : 200 };
    };
    const { app, id } = await telling(receiver);
    await app.answer(id, 'gpt-4o');
    await emptied(app);
    const paths = receiver.exports.map(({ path }) => path);
    expect(paths).toEqual(['/v1/traces', '/v1/metrics', '/v1/metrics']);
    expect(receiver.exports[2]?.body).toBe(receiver.exports[1]?.body);
  });

  it.each([
    [401, 'denied'],
    [404, 'not_found'],
    [400, 'rejected'],
  ] as const)('that answers %i keeps it waiting and says why', async (status, reason) => {
    const receiver = await collecting();
    receiver.answer = () => ({ status });
    const { app, id } = await telling(receiver);
    await app.answer(id, 'gpt-4o');
    await failed(app);
    const state = await app.telemetry.state();
    expect(state).toMatchObject({ waiting: 1, trouble: { reason, status, signal: 'spans' } });
    expect(app.logged).toEqual([]);
  });
});

describe('a collector that refuses some answers for good', () => {
  it('is told of those that follow, and those are counted as never sent', async () => {
    const receiver = await collecting();
    receiver.answer = (_, body) => ({ status: body.includes('sim-status-500') ? 400 : 200 });
    const { app, id } = await telling(receiver);
    await app.answer(id, 'sim-status-500');
    await emptied(app);
    const { run } = await app.answer(id, 'gpt-4o');
    await emptied(app);
    expect(costOf(receiver)).toBe(run?.cost);
    expect(await app.telemetry.state()).toMatchObject({ waiting: 0, earlier: 1 });

    receiver.answer = () => ({ status: 200 });
    await app.telemetry.sendEarlier();
    await expect.poll(async () => (await app.telemetry.state()).earlier).toBe(0);
    await emptied(app);
    expect(receiver.spans.map(({ name }) => name)).toContain('chat sim-status-500');
  });

  it.each(['both', 'metrics'] as const)(
    'is told less at once where it is too much (%s)',
    async (signals) => {
      const receiver = await collecting();
      const many =
        signals === 'both'
          ? /"spanId".*"spanId"/s
          : /sim-status-500.*gpt-4o|gpt-4o.*sim-status-500/s;
      receiver.answer = (_, body) => ({ status: many.test(body) ? 413 : 200 });
      const { app, id, path } = await telling(receiver, { on: false, signals });
      for (const model of ['gpt-4o', 'gpt-4o', 'sim-status-500']) await app.answer(id, model);
      await app.telemetry.change({ on: true });
      await app.telemetry.sendEarlier();
      await expect.poll(async () => (await app.telemetry.state()).earlier).toBe(0);
      await emptied(app);
      expect(receiver.exports.map(({ status }) => status)).toContain(413);
      expect(await app.telemetry.state()).toMatchObject({ earlier: 0, trouble: null });
      expect(app.logged).toEqual([]);
      expect(costOf(receiver)).toBe(costInLedger(path));
      if (signals === 'metrics') return;
      expect(receiver.spans.map(({ attributes }) => attributes['slice.revision'])).toEqual([
        1, 1, 1,
      ]);
      expect(receiver.distinctSpans).toHaveLength(3);
    },
  );
});

describe('a cost that becomes known later', () => {
  it('is told again under the same id, and the sums are those of the ledger', async () => {
    const receiver = await collecting();
    const { app, id, path } = await telling(receiver);
    await app.answer(id, 'sim-status-500');
    await emptied(app);
    expect(receiver.sumOf('slice.cost_unknown.added')).toBe(1n);
    const { writer } = connections(path);
    writer.prepare("UPDATE run SET cost_nanousd = 1234567, cost_source = 'estimated'").run();
    app.feed.changed('spending');
    await expect.poll(() => receiver.spans.length).toBe(2);
    await emptied(app);
    writer.prepare("UPDATE run SET cost_nanousd = 1234560, cost_source = 'reconciled'").run();
    app.feed.changed('spending');
    await expect.poll(() => receiver.spans.length).toBe(3);
    await emptied(app);
    expect(new Set(receiver.spans.map(({ spanId }) => spanId)).size).toBe(1);
    expect(receiver.distinctSpans[0]?.attributes).toMatchObject({
      'slice.cost_nanousd': 1_234_560,
      'slice.cost_source': 'reconciled',
      'slice.revision': 3,
    });
    expect(costOf(receiver)).toBe(1_234_560n);
    expect(receiver.sumOf('slice.cost.withdrawn', { 'slice.cost_source': 'estimated' })).toBe(
      1_234_567n,
    );
    expect(receiver.sumOf('slice.cost_unknown.withdrawn')).toBe(1n);
    const tokensAndTimes = receiver.metrics.flatMap(({ histogram }) => histogram?.dataPoints ?? []);
    expect(tokensAndTimes).toHaveLength(1);
  });
});

describe('many desktops', () => {
  it('add up to what their ledgers come to, with answers from before', async () => {
    const receiver = await collecting();
    const paths: string[] = [];
    for (const desktop of [1, 2, 3]) {
      const { app, id, path } = await telling(receiver, { on: false });
      paths.push(path);
      for (let times = 0; times < desktop; times += 1) await app.answer(id, 'gpt-4o');
      await app.telemetry.change({ on: true });
      await app.answer(id, 'sim-fast');
      await app.telemetry.sendEarlier();
      await emptied(app);
      expect(await app.telemetry.state()).toMatchObject({ earlier: 0, sendingEarlier: null });
    }
    const ledgers = paths.reduce((sum, path) => sum + costInLedger(path), 0n);
    expect(ledgers).toBeGreaterThan(0n);
    expect(costOf(receiver)).toBe(ledgers);
    expect(costOfSpans(receiver)).toBe(ledgers);
    expect(receiver.distinctSpans).toHaveLength(9);
    const instances = receiver.spans.map(({ resource }) => resource['service.instance.id']);
    expect(new Set(instances).size).toBe(3);
  });
});

describe('what the user decides', () => {
  it('needs an address before it is on', async () => {
    const app = await testApp();
    await expect(app.telemetry.change({ on: true })).rejects.toMatchObject({
      failure: { code: 'invalid_input', reason: 'no_address' },
    });
    await expect(app.telemetry.test()).rejects.toMatchObject({
      failure: { code: 'invalid_input', reason: 'no_address' },
    });
  });

  it.each([
    ['spans', ['/v1/traces']],
    ['metrics', ['/v1/metrics']],
    ['both', ['/v1/traces', '/v1/metrics']],
  ] as const)('sends %s alone when that is wanted', async (signals, paths) => {
    const receiver = await collecting();
    const { app, id } = await telling(receiver, { signals });
    await app.answer(id, 'gpt-4o');
    await emptied(app);
    expect(receiver.exports.map(({ path }) => path)).toEqual(paths);
  });

  it('is tested with what counts for nothing, also while it is off', async () => {
    const receiver = await collecting();
    const { app } = await telling(receiver, {
      on: false,
      endpoint: `${receiver.endpoint}/v1/traces/`,
    });
    expect((await app.telemetry.state()).endpoint).toBe(receiver.endpoint);
    expect(await app.telemetry.test()).toEqual({ ms: expect.any(Number), problem: null });
    expect(receiver.spans).toMatchObject([{ name: 'slice.test', attributes: {} }]);
    expect(receiver.metrics).toMatchObject([{ name: 'slice.test' }]);
    receiver.answer = () => ({ status: 403 });
    expect(await app.telemetry.test()).toMatchObject({
      problem: { reason: 'denied', status: 403 },
    });
  });

  it('keeps the values of headers from another server', async () => {
    const receiver = await collecting();
    const other = await collecting();
    const { app } = await telling(receiver, { setHeaders: [{ name: 'X-Token', value: TOKEN }] });
    await expect(app.telemetry.change({ endpoint: other.endpoint })).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'new_address' },
    });
    const moved = await app.telemetry.change({
      endpoint: other.endpoint,
      removeHeaders: ['x-token'],
    });
    expect(moved).toMatchObject({ endpoint: other.endpoint, headerNames: [] });
    await app.telemetry.test();
    expect(other.exports[0]?.headers['x-token']).toBeUndefined();
  });

  it('keeps them also when its address was taken out in between', async () => {
    const receiver = await collecting();
    const other = await collecting();
    const { app } = await telling(receiver, { setHeaders: [{ name: 'X-Token', value: TOKEN }] });
    await app.telemetry.change({ on: false, endpoint: '' });
    await expect(app.telemetry.change({ endpoint: other.endpoint })).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'header_missing', detail: 'X-Token' },
    });
    await app.telemetry.change({ endpoint: receiver.endpoint });
    await app.telemetry.test();
    expect(receiver.exports.at(-1)?.headers['x-token']).toBe(TOKEN);
    expect(other.connections).toBe(0);
  });

  it('gets values that were entered before its address, and no later collector does', async () => {
    const receiver = await collecting();
    const other = await collecting();
    const app = await testApp();
    await app.telemetry.change({ setHeaders: [{ name: 'X-Token', value: TOKEN }] });
    await app.telemetry.change({ endpoint: receiver.endpoint });
    await app.telemetry.test();
    expect(receiver.exports.at(-1)?.headers['x-token']).toBe(TOKEN);
    await app.telemetry.change({ endpoint: '' });
    await expect(app.telemetry.change({ endpoint: other.endpoint })).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'header_missing' },
    });
    expect(other.connections).toBe(0);
  });

  it('loses no values that cannot be read now while it has no address', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    await app.telemetry.change({ setHeaders: [{ name: 'X-Token', value: TOKEN }] });
    vault.readCollectorHeaders = () => null;
    await app.telemetry.change({ name: 'Mine' });
    expect([...vault.collectors.values()]).toEqual([{ 'X-Token': TOKEN }]);
  });

  it('gets none of another that a restored store names', async () => {
    const receiver = await collecting();
    const other = await collecting();
    const vault = new TestVault();
    const before = await testApp({ vault });
    await before.telemetry.change({
      endpoint: receiver.endpoint,
      setHeaders: [{ name: 'X-Token', value: TOKEN }],
    });
    const restored = await testApp({ vault });
    const stored = await before.store.read.getTelemetry();
    await restored.store.write.changeTelemetry({ ...stored, endpoint: other.endpoint }, Date.now());
    expect(await restored.telemetry.test()).toMatchObject({
      problem: { reason: 'headers_unreadable' },
    });
    expect(other.connections).toBe(0);
  });

  it('is told when the values of headers cannot be read', async () => {
    const receiver = await collecting();
    const path = `${temporaryFolder()}/slice.db`;
    await telling(receiver, { path, setHeaders: [{ name: 'X-Token', value: TOKEN }] });
    const later = await testApp({ path });
    expect(await later.telemetry.test()).toMatchObject({
      problem: { reason: 'headers_unreadable' },
    });
    expect(receiver.connections).toBe(0);
  });

  it('keeps values that cannot be read now from being lost by a change of another', async () => {
    const receiver = await collecting();
    const path = `${temporaryFolder()}/slice.db`;
    await telling(receiver, { path, setHeaders: [{ name: 'X-Token', value: TOKEN }] });
    const vault = new TestVault();
    const later = await testApp({ path, vault });
    const more = [{ name: 'X-Team', value: 'ours' }];
    await expect(later.telemetry.change({ setHeaders: more })).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'header_missing', detail: 'X-Token' },
    });
    expect(vault.readCollectorHeaders(receiver.endpoint)).toBeNull();
    await later.telemetry.change({ name: 'Mine' });
    await later.telemetry.change({ setHeaders: more, removeHeaders: ['X-Token'] });
    expect(vault.readCollectorHeaders(receiver.endpoint)).toEqual({ 'X-Team': 'ours' });
  });
});
