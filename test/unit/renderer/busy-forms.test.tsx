import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { ConnectForm } from '../../../renderer/features/connect/connect-form';
import { RenewKeyForm } from '../../../renderer/features/connect/renew-key-form';
import { AddConnection } from '../../../renderer/features/settings/add-connection';
import { TeamForm } from '../../../renderer/features/settings/team-form';
import { startTexts } from '../../../renderer/locales/i18n';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import { describedConnection } from '../../fixtures/connections';
import { NO_COLLECTOR } from '../../fixtures/telemetry';

const page = vi.hoisted(() => ({ set: vi.fn(), edits: [] as (() => void)[] }));

// Drawn once, with every flag up: a form that was tried and is being saved.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  useState: (first: unknown) => {
    const value = typeof first === 'function' ? first() : first;
    return [value === false ? true : value, page.set];
  },
}));

vi.mock('../../../renderer/features/settings/option-fields', () => ({
  OptionFields: ({ options, onChange }: { options: object; onChange: (to: object) => void }) => {
    page.edits.push(() => onChange({ ...options, auth: 'api-key' }));
    return null;
  },
}));

vi.mock('../../../renderer/features/settings/header-fields', () => ({
  HeaderFields: ({ onChange }: { onChange: (headers: []) => void }) => {
    page.edits.push(() => onChange([]));
    return null;
  },
}));

vi.mock('../../../renderer/ui/checkbox', () => ({
  Checkbox: ({ checked, onChange }: { checked: boolean; onChange: (to: boolean) => void }) => {
    page.edits.push(() => onChange(!checked));
    return null;
  },
}));

beforeAll(async () => {
  await startTexts();
  queryClient.setQueryData(orpc.connections.keyStrength.queryKey(), 'weak');
});

beforeEach(() => {
  page.set.mockReset();
  page.edits.length = 0;
});

const nothing = () => {};

/** The text boxes of a form that can be written into. */
function openBoxes(form: ReactNode): readonly string[] {
  const html = renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <Router ssrPath="/">{form}</Router>
    </QueryClientProvider>,
  );
  const boxes = html.match(/<input type="text"[^>]*>|<input id="[^"]*" type="text"[^>]*>/g) ?? [];
  expect(boxes.length).toBeGreaterThan(0);
  return boxes.filter((box) => !/readonly/i.test(box));
}

const collector = { ...NO_COLLECTOR, on: true, endpoint: 'http://collector.example:4318' };

it.each([
  ['the first connection', <ConnectForm key="connect" />],
  ['a new key', <RenewKeyForm key="renew" connection={describedConnection({})} />],
  ['another connection', <AddConnection key="add" onClose={nothing} onMade={nothing} />],
  ['the collector', <TeamForm key="team" state={collector} addressAsked={0} onUnsaved={nothing} />],
])('nothing is written into the form of %s while it is saved', (_, form) => {
  expect(openBoxes(form)).toEqual([]);
  for (const edit of page.edits) edit();
  expect(page.set).not.toHaveBeenCalled();
});
