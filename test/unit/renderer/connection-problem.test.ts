import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemOfFailure, problemOfInput } from '../../../renderer/connection/problem';
import { connectionName, SERVICES, serviceOf } from '../../../renderer/connection/services';
import { startTexts } from '../../../renderer/locales/i18n';
import { normaliseBaseUrl } from '../../../shared/base-url';
import type { Failure } from '../../../shared/errors';
import { profile } from '../../../shared/profile';

beforeAll(startTexts);

describe('what is wrong with a new connection', () => {
  it('is seen before anything is sent', () => {
    expect(problemOfInput('', 'k', true)).toMatchObject({ field: 'url', kind: 'urlEmpty' });
    expect(problemOfInput('ftp://x.org', 'k', true)).toMatchObject({ kind: 'urlNotHttp' });
    expect(problemOfInput('https://u:p@x.org', 'k', true)).toMatchObject({
      kind: 'urlHasCredentials',
    });
    expect(problemOfInput('x.org', '', true)).toMatchObject({ field: 'key', kind: 'keyEmpty' });
    expect(problemOfInput('x.org', 'two words', true)).toMatchObject({ kind: 'keyNotAscii' });
    expect(problemOfInput('x.org', ' k \n', true)).toBeNull();
    expect(problemOfInput('x.org', '', false)).toBeNull();
  });

  it.each<[Failure, string, string]>([
    [{ code: 'key_rejected' }, 'key', 'keyRejected'],
    [{ code: 'no_key', reason: 'missing' }, 'key', 'keyEmpty'],
    [{ code: 'no_key', reason: 'unreadable' }, 'key', 'keyUnreadable'],
    [{ code: 'no_key', reason: 'new_address' }, 'key', 'keyNewAddress'],
    [{ code: 'no_key', reason: 'header_missing' }, 'headers', 'headerMissing'],
    [{ code: 'no_credit' }, 'key', 'noCredit'],
    [{ code: 'network', reason: 'dns' }, 'url', 'dns'],
    [{ code: 'network', reason: 'refused' }, 'url', 'refused'],
    [{ code: 'network', reason: 'tls' }, 'url', 'tls'],
    [{ code: 'network', reason: 'tls_untrusted' }, 'url', 'tlsUntrusted'],
    [{ code: 'network', reason: 'tls_name' }, 'url', 'tlsName'],
    [{ code: 'network', reason: 'tls_expired' }, 'url', 'tlsExpired'],
    [{ code: 'network', reason: 'proxy_refused' }, 'proxy', 'proxyRefused'],
    [{ code: 'network', reason: 'proxy_auth' }, 'proxy', 'proxyAuth'],
    [{ code: 'network', reason: 'proxy_failed' }, 'proxy', 'proxyFailed'],
    [{ code: 'invalid_input', reason: 'proxy_unsupported' }, 'proxy', 'proxyUnsupported'],
    [{ code: 'invalid_input', reason: 'proxy_invalid' }, 'proxy', 'proxyUnsupported'],
    [{ code: 'invalid_input', reason: 'ca_unreadable' }, 'ca', 'caUnreadable'],
    [{ code: 'invalid_input', reason: 'ca_not_pem' }, 'ca', 'caNotPem'],
    [{ code: 'invalid_input', reason: 'has_credentials' }, 'url', 'urlHasCredentials'],
    [{ code: 'invalid_input', reason: 'header_value' }, 'headers', 'headerValue'],
    [{ code: 'invalid_input' }, 'url', 'refusedRequest'],
    [{ code: 'network', reason: 'reset' }, 'url', 'unreachable'],
    [{ code: 'timeout', reason: 'connect' }, 'url', 'timeout'],
    [{ code: 'bad_stream', reason: 'not_an_api' }, 'url', 'notAnApi'],
    [{ code: 'bad_stream', reason: 'not_http' }, 'url', 'notHttp'],
    [{ code: 'not_found' }, 'url', 'notAnApi'],
    [{ code: 'bad_stream', reason: 'redirected' }, 'url', 'redirected'],
    [{ code: 'store_full' }, 'key', 'notSaved'],
    [{ code: 'internal' }, 'url', 'other'],
  ])('is told under the right field and in words of its own: %j', (failure, field, kind) => {
    const problem = problemOfFailure(failure);
    expect(problem).toMatchObject({ field, kind });
    for (const part of ['what', 'next'] as const) {
      expect(i18next.exists(`connection.problem.${problem.kind}.${part}`)).toBe(true);
    }
  });

  it('names the address that would answer, and only when there is one', () => {
    const url = 'https://example.org/api/v1';
    expect(problemOfFailure({ code: 'bad_stream', reason: 'try_other_path', detail: url })).toEqual(
      {
        field: 'url',
        kind: 'otherPath',
        address: url,
      },
    );
    expect(problemOfFailure({ code: 'bad_stream', reason: 'try_other_path' }).kind).toBe(
      'notAnApi',
    );
  });

  it('keeps the words of the server apart from the codes of this computer', () => {
    const said = problemOfFailure({ code: 'bad_stream', reason: 'not_an_api', detail: 'Oh no' });
    expect(said).toMatchObject({ kind: 'answersError', answer: 'Oh no' });
    const local = problemOfFailure({ code: 'network', reason: 'dns', detail: 'ENOTFOUND' });
    expect(local).toMatchObject({ cause: 'ENOTFOUND' });
    expect(local.answer).toBeUndefined();
  });
});

describe('the services', () => {
  it('are one for each profile, with addresses that are in their final form', () => {
    expect(SERVICES.map((service) => service.profile).toSorted()).toEqual(
      profile.options.toSorted(),
    );
    for (const { baseUrl } of SERVICES.filter((service) => service.baseUrl !== '')) {
      expect(normaliseBaseUrl(baseUrl)).toMatchObject({ ok: true, url: baseUrl });
    }
    const azure = normaliseBaseUrl(serviceOf('azure').example);
    expect(azure).toMatchObject({ ok: true, url: expect.stringMatching(/openai\/v1$/) });
  });

  it('name a connection after themselves, a second one by its host, and others by host', () => {
    expect(connectionName(serviceOf('openai'), 'https://api.openai.com/v1')).toBe('OpenAI');
    expect(connectionName(serviceOf('openai'), 'https://eu.example/v1', ['OpenAI'])).toBe(
      'OpenAI, eu.example',
    );
    expect(connectionName(serviceOf('other'), 'http://127.0.0.1:99/v1')).toBe('127.0.0.1:99');
  });
});
