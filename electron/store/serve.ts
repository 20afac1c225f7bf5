import { openReader, openWriter, type ReadDb, type WriteDb } from './connection';
import { storeError } from './errors';
import { READS, WRITES } from './methods';
import type { Reply, Request, WorkerSetup } from './protocol';

/** The calling side, as a store thread sees it. */
export interface CallerPort {
  postMessage(reply: Reply): void;
  on(event: 'message', listener: (request: Request | 'close') => void): void;
  close(): void;
}

type Answer = (request: Request) => unknown;

/** Opens one connection to the store and answers calls on it, in order, until told to close. */
export function serveStore(port: CallerPort, { role, path }: WorkerSetup): void {
  let answer: Answer;
  let close: () => void;
  try {
    const db = role === 'writer' ? openWriter(path) : openReader(path);
    const read = atOneMoment(db, caller(READS, db));
    const write = caller(role === 'writer' ? WRITES : {}, db);
    answer = (request) => (request.kind === 'read' ? read : write)(request);
    close = () => db.close();
  } catch (error) {
    const { kind, message } = storeError(error);
    port.postMessage({ type: 'error', id: null, kind, message });
    port.close();
    return;
  }
  port.on('message', (request) => {
    if (request === 'close') {
      close();
      port.postMessage({ type: 'closed' });
      port.close();
      return;
    }
    const { id } = request;
    try {
      port.postMessage({ type: 'result', id, value: answer(request) });
    } catch (error) {
      const { kind, message } = storeError(error);
      port.postMessage({ type: 'error', id, kind, message });
    }
  });
  port.postMessage({ type: 'ready' });
}

/** What several statements of one call read belongs together, and each is spared asking for the lock itself. */
function atOneMoment(db: ReadDb, read: Answer): Answer {
  return db.transaction(read);
}

/**
 * Calls by name. The caller's types are made of these very functions (`protocol.ts`) and nothing else
 * can post to the port, so the arguments are not checked a second time.
 */
function caller(methods: object, db: ReadDb | WriteDb): Answer {
  const byName = new Map<string, (...args: unknown[]) => unknown>(Object.entries(methods));
  return ({ method, args }) => {
    const call = byName.get(method);
    if (!call) throw new Error(`the store has no method ${method}`);
    return call(db, ...args);
  };
}
