import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  EMPTY_QUEUE,
  MAX_QUEUED,
  nextOf,
  type Queue,
  type QueuedMessage,
  type QueueEvent,
  reduceQueue,
} from '../../../renderer/features/chat/queue';
import { QueueList } from '../../../renderer/features/chat/queue-list';
import { startTexts } from '../../../renderer/locales/i18n';
import { TooltipProvider } from '../../../renderer/ui/tooltip';

beforeAll(startTexts);

const message = (key: number, text = `message ${key}`): QueuedMessage => ({
  key,
  text,
  images: [],
  files: [],
});
const queueAfter = (...events: QueueEvent[]): Queue => events.reduce(reduceQueue, EMPTY_QUEUE);
const added = (key: number): QueueEvent => ({ type: 'added', message: message(key) });
const keys = ({ messages }: Queue) => messages.map(({ key }) => key);

describe('a queue', () => {
  it('goes one by one in the order of writing, after answers that end well', () => {
    const queue = queueAfter(added(1), added(2), { type: 'answered', states: ['complete'] });
    expect(nextOf(queue)?.key).toBe(1);
    const sent = [
      { type: 'leaving', key: 1 },
      { type: 'sent', key: 1 },
    ] as const;
    expect(nextOf(sent.reduce<Queue>(reduceQueue, queue))?.key).toBe(2);
  });

  it('waits after an answer that was stopped or went wrong, and says which', () => {
    const stopped = queueAfter(added(1), { type: 'answered', states: ['complete', 'stopped'] });
    expect(stopped.hold).toEqual({ kind: 'stopped' });
    expect(nextOf(stopped)).toBeNull();
    for (const state of ['failed', 'incomplete'] as const) {
      const queue = queueAfter(added(1), { type: 'answered', states: [state] });
      expect(queue.hold).toEqual({ kind: 'failed' });
    }
  });

  it('goes on waiting after a later answer that ends well', () => {
    const held = queueAfter(added(1), { type: 'answered', states: ['failed'] });
    expect(nextOf(reduceQueue(held, { type: 'answered', states: ['complete'] }))).toBeNull();
  });

  it('sends what is wanted now first, however the answer before it ends', () => {
    const queue = queueAfter(
      added(1),
      added(2),
      { type: 'wanted', key: 2 },
      { type: 'answered', states: ['stopped'] },
    );
    expect(keys(queue)).toEqual([2, 1]);
    expect(nextOf(queue)?.key).toBe(2);
  });

  it('gives up its haste with the message that was wanted', () => {
    const queue = queueAfter(
      added(1),
      added(2),
      { type: 'wanted', key: 2 },
      { type: 'removed', key: 2 },
    );
    expect(reduceQueue(queue, { type: 'answered', states: ['stopped'] }).hold).not.toBeNull();
  });

  it('keeps a message until it stands in the store, and after a refusal', () => {
    const leaving = queueAfter(added(1), { type: 'leaving', key: 1 });
    expect(keys(leaving)).toEqual([1]);
    expect(nextOf(leaving)).toBeNull();
    expect(keys(reduceQueue(leaving, { type: 'removed', key: 1 }))).toEqual([1]);
    const refused = reduceQueue(leaving, { type: 'refused', failure: { code: 'offline' } });
    expect(keys(refused)).toEqual([1]);
    expect(refused.hold).toEqual({ kind: 'refused', failure: { code: 'offline' } });
  });

  it('waits for the user when it comes from an earlier time', () => {
    const queue = queueAfter({ type: 'restored', messages: [message(1)] }, added(2));
    expect(keys(queue)).toEqual([1, 2]);
    expect(nextOf(queue)).toBeNull();
    expect(nextOf(reduceQueue(queue, { type: 'wanted', key: 1 }))?.key).toBe(1);
  });

  it('takes five at most, and is as new when it is empty', () => {
    const full = queueAfter(...Array.from({ length: MAX_QUEUED + 2 }, (_, at) => added(at)));
    expect(full.messages).toHaveLength(MAX_QUEUED);
    const empty = queueAfter(
      added(1),
      { type: 'answered', states: ['failed'] },
      { type: 'removed', key: 1 },
    );
    expect(empty).toEqual(EMPTY_QUEUE);
  });
});

describe('the waiting messages above the composer', () => {
  const list = (queue: Queue, running: boolean) =>
    renderToStaticMarkup(
      <TooltipProvider>
        <QueueList
          queue={queue}
          running={running}
          hindered={false}
          connectionName="APIpie"
          model="gpt-4o"
          onEdit={() => {}}
          onRemove={() => {}}
          onSendNow={() => {}}
        />
      </TooltipProvider>,
    );

  it('can be sent, changed and removed while an answer runs', () => {
    const markup = list(queueAfter(added(1)), true);
    expect(markup).toContain('message 1');
    expect(markup).toContain('Stop and send');
    expect(markup).toContain('aria-label="Edit"');
    expect(markup).toContain('aria-label="Remove"');
  });

  it('say why they wait', () => {
    const held = queueAfter(added(1), { type: 'answered', states: ['stopped'] });
    expect(list(held, false)).toContain('The answer was stopped. These wait until you send them.');
    expect(list(held, false)).toContain('Send now');
    expect(list(EMPTY_QUEUE, true)).toBe('');
  });
});
