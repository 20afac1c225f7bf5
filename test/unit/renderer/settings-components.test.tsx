import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { CheckAlert } from '../../../renderer/features/settings/check-alert';
import { CheckRows } from '../../../renderer/features/settings/check-rows';
import { draftOf } from '../../../renderer/features/settings/connection-draft';
import { KeyNote } from '../../../renderer/features/settings/key-note';
import { LearnedList } from '../../../renderer/features/settings/learned-list';
import { SavedKeyField } from '../../../renderer/features/settings/saved-key-field';
import { startTexts } from '../../../renderer/locales/i18n';
import type { ConnectionReport } from '../../../shared/contract/connection';
import type { Failure } from '../../../shared/errors';
import { describedConnection } from '../../fixtures/connections';

const words = (node: ReactNode) =>
  renderToStaticMarkup(node)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

beforeAll(startTexts);

describe('what a test found in the way', () => {
  const alert = (failure: Failure) =>
    words(
      <CheckAlert
        failure={failure}
        host="example.org"
        onAddress={() => undefined}
        onCaFile={() => undefined}
      />,
    );

  it('tells a bad key from a missing credit', () => {
    expect(alert({ code: 'key_rejected', status: 401, detail: 'Incorrect API key' })).toBe(
      'example.org does not accept this key. 401 Check that it was copied whole and is still valid, or make a new one. The answer was: Incorrect API key',
    );
    expect(alert({ code: 'no_credit', status: 402 })).toContain('no credit left');
  });

  it('offers the address that would answer', () => {
    const text = alert({
      code: 'bad_stream',
      reason: 'try_other_path',
      detail: 'https://example.org/v1',
    });
    expect(text).toContain('https://example.org/v1 does.');
    expect(text).toContain('Use this address');
  });

  it('offers to trust a file for an unknown certificate, and never to ignore it', () => {
    const text = alert({ code: 'network', reason: 'tls_untrusted', detail: 'SELF_SIGNED' });
    expect(text).toContain('Choose a CA file…');
    expect(text).toContain('Cause: SELF_SIGNED');
    for (const reason of ['tls', 'tls_name', 'tls_expired']) {
      expect(alert({ code: 'network', reason })).not.toMatch(/ignore|anyway|CA file/i);
    }
  });
});

describe('what a test found out', () => {
  it('says unknown for what could not be found out', () => {
    const report: ConnectionReport = {
      at: 0,
      failure: null,
      latencyMs: 211.6,
      key: 'unproven',
      credit: 'unknown',
      models: null,
      proxy: 'proxy.example:3128',
      certificate: { issuer: 'Example CA', validUntil: Date.UTC(2027, 0, 5, 12) },
    };
    const text = words(<CheckRows report={report} costs="some" />);
    expect(text).toContain('Reached in 212 ms');
    expect(text).toContain('Key not asked for, so not proven');
    expect(text).toContain('Credit not told');
    expect(text).toContain('Models listed not listed');
    expect(text).toContain('Usage with cost reported in some answers');
    expect(text).toContain('Proxy proxy.example:3128');
    expect(text).toMatch(/Certificate Example CA Valid until .*2027/);
  });
});

describe('the note about a key', () => {
  it('says where it is, unless the server refused it or none is needed', () => {
    const note = (over: Parameters<typeof describedConnection>[0], rejected = false) =>
      words(<KeyNote connection={describedConnection(over)} rejected={rejected} />);
    expect(note({})).toBe('Key in keychain');
    expect(note({}, true)).toBe('Key rejected');
    expect(note({ keyState: 'session' })).toBe('Key for this session');
    expect(note({ keyState: 'missing' })).toBe('No key');
    expect(note({ keyState: 'missing' }, true)).toBe('No key');
    expect(note({ keyState: 'missing', profile: 'ollama' }, true)).toBe('No key needed');
    expect(note({ isDemo: true })).toBe('No key needed');
  });
});

describe('the field of a key that is kept for a server', () => {
  const A = 'https://one.example';
  const B = 'https://two.example';
  const field = (typed: string, over: Parameters<typeof describedConnection>[0]) => {
    const connection = describedConnection({ baseUrl: `${A}/v1`, ...over });
    return words(
      <QueryClientProvider client={new QueryClient()}>
        <SavedKeyField
          connection={connection}
          draft={{ ...draftOf(connection), baseUrl: typed }}
          onChange={() => undefined}
          error={undefined}
        />
      </QueryClientProvider>,
    );
  };

  it('says nothing of servers as long as the address leads to its own', () => {
    for (const typed of [`${A}/v1`, `${A}/other/path`, 'no address']) {
      expect(field(typed, {})).toBe('API key Forget');
    }
  });

  it('says that it does not go to another address, and that it stays', () => {
    for (const keyState of ['encrypted', 'weak', 'session', 'unreadable'] as const) {
      expect(field('two.example', { keyState })).toContain(`The key for ${A} does not go to ${B}.`);
    }
    expect(field('http://one.example/v1', {})).toContain(`does not go to http://one.example.`);
    expect(field('two.example', { keyState: 'missing', profile: 'other' })).toBe('API key');
  });

  it('says that one which is kept for the address is used again', () => {
    expect(field('two.example', { otherKeys: [B] })).toContain(
      `The key that is kept for ${B} is used again.`,
    );
  });

  it('says which servers the keys are for where its own has none, and can forget them', () => {
    const text = field(`${A}/v1`, { keyState: 'missing', otherKeys: [B] });
    expect(text).toContain(`A key is kept for ${B}.`);
    expect(text).toContain('Forget');
  });
});

describe('what was learned from refusals', () => {
  const list = (over: Parameters<typeof describedConnection>[0]) =>
    words(
      <QueryClientProvider client={new QueryClient()}>
        <LearnedList connection={describedConnection(over)} />
      </QueryClientProvider>,
    );

  it('is a sentence for each, with its model, and can be forgotten', () => {
    const text = list({
      learned: [
        {
          model: 'o3',
          adaptation: { action: 'rename', field: 'max_tokens', to: 'max_completion_tokens' },
        },
        { model: null, adaptation: { action: 'leave_out', field: 'stream_options' } },
      ],
    });
    expect(text).toContain('o3: max_tokens is sent as max_completion_tokens.');
    expect(text).toContain('All models: stream_options is left out.');
    expect(text).toContain('Forget all');
    expect(list({})).not.toContain('Forget');
  });
});
