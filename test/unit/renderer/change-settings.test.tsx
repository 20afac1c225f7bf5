import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, it, vi } from 'vitest';
import { startTexts } from '../../../renderer/locales/i18n';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import { useChangeSettings } from '../../../renderer/state/change-settings';
import type { Settings } from '../../../shared/contract/app';
import { USUAL_SETTINGS } from '../../fixtures/settings';

beforeAll(() => startTexts());

const main = vi.hoisted(() => ({ changeSettings: vi.fn() }));

vi.mock('../../../renderer/ui/toaster', () => ({ notify: vi.fn() }));

vi.mock('../../../renderer/rpc/client', async (original) => ({
  ...(await original<typeof import('../../../renderer/rpc/client')>()),
  client: { app: main },
}));

const queryKey = orpc.app.settings.queryKey();
const shown = () => queryClient.getQueryData(queryKey);

interface Answer {
  readonly save: (settings: Settings) => void;
  readonly fail: () => void;
}

/** Changes settings as a part of the page does; main answers by hand. */
function page() {
  queryClient.setQueryData<Settings>(queryKey, USUAL_SETTINGS);
  const answers: Answer[] = [];
  main.changeSettings.mockImplementation(
    () => new Promise((save, fail) => answers.push({ save, fail: () => fail(new Error('full')) })),
  );
  let change: (change: Partial<Settings>) => void = () => {};
  const Part = () => {
    change = useChangeSettings();
    return null;
  };
  renderToStaticMarkup(<Part />);
  return { answers, change };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('settings that could not be saved go back to what they were, however many', async () => {
  const { answers, change } = page();
  change({ theme: 'dark' });
  change({ sidebarWidth: 300 });
  expect(shown()).toMatchObject({ theme: 'dark', sidebarWidth: 300 });
  answers[0]?.fail();
  await settled();
  expect(shown()).toEqual({ ...USUAL_SETTINGS, sidebarWidth: 300 });
  answers[1]?.fail();
  await settled();
  expect(shown()).toEqual(USUAL_SETTINGS);
});

it('a late answer to an earlier change does not undo a later one on the screen', async () => {
  const { answers, change } = page();
  change({ theme: 'dark' });
  change({ theme: 'light' });
  answers[0]?.save({ ...USUAL_SETTINGS, theme: 'dark' });
  await settled();
  expect(shown()).toMatchObject({ theme: 'light' });
  answers[1]?.save({ ...USUAL_SETTINGS, theme: 'light' });
  await settled();
  expect(shown()).toEqual({ ...USUAL_SETTINGS, theme: 'light' });
});
