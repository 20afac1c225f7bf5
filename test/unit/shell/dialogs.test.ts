import { expect, it, vi } from 'vitest';
import { choosePlace } from '../../../electron/shell/dialogs';

const proposed = vi.hoisted((): string[] => []);

vi.mock('electron', () => ({
  dialog: {
    showSaveDialog: async ({ defaultPath }: { defaultPath: string }) => {
      proposed.push(defaultPath);
      return { canceled: true, filePath: '' };
    },
  },
}));

it.each([
  ['of English', 'Why is the sky blue?.md', 'Why is the sky blue-.md'],
  [
    'of Chinese',
    `${'为什么天空是蓝色的'.repeat(10)}.slice.json`,
    /^[\u4e00-\u9fff]{60,}\.slice\.json$/,
  ],
  ['of emoji', `${'😀'.repeat(100)}.md`, /^(?:😀){40,}\.md$/u],
  ['with a long ending', `${'a'.repeat(190)}.${'b'.repeat(190)}`, /^a{190}\.b+$/],
])(
  'a name %s that is proposed for a file is one that every disk takes',
  async (_, name, wanted) => {
    await choosePlace(name);
    const last = proposed.at(-1) ?? '';
    expect(last).toMatch(wanted);
    expect(Buffer.byteLength(last)).toBeLessThanOrEqual(255);
  },
);
