import { describe, expect, it } from 'vitest';
import { failureOfBody, failureOfTransport, redact } from '../../../electron/provider/failure';
import { retryAfterMs } from '../../../electron/provider/http';
import { statusReplies } from '../../../electron/simulator/error-replies';
import { type Failure, FailureError } from '../../../shared/errors';

const KEY = 'secret-key-of-the-user-42';

describe('an error body', () => {
  it.each([
    [400, 'invalid_input'],
    [401, 'key_rejected'],
    [402, 'no_credit'],
    [403, 'key_rejected'],
    [404, 'not_found'],
    [408, 'timeout'],
    [422, 'invalid_input'],
    [429, 'rate_limited'],
    [500, 'provider_failed'],
    [502, 'provider_failed'],
    [503, 'provider_failed'],
  ] as const)('of status %i as servers send it is %s', (status, code) => {
    const body: unknown = JSON.parse(statusReplies[status].body);
    expect(failureOfBody(body, status, KEY)).toMatchObject({ code, status });
  });

  it.each<[string, unknown, string, string | undefined]>([
    ['a string', 'model is loading', 'provider_failed', 'model is loading'],
    ['an error string', { error: 'bad thing' }, 'provider_failed', 'bad thing'],
    ['nested', { error: { message: 'bad thing', type: 'x' } }, 'provider_failed', 'bad thing'],
    ['flat', { code: 'X', message: 'bad thing' }, 'provider_failed', 'bad thing'],
    ['vLLM', { object: 'error', message: 'bad thing', code: 40 }, 'provider_failed', 'bad thing'],
    ['FastAPI text', { detail: 'bad thing' }, 'provider_failed', 'bad thing'],
    [
      'FastAPI list',
      { detail: [{ loc: ['body', 'n'], msg: 'too big' }, 'odd'] },
      'provider_failed',
      'body n too big; odd',
    ],
    ['nothing', undefined, 'provider_failed', undefined],
    ['a number', 7, 'provider_failed', undefined],
    ['empty', {}, 'provider_failed', undefined],
  ])('is read when it is %s', (_, body, code, detail) => {
    const failure = failureOfBody(body, 500, KEY);
    expect(failure).toMatchObject({ code, status: 500 });
    expect(failure.detail).toBe(detail);
  });

  it.each([
    [{ error: { code: 'insufficient_quota', message: 'quota' } }, 429, 'no_credit'],
    [{ code: 'ACCOUNT_ERROR', message: 'out of credit' }, 402, 'no_credit'],
    [{ error: { code: 'context_length_exceeded', message: 'x' } }, 400, 'context_too_long'],
    [{ error: { type: 'exceed_context_size_error', message: 'x' } }, 400, 'context_too_long'],
    [
      { error: { message: "This model's maximum context length is 4096" } },
      500,
      'context_too_long',
    ],
    [{ error: { code: 403, message: 'model requires moderation' } }, 403, 'content_blocked'],
    [
      { error: { message: 'x', metadata: { error_type: 'content_policy' } } },
      400,
      'content_blocked',
    ],
    [{ error: { message: 'Too Many Requests' } }, 529, 'rate_limited'],
    [{ error: { code: 'invalid_api_key' } }, 400, 'key_rejected'],
  ])('tells more than its status: %j', (body, status, code) => {
    expect(failureOfBody(body, status, KEY).code).toBe(code);
  });

  it('under 200 is named after the number in it, which is no status', () => {
    expect(failureOfBody({ error: { code: 502, message: 'x' } }, 200, KEY)).toEqual({
      code: 'provider_failed',
      detail: 'x',
    });
    expect(failureOfBody({ error: { code: '402', message: 'x' } }, undefined, KEY)).toEqual({
      code: 'no_credit',
      detail: 'x',
    });
    expect(failureOfBody({ error: { code: 502, message: 'x' } }, 400, KEY)).toMatchObject({
      code: 'invalid_input',
      status: 400,
    });
  });

  it('that names a field is not taken for one that names a filter', () => {
    const body = { error: { message: "Unknown parameter: 'safety_identifier'." } };
    expect(failureOfBody(body, 400, KEY).code).toBe('invalid_input');
  });

  it('is cut, and never shows the key', () => {
    const message = `Incorrect key ${KEY} (${KEY}) given. ${'x'.repeat(5000)}`;
    const { detail = '' } = failureOfBody({ error: { message } }, 401, KEY);
    expect(detail).not.toContain(KEY);
    expect(detail.length).toBeLessThanOrEqual(600);
    expect(detail).toMatch(/^Incorrect key ••• \(•••\) given/);
  });

  it('shows no other key either', () => {
    expect(redact('Bearer abcdefghijkl0123456789', KEY)).toBe('•••');
    expect(redact('use sk-proj-abcdefghijklmnop', KEY)).toBe('use •••');
    expect(redact('a task-oriented disk-based answer', KEY)).toBe(
      'a task-oriented disk-based answer',
    );
  });

  it('shows no other key though it begins like a word', () => {
    expect(redact('key abcdefghijkl-mnop4, key_ABCDEFGH12345', KEY)).toBe('•••, •••');
    expect(redact('bearer abcdef.ghijkl.mnop4q', KEY)).toBe('•••');
  });

  it.each([
    'Bearer authentication required.',
    'API key verification failed',
    'Unknown key max_completion_tokens',
  ])('keeps its words: %s', (message) => {
    expect(failureOfBody({ error: { message } }, 400, KEY).detail).toBe(message);
  });
});

describe('an error of the transport', () => {
  const coded = (code: string, cause?: Error) =>
    Object.assign(new Error('x', { cause }), code === '' ? {} : { code });

  it.each([
    ['ENOTFOUND', 'network', 'dns'],
    ['EAI_AGAIN', 'network', 'dns'],
    ['ECONNREFUSED', 'network', 'refused'],
    ['ECONNRESET', 'network', 'reset'],
    ['UND_ERR_SOCKET', 'network', 'reset'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network', 'tls_untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network', 'tls_untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network', 'tls_untrusted'],
    ['CERT_HAS_EXPIRED', 'network', 'tls_expired'],
    ['CERT_NOT_YET_VALID', 'network', 'tls_expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network', 'tls_name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network', 'tls'],
    ['ENETUNREACH', 'network', 'unreachable'],
    ['ETIMEDOUT', 'network', 'reset'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'connect'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', 'headers'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', 'idle'],
    ['UND_ERR_HEADERS_OVERFLOW', 'bad_stream', 'not_http'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'network', 'reset'],
    ['SOMETHING_NEW', 'network', 'unreachable'],
    ['ERR_INVALID_URL', 'invalid_input', 'not_a_url'],
    ['UND_ERR_INVALID_ARG', 'invalid_input', 'unsendable'],
  ])('with the code %s is %s/%s', (code, kind, reason) => {
    expect(failureOfTransport(coded(code))).toMatchObject({ code: kind, reason });
  });

  it.each<[string, boolean, string, string]>([
    ['ENETUNREACH', false, 'network', 'no_route'],
    ['EHOSTUNREACH', false, 'network', 'no_route'],
    ['EHOSTUNREACH', true, 'network', 'reset'],
    ['ECONNRESET', false, 'network', 'connect'],
    ['ECONNRESET', true, 'network', 'reset'],
    ['ETIMEDOUT', false, 'timeout', 'connect'],
    ['ETIMEDOUT', true, 'network', 'reset'],
    ['CERT_HAS_EXPIRED', false, 'network', 'tls_expired'],
    ['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', true, 'network', 'reset'],
    ['SOMETHING_NEW', false, 'network', 'unreachable'],
  ])('with the code %s and sent: %s is %s/%s', (code, sent, kind, reason) => {
    expect(failureOfTransport(coded(code), sent)).toMatchObject({ code: kind, reason });
  });

  it('of a connection in the making is known by its system call', () => {
    const connecting = Object.assign(coded('EHOSTUNREACH'), { syscall: 'connect' });
    expect(failureOfTransport(connecting).reason).toBe('no_route');
    const several = Object.assign(new AggregateError([connecting]), { code: 'ETIMEDOUT' });
    expect(failureOfTransport(several)).toEqual({ code: 'timeout', reason: 'connect' });
  });

  it('is what was told of a proxy where it was spoken to', () => {
    const failure: Failure = { code: 'network', reason: 'proxy_refused', detail: '502' };
    expect(failureOfTransport(new FailureError(failure), false)).toBe(failure);
  });

  it('is found behind other errors', () => {
    const deep = coded('', coded('', coded('ECONNREFUSED')));
    expect(failureOfTransport(deep).reason).toBe('refused');
    const many = new AggregateError([coded('ECONNREFUSED'), coded('ETIMEDOUT')]);
    expect(failureOfTransport(many).reason).toBe('refused');
    expect(failureOfTransport('a word')).toEqual({ code: 'network', reason: 'unreachable' });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2024-10-21T18:32:47Z');

  it.each<[string | string[] | undefined, number | undefined]>([
    ['1', 1000],
    [' 120 ', 120_000],
    ['0.5', 500],
    ['0', 0],
    [['2', '3'], 2000],
    ['Mon, 21 Oct 2024 18:32:57 GMT', 10_000],
    ['Mon, 21 Oct 2024 18:00:00 GMT', 0],
    ['2024-10-21T18:33:47Z', 60_000],
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['5 s', undefined],
    ['1e3', undefined],
  ])('%j means %s ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
