import { expect, it } from 'vitest';
import { KeptCode } from '../../../renderer/features/chat/highlight';

it('the same code on the screen twice leaves as much room for other code', () => {
  const kept = new KeptCode(10);
  for (const key of ['aaaa', 'aaaa', 'bbbb']) kept.keep(key, []);
  expect([kept.get('aaaa'), kept.get('bbbb')]).toEqual([[], []]);
});

it('the oldest code goes when there is no room', () => {
  const kept = new KeptCode(10);
  for (const key of ['aaaa', 'bbbb', 'cccc']) kept.keep(key, []);
  expect([kept.get('aaaa'), kept.get('bbbb'), kept.get('cccc')]).toEqual([undefined, [], []]);
});
