import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReachabilityBook } from '../../../electron/runs/reachability';
import { connectionId } from '../../../shared/ids';

const HALF_A_MINUTE = 30_000;
const ID = connectionId.parse(1);
const OFFLINE = { ok: false, failure: { code: 'offline' } } as const;
const ONLINE = { ok: true, value: null, latencyMs: 5 } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a server that is offline is asked again also after it could not be asked', async () => {
  const ask = vi.fn(() => Promise.reject(new Error('the keyring is locked')));
  const book = new ReachabilityBook(() => undefined, ask);
  book.noteProbe(ID, OFFLINE);
  await vi.advanceTimersByTimeAsync(3 * HALF_A_MINUTE);
  expect(ask).toHaveBeenCalledTimes(3);
  book.noteProbe(ID, ONLINE);
  await vi.advanceTimersByTimeAsync(3 * HALF_A_MINUTE);
  expect(ask).toHaveBeenCalledTimes(3);
});

it.each(['forget', 'close'] as const)(
  'a server that could not be asked is not asked again after %s',
  async (way) => {
    const ask = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      throw new Error('there is no such connection');
    });
    const book = new ReachabilityBook(() => undefined, ask);
    book.noteProbe(ID, OFFLINE);
    await vi.advanceTimersByTimeAsync(HALF_A_MINUTE);
    book[way](ID);
    await vi.advanceTimersByTimeAsync(3 * HALF_A_MINUTE);
    expect(ask).toHaveBeenCalledTimes(1);
  },
);
