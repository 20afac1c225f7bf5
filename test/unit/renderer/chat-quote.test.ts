import { afterEach, expect, it, vi } from 'vitest';
import { watchSelection } from '../../../renderer/features/chat/quote-button';

afterEach(() => vi.unstubAllGlobals());

it('the quote button comes again after what is selected was dragged', () => {
  const getSelection = vi.fn(() => null);
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getSelection }));
  const end = watchSelection({ current: null }, () => {});
  page.dispatchEvent(new Event('pointerdown'));
  document.dispatchEvent(new Event('selectionchange'));
  expect(getSelection).not.toHaveBeenCalled();
  // A native drag begins: the pointer is never released for the page.
  page.dispatchEvent(new Event('pointercancel'));
  getSelection.mockClear();
  document.dispatchEvent(new Event('selectionchange'));
  expect(getSelection).toHaveBeenCalledOnce();
  end();
});
