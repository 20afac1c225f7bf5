import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openReader, openWriter, type WriteDb } from './connection';
import { storeError } from './errors';
import { READS, WRITES } from './methods';
import type { Reply, Request, WorkerSetup } from './protocol';

/** A worker thread that owns one connection to the store and answers calls in order. */
function serve(port: MessagePort, { role, path }: WorkerSetup): void {
  const reply = (message: Reply) => port.postMessage(message);
  let db: WriteDb | ReturnType<typeof openReader>;
  try {
    db = role === 'writer' ? openWriter(path) : openReader(path);
  } catch (error) {
    const { kind, message } = storeError(error);
    reply({ type: 'error', id: null, kind, message });
    port.close();
    return;
  }
  const methods = new Map<string, (...args: never[]) => unknown>(
    Object.entries(role === 'writer' ? WRITES : READS),
  );
  port.on('message', (request: Request | 'close') => {
    if (request === 'close') {
      db.close();
      reply({ type: 'closed' });
      port.close();
      return;
    }
    const { id } = request;
    try {
      const method = methods.get(request.method);
      if (!method) throw new Error(`the ${role} has no method ${request.method}`);
      // The client's types are those of these very functions; nothing else can post to this port.
      const args = [db, ...request.args] as never[];
      reply({ type: 'result', id, value: method(...args) });
    } catch (error) {
      const { kind, message } = storeError(error);
      reply({ type: 'error', id, kind, message });
    }
  });
  reply({ type: 'ready' });
}

if (!parentPort) throw new Error('the store worker runs in a worker thread');
serve(parentPort, workerData);
