import { expect, it } from 'vitest';
import { WantedFirst } from '../../../renderer/features/sidebar/wanted-first';

it('the first is opened once, when what was asked for is found', () => {
  const first = new WantedFirst();
  first.want('sky');
  expect(first.isDue('sky', 'looking')).toBe(false);
  expect(first.isDue('sky', 'found')).toBe(true);
  expect(first.isDue('sky', 'found')).toBe(false);
});

it('nothing opens by itself when the same words are written again later', () => {
  const first = new WantedFirst();
  first.want('sky');
  expect(first.isDue('sky', 'looking')).toBe(false);
  expect(first.isDue('sky b', 'looking')).toBe(false);
  expect(first.isDue('sky', 'found')).toBe(false);
});

it('nothing opens by itself when a search that failed is made again', () => {
  const first = new WantedFirst();
  first.want('sky');
  expect(first.isDue('sky', 'failed')).toBe(false);
  expect(first.isDue('sky', 'looking')).toBe(false);
  expect(first.isDue('sky', 'found')).toBe(false);
});
