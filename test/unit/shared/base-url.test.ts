import { describe, expect, it } from 'vitest';
import { DEFAULT_BASE_URL, normaliseBaseUrl } from '../../../shared/base-url';
import fc from '../../fixtures/fast-check';

function urlOf(input: string): string | null {
  const base = normaliseBaseUrl(input);
  return base.ok ? base.url : null;
}

describe('an address of APIpie', () => {
  it.each([
    'apipie.ai',
    'https://apipie.ai',
    'https://apipie.ai/',
    'https://apipie.ai/v1',
    'https://apipie.ai/v1/',
    'https://apipie.ai/v1//',
    'https://apipie.ai//v1',
    'apipie.ai/v1',
    '//apipie.ai/v1',
    'HTTPS://APIPIE.AI/v1',
    'https://apipie.ai:443/v1',
    'https://apipie.ai/chat/completions',
    'https://apipie.ai/v1/chat/completions',
    'https://apipie.ai/v1/chat/completions/',
    'https://apipie.ai/v1/chat/completions?x=1#y',
    'https://apipie.ai/v1/completions',
    'https://apipie.ai/v1/models',
    'https://apipie.ai/v1/models/detailed',
    'https://apipie.ai/v1/queries/?limit=1',
    'https://apipie.ai/v1/models/models',
    '  https://apipie.ai/v1\n',
    '"https://apipie.ai/v1"',
    "'https://apipie.ai/v1'",
    '" https://apipie.ai/v1 "',
    '<https://apipie.ai/v1>',
    '`https://apipie.ai/v1`',
    '“https://apipie.ai/v1”',
  ])('is understood as %j', (input) => {
    expect(normaliseBaseUrl(input)).toEqual({
      ok: true,
      url: DEFAULT_BASE_URL,
      chatUrl: `${DEFAULT_BASE_URL}/chat/completions`,
    });
  });
});

describe('other addresses', () => {
  it.each([
    ['https://api.apipie.ai/v1', 'https://api.apipie.ai/v1'],
    ['openrouter.ai', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
    ['localhost', 'http://localhost/v1'],
    ['localhost:11434', 'http://localhost:11434/v1'],
    ['LOCALHOST:1234/v1/', 'http://localhost:1234/v1'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/v1'],
    ['0.0.0.0:8000/v1', 'http://0.0.0.0:8000/v1'],
    ['10.0.0.7/v1', 'http://10.0.0.7/v1'],
    ['172.20.1.1:8000', 'http://172.20.1.1:8000/v1'],
    ['172.32.1.1:8000', 'https://172.32.1.1:8000/v1'],
    ['192.168.1.20:1234/v1/chat/completions', 'http://192.168.1.20:1234/v1'],
    ['//192.168.1.20:1234', 'http://192.168.1.20:1234/v1'],
    ['macbook.local:1234', 'http://macbook.local:1234/v1'],
    ['https://localhost:8443', 'https://localhost:8443/v1'],
    ['localhost.example.com', 'https://localhost.example.com/v1'],
    ['[::1]:8080', 'http://[::1]:8080/v1'],
    ['http://[2001:db8::1]:8080/v1', 'http://[2001:db8::1]:8080/v1'],
    ['http://nas/v1', 'http://nas/v1'],
    ['nas:8080', 'https://nas:8080/v1'],
    ['example.com:8443/some/path/', 'https://example.com:8443/some/path'],
    ['https://my.openai.azure.com/openai/v1', 'https://my.openai.azure.com/openai/v1'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/v1'],
  ])('%s becomes %s', (input, url) => {
    expect(urlOf(input)).toBe(url);
  });
});

describe('what is no address', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['""', 'empty'],
    ['hello', 'not_a_url'],
    ['hello world.com', 'not_a_url'],
    ['https://', 'not_a_url'],
    ['http://exa mple.com', 'not_a_url'],
    ['https://example.com:99999', 'not_a_url'],
    ['javascript:alert(1)', 'not_a_url'],
    ['ftp://example.com', 'not_http'],
    ['file:///etc/passwd', 'not_http'],
    ['ws://example.com/v1', 'not_http'],
    ['https://user:secret@apipie.ai/v1', 'has_credentials'],
    ['https://sk-key@apipie.ai/v1', 'has_credentials'],
    ['someone@example.com', 'has_credentials'],
  ])('%j is refused as %s', (input, reason) => {
    expect(normaliseBaseUrl(input)).toEqual({ ok: false, reason });
  });
});

describe('normalising', () => {
  const piece = fc.constantFrom(
    'https://',
    'http://',
    'apipie.ai',
    'localhost',
    'nas',
    ':8080',
    '/',
    '/v1',
    '/api',
    '/models',
    '/chat/completions',
    '/completions',
    '/queries',
    '"',
    ' ',
    '?q',
    '#h',
    '[::1]',
    '.',
    '%2F',
  );
  const pasted = fc.oneof(
    fc.string(),
    fc.webUrl({ withQueryParameters: true }),
    fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join('')),
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(pasted, (input) => {
        const once = normaliseBaseUrl(input);
        if (once.ok) expect(normaliseBaseUrl(once.url)).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws and always ends without a slash', () => {
    fc.assert(
      fc.property(pasted, (input) => {
        const base = normaliseBaseUrl(input);
        if (base.ok) expect(base.url).toMatch(/^https?:\/\/[^/?#]+(?:\/[^?#]*[^/?#])?$/);
      }),
      { numRuns: 1000 },
    );
  });
});
