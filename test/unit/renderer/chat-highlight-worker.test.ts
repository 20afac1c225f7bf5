import { afterEach, expect, it, vi } from 'vitest';
import { highlight } from '../../../renderer/features/chat/highlight';
import type { HighlightRequest } from '../../../renderer/features/chat/highlight-worker';

/** A worker that cannot be loaded, or answers each request with its code in one line. */
class FakeWorker extends EventTarget {
  static readonly made: FakeWorker[] = [];
  static loads = true;

  readonly terminate = vi.fn();
  readonly #loads = FakeWorker.loads;

  constructor() {
    super();
    FakeWorker.made.push(this);
    if (!this.#loads) queueMicrotask(() => this.dispatchEvent(new Event('error')));
  }

  postMessage({ id, code }: HighlightRequest): void {
    if (!this.#loads) return;
    const data = { id, lines: [[['', code]]] };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}

afterEach(() => vi.unstubAllGlobals());

it('code that comes after a worker failed to load is coloured by a new one', async () => {
  vi.stubGlobal('Worker', FakeWorker);
  FakeWorker.loads = false;
  expect(await highlight('a', 'js')).toBeNull();
  FakeWorker.loads = true;
  expect(await highlight('b', 'js')).toEqual([[['', 'b']]]);
  expect(FakeWorker.made[0]?.terminate).toHaveBeenCalledOnce();
  await highlight('c', 'js');
  expect(FakeWorker.made).toHaveLength(2);
}, 2000);
