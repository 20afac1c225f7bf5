import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageBar } from '../../../renderer/features/chat/image-bar';
import {
  attachmentIds,
  type ImageItem,
  imageName,
  imagesKept,
  isAdding,
  problemBeforeReading,
  problemOf,
} from '../../../renderer/features/chat/image-items';
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
const added: ImageItem = {
  key: 1,
  name: 'cat.png',
  bytes: 2_000,
  state: { kind: 'added', attachment },
};
const adding: ImageItem = { key: 2, name: 'dog.png', bytes: 9, state: { kind: 'adding' } };
const refused: ImageItem = {
  key: 3,
  name: 'notes.txt',
  bytes: 9,
  state: { kind: 'refused', problem: 'not_an_image' },
};

describe('an image for a message', () => {
  it('is refused before it is read when that much is plain', () => {
    const png = { type: 'image/png', size: 10 };
    expect(problemBeforeReading(png, 0)).toBeNull();
    expect(problemBeforeReading({ type: '', size: 10 }, 0)).toBeNull();
    expect(problemBeforeReading({ type: 'text/plain', size: 10 }, 0)).toBe('not_an_image');
    expect(problemBeforeReading({ ...png, size: MAX_IMAGE_BYTES + 1 }, 0)).toBe('too_large');
    expect(problemBeforeReading(png, MAX_IMAGES)).toBe('too_many');
  });

  it('is refused for the reason main gives', () => {
    expect(problemOf({ code: 'invalid_input', reason: 'too_large' })).toBe('too_large');
    expect(problemOf({ code: 'invalid_input', reason: 'not_an_image' })).toBe('not_an_image');
    expect(problemOf({ code: 'store_full' })).toBe('not_kept');
  });

  it('goes along with the others that were taken', () => {
    const items = [added, adding, refused];
    expect(attachmentIds(items)).toEqual([7]);
    expect(isAdding(items)).toBe(true);
    expect(imagesKept(items)).toEqual([added, adding]);
  });

  it('has a name, whatever the clipboard called it', () => {
    expect(imageName('  ')).toBe('image');
    expect(imageName('x'.repeat(300))).toHaveLength(255);
  });
});

describe('the images in the composer', () => {
  const bar = (items: ImageItem[], blind: string[] = []) =>
    renderToStaticMarkup(
      <TooltipProvider>
        <ImageBar items={items} blind={blind} onRemove={() => {}} />
      </TooltipProvider>,
    );

  it('show what goes along, how large it is, and what does not and why', () => {
    const markup = bar([added, refused]);
    expect(markup).toContain(`src="app://slice/attachment/${'a'.repeat(64)}" alt="cat.png"`);
    expect(markup).toContain('2 KB');
    expect(markup).toContain('aria-label="Remove cat.png"');
    expect(markup).toContain('notes.txt is not a PNG, JPEG, WebP or GIF image.');
  });

  it('say when a model is known not to see them', () => {
    expect(bar([added], ['gpt-3.5-turbo'])).toContain('gpt-3.5-turbo does not see images');
    expect(bar([added])).not.toContain('see images');
    expect(bar([])).toBe('');
  });

  it('give sizes as file managers do', () => {
    expect([fileSize(512), fileSize(2_000), fileSize(3_400_000)]).toEqual([
      '512 B',
      '2 KB',
      '3.4 MB',
    ]);
  });
});
