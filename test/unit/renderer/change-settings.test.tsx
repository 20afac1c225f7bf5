import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, it, vi } from 'vitest';
import { startTexts } from '../../../renderer/locales/i18n';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import { useChangeSettings } from '../../../renderer/state/change-settings';
import type { Settings } from '../../../shared/contract/app';
import { USUAL_LOOK } from '../../../shared/contract/look';
import { USUAL_TRANSCRIPT } from '../../../shared/contract/transcript';
import { USUAL_FORM } from '../../../shared/contract/usage-file';

beforeAll(() => startTexts());

const main = vi.hoisted(() => ({ changeSettings: vi.fn() }));

vi.mock('../../../renderer/ui/toaster', () => ({ notify: vi.fn() }));

vi.mock('../../../renderer/rpc/client', async (original) => ({
  ...(await original<typeof import('../../../renderer/rpc/client')>()),
  client: { app: main },
}));

const before: Settings = {
  ...USUAL_LOOK,
  lastModel: 'gpt-4o',
  lastConnectionId: 1,
  notifications: false,
  spellCheck: false,
  sendKey: 'enter',
  shortcuts: {},
  titlesByModel: false,
  titleModel: null,
  looksForUpdates: null,
  sidebarWidth: 248,
  searchOrder: 'newest',
  trashDays: 30,
  usageFile: USUAL_FORM,
  transcript: USUAL_TRANSCRIPT,
};

const queryKey = orpc.app.settings.queryKey();
const shown = () => queryClient.getQueryData(queryKey);

interface Answer {
  readonly save: (settings: Settings) => void;
  readonly fail: () => void;
}

/** Changes settings as a part of the page does; main answers by hand. */
function page() {
  queryClient.setQueryData<Settings>(queryKey, before);
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
  expect(shown()).toEqual({ ...before, sidebarWidth: 300 });
  answers[1]?.fail();
  await settled();
  expect(shown()).toEqual(before);
});

it('a late answer to an earlier change does not undo a later one on the screen', async () => {
  const { answers, change } = page();
  change({ theme: 'dark' });
  change({ theme: 'light' });
  answers[0]?.save({ ...before, theme: 'dark' });
  await settled();
  expect(shown()).toMatchObject({ theme: 'light' });
  answers[1]?.save({ ...before, theme: 'light' });
  await settled();
  expect(shown()).toEqual({ ...before, theme: 'light' });
});
