import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, parse, relative } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makePaths, startFolder, storeFile } from '../../../electron/shell/paths';

/** As Electron does it. */
const app = vi.hoisted(() => ({
  getPath: () => '/nowhere',
  setPath: vi.fn((_name: string, path: string) => {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
  }),
  setAppLogsPath: () => undefined,
  on: () => undefined,
}));

vi.mock('electron', () => ({ app }));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-paths-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('a data folder that is named from where one stands is taken as its full path', () => {
  vi.stubEnv('SLICE_DATA_DIR', relative(process.cwd(), join(folder, 'data')));
  expect(isAbsolute(process.env.SLICE_DATA_DIR ?? '')).toBe(false);
  const paths = makePaths();
  expect(paths).toMatchObject({ data: join(folder, 'data'), problem: null });
  expect(app.setPath).toHaveBeenCalledWith('userData', paths.data);
  expect(storeFile()).toBe(join(folder, 'data', 'slice.db'));
});

it('an app that was started from a folder that is gone goes to one that is there', () => {
  const gone = () => {
    throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' });
  };
  const cwd = vi.spyOn(process, 'cwd').mockImplementationOnce(gone).mockReturnValueOnce('/');
  const chdir = vi.spyOn(process, 'chdir').mockReturnValue();
  expect(startFolder()).toBe('/');
  expect(chdir).toHaveBeenCalledWith(parse(process.execPath).root);
  cwd.mockRestore();
  chdir.mockRestore();
});
