import { describe, expect, it } from 'vitest';
import { Inspections, RequestRecord } from '../../../electron/runs/inspections';
import { runId } from '../../../shared/ids';

const REQUEST = {
  method: 'POST',
  url: 'https://apipie.ai/v1/chat/completions',
  headers: [],
  body: '{}',
  curl: 'curl',
  leftOut: 0,
  estimatedTokens: 1,
} as const;

const record = (...secrets: string[]) => new RequestRecord({ ...REQUEST, headers: [] }, secrets);
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the record of a request', () => {
  it('has no answer before there is one', () => {
    expect(record().read()).toEqual({ request: REQUEST, response: null });
  });

  it('has what came back as it came, cut anywhere', () => {
    const made = record();
    made.response(200, { 'content-type': 'text/event-stream', via: ['a', 'b'], gone: undefined });
    for (const byte of bytes('data: {"ü":1}\n')) made.bytes(new Uint8Array([byte]));
    expect(made.read().response).toEqual({
      status: 200,
      headers: [
        { name: 'content-type', value: 'text/event-stream' },
        { name: 'via', value: 'a' },
        { name: 'via', value: 'b' },
      ],
      body: 'data: {"ü":1}\n',
      bytes: 15,
    });
  });

  it('masks every secret that the server echoes, and cookies', () => {
    const made = record('sk-secret', 'header-secret', '');
    made.response(401, { 'set-cookie': 'session=1', 'x-echo': 'Bearer sk-secret' });
    made.bytes(bytes('{"error":"no key sk-sec'));
    made.bytes(bytes('ret, header-secret"}'));
    const text = JSON.stringify(made.read().response);
    expect(text).not.toMatch(/secret|session/);
    expect(text).toContain('no key •••, •••');
  });

  it('masks a secret that is written otherwise, and one that is cut off where remembering ends', () => {
    const made = record('header "secret"/1');
    made.response(400, { 'X-Echo': 'aGVhZGVyICJzZWNyZXQiLzE=', 'Set-Cookie': 'a=1' });
    made.bytes(bytes('{"error":"header \\"secret\\"\\/1"}'));
    made.bytes(new Uint8Array(2 * 1024 * 1024 - 47).fill(32));
    made.bytes(bytes('header "secret"/1'));
    const text = JSON.stringify(made.read().response);
    expect(text).not.toMatch(/secret|aGVhZGVy|a=1/);
    expect(made.read().response?.body).toMatch(/ •••$/);
  });

  it('holds on to none of the pieces that an answer came in: small ones take far more room than it', () => {
    const made = record();
    made.response(200, {});
    const piece = bytes('a');
    made.bytes(piece);
    piece.fill(0);
    expect(made.read().response?.body).toBe('a');
  });

  it('keeps the first two megabytes and counts all', () => {
    const made = record();
    made.response(200, {});
    for (let at = 0; at < 5; at++) made.bytes(new Uint8Array(1024 * 1024).fill(97));
    const { response } = made.read();
    expect(response?.body).toHaveLength(2 * 1024 * 1024);
    expect(response?.bytes).toBe(5 * 1024 * 1024);
  });
});

describe('the memory of requests', () => {
  it('forgets the oldest past thirty', () => {
    const memory = new Inspections();
    for (let id = 1; id <= 31; id++) memory.add(runId.parse(id), record());
    expect(memory.get(runId.parse(1))).toBeNull();
    expect(memory.get(runId.parse(2))).not.toBeNull();
    expect(memory.get(runId.parse(31))).not.toBeNull();
  });
});
