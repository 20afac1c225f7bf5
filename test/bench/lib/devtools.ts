import { WebSocket } from 'undici';
import { z } from 'zod';

const answered = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

type Answered = z.infer<typeof answered>;

const evaluation = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z
    .object({
      text: z.string(),
      exception: z.object({ description: z.string().optional() }).optional(),
    })
    .optional(),
});

const targets = z.array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }));

/** The page of the browser that listens on a port, once it has gone where it is meant to. */
export async function firstPage(port: number): Promise<Devtools> {
  let page: Devtools | null = null;
  for (;;) {
    page ??= await connectToPage(port);
    // The blank page that a window begins with may go while it is asked.
    const at = await page?.evaluate(z.string(), 'location.protocol').catch(() => null);
    if (page && (at === 'app:' || at === 'file:')) return page;
    if (at === null) page = null;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function connectToPage(port: number): Promise<Devtools | null> {
  const list = targets.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json());
  const page = list.find(({ type }) => type === 'page');
  // It may be on its way to another process.
  return page ? Devtools.connect(page.webSocketDebuggerUrl).catch(() => null) : null;
}

/** A line to a page or a browser; nothing is switched on in there but what is asked for. */
export class Devtools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: Answered) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const message: unknown = JSON.parse(String(data));
      const known = answered.safeParse(message);
      if (!known.success) return;
      this.#waiting.get(known.data.id)?.(known.data);
      this.#waiting.delete(known.data.id);
    });
    socket.addEventListener('close', () => {
      const error = { message: 'the page is gone' };
      for (const [id, answer] of this.#waiting) answer({ id, error });
      this.#waiting.clear();
    });
  }

  static connect(url: string): Promise<Devtools> {
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Devtools(socket)));
      socket.addEventListener('error', () => reject(new Error(`cannot connect to ${url}`)));
    });
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN) throw new Error(`${method}: the page is gone`);
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise<Answered>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { error, result } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** The value of an expression in the page, which is waited for when it is a promise. */
  async evaluate<Value>(schema: z.ZodType<Value>, expression: string): Promise<Value> {
    const { result, exceptionDetails } = evaluation.parse(
      await this.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      }),
    );
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return schema.parse(result.value);
  }

  async run(expression: string): Promise<void> {
    await this.evaluate(z.unknown(), `(async () => { ${expression} })()`);
  }

  close(): void {
    this.#socket.close();
  }
}
