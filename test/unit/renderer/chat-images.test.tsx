import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { AttachedBar } from '../../../renderer/features/chat/attached-bar';
import {
  type AttachedItem,
  attachedFiles,
  attachedKept,
  attachedName,
  attachmentIds,
  isAdding,
  problemOf,
  problemOfFile,
} from '../../../renderer/features/chat/attached-items';
import { MAX_TEXT_FILE_BYTES, MAX_TEXT_FILES } from '../../../renderer/features/chat/text-files';
import { startTexts } from '../../../renderer/locales/i18n';
import { fileSize } from '../../../renderer/ui/file-size';
import { TooltipProvider } from '../../../renderer/ui/tooltip';
import { MAX_IMAGE_BYTES, MAX_IMAGES } from '../../../shared/contract/attachment';
import { attachmentId } from '../../../shared/ids';

beforeAll(startTexts);

const attachment = {
  id: attachmentId.parse(7),
  sha256: 'a'.repeat(64),
  name: 'cat.png',
  mediaType: 'image/png' as const,
  bytes: 2_000,
};
const added: AttachedItem = {
  key: 1,
  name: 'cat.png',
  bytes: 2_000,
  state: { kind: 'image', attachment },
};
const adding: AttachedItem = {
  key: 2,
  name: 'dog.png',
  bytes: 9,
  state: { kind: 'adding', as: 'image' },
};
const refused: AttachedItem = {
  key: 3,
  name: 'clip.mov',
  bytes: 9,
  state: { kind: 'refused', problem: 'unknown_kind' },
};
const notes: AttachedItem = {
  key: 4,
  name: 'notes.csv',
  bytes: 12_000,
  state: { kind: 'text', text: 'a,b', tokens: 3_000 },
};

describe('a file for a message', () => {
  it('is refused when it is too large for what it is', () => {
    expect(problemOfFile('image', MAX_IMAGE_BYTES, [])).toBeNull();
    expect(problemOfFile('image', MAX_IMAGE_BYTES + 1, [])).toBe('image_too_large');
    expect(problemOfFile('text', MAX_TEXT_FILE_BYTES, [])).toBeNull();
    expect(problemOfFile('text', MAX_TEXT_FILE_BYTES + 1, [])).toBe('text_too_large');
  });

  it('is refused when there are enough of its kind, those being read among them', () => {
    const images = Array.from({ length: MAX_IMAGES }, () => adding);
    const texts = Array.from({ length: MAX_TEXT_FILES }, () => notes);
    expect(problemOfFile('image', 10, images)).toBe('too_many_images');
    expect(problemOfFile('text', 10, images)).toBeNull();
    expect(problemOfFile('text', 10, texts)).toBe('too_many_files');
    expect(problemOfFile('image', 10, [...images.slice(1), refused])).toBeNull();
  });

  it('is refused for the reason main gives', () => {
    expect(problemOf({ code: 'invalid_input', reason: 'too_large' })).toBe('image_too_large');
    expect(problemOf({ code: 'invalid_input', reason: 'not_an_image' })).toBe('unknown_kind');
    expect(problemOf({ code: 'store_full' })).toBe('not_kept');
  });

  it('goes along with the others that were taken', () => {
    const items = [added, adding, refused, notes];
    expect(attachmentIds(items)).toEqual([7]);
    expect(attachedFiles(items)).toEqual([{ name: 'notes.csv', text: 'a,b' }]);
    expect(isAdding(items)).toBe(true);
    expect(attachedKept(items)).toEqual([added, adding, notes]);
  });

  it('has a name, whatever the clipboard called it', () => {
    expect(attachedName('  ')).toBe('image');
    expect(attachedName('x'.repeat(300))).toHaveLength(255);
  });
});

describe('the files in the composer', () => {
  const bar = (items: AttachedItem[], blind: string[] = []) =>
    renderToStaticMarkup(
      <TooltipProvider>
        <AttachedBar items={items} blind={blind} onRemove={() => {}} />
      </TooltipProvider>,
    );

  it('show what goes along, how large it is, and what does not and why', () => {
    const markup = bar([added, refused, notes]);
    expect(markup).toContain(`src="app://slice/attachment/${'a'.repeat(64)}" alt="cat.png"`);
    expect(markup).toContain('2 KB');
    expect(markup).toContain('aria-label="Remove cat.png"');
    expect(markup).toContain('12 KB, about 3,000 tokens');
    expect(markup).toContain('clip.mov is neither text nor a PNG, JPEG, WebP or GIF image.');
  });

  it('say when a model is known not to see them', () => {
    expect(bar([added], ['gpt-3.5-turbo'])).toContain('gpt-3.5-turbo does not see images');
    expect(bar([added])).not.toContain('see images');
    expect(bar([notes], ['gpt-3.5-turbo'])).not.toContain('see images');
    expect(bar([])).toBe('');
  });

  it('give sizes as file managers do', () => {
    expect([512, 2_000, 3_400_000, 999_949_999, 999_950_000, 12_300_000_000].map(fileSize)).toEqual(
      ['512 B', '2 KB', '3.4 MB', '999.9 MB', '1.0 GB', '12.3 GB'],
    );
  });
});
