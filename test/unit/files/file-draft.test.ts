import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileDraft } from '../../../electron/files/file-draft';
import { temporaryFolder } from '../../fixtures/store';

it('a file is written under the longest name that the disk takes', () => {
  const folder = temporaryFolder();
  const name = `${'a'.repeat(251)}.csv`;
  const draft = new FileDraft(join(folder, name));
  draft.write('words');
  draft.keep();
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(join(folder, name), 'utf8')).toBe('words');
});
