import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginDraft, tellDraft, writeDraft } from '../../../renderer/features/chat/draft-keeper';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a draft that is found later goes before what was written meanwhile', () => {
  expect(beginDraft('new', null)).toBe('');
  writeDraft('new', 'and then?');
  expect(tellDraft('new', 'First of all')).toBe(true);
  expect(beginDraft('new', 'First of all')).toBe('First of all\nand then?');
  expect(tellDraft('new', 'First of all')).toBe(false);
});
