import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { ChatBanner } from '../../../renderer/features/chat/chat-banner';
import { startTexts } from '../../../renderer/locales/i18n';
import { describedConnection } from '../../fixtures/connections';

beforeAll(startTexts);

describe('the line above a conversation', () => {
  const line = (over: Parameters<typeof describedConnection>[0]) =>
    renderToStaticMarkup(
      <QueryClientProvider client={new QueryClient()}>
        <ChatBanner connection={describedConnection(over)} conversationId={null} presetId={null} />
      </QueryClientProvider>,
    )
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();

  it('asks for a key where one is needed, and is not there where none is', () => {
    expect(line({ keyState: 'missing' })).toMatch(/^APIpie has no key\. Everything here/);
    expect(line({ keyState: 'unreadable' })).toContain('cannot be read');
    expect(line({ keyState: 'missing', profile: 'ollama' })).toBe('');
    expect(line({})).toBe('');
  });

  it('says which servers the keys that are kept were entered for', () => {
    const otherKeys = ['https://one.example', 'http://two.example:8080'];
    expect(line({ keyState: 'missing', profile: 'other', otherKeys })).toContain(
      'was entered for https://one.example, http://two.example:8080 and goes to no other server. Enter the one for apipie.ai.',
    );
    expect(line({ otherKeys })).toBe('');
  });
});
