import type { StoreErrorKind } from './errors';
import type { READS, WRITES } from './methods';

export type Role = 'reader' | 'writer';

/** How a worker is told what it is; its `workerData`. */
export interface WorkerSetup {
  readonly role: Role;
  readonly path: string;
}

export interface Request {
  readonly id: number;
  /** Where the method is looked for: the writer reads too, while there is no reader. */
  readonly kind: 'read' | 'write';
  readonly method: string;
  readonly args: readonly unknown[];
}

export type Reply =
  /** The store is open. */
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'error';
      /** null: the store could not be opened. */
      readonly id: number | null;
      readonly kind: StoreErrorKind;
      readonly message: string;
    }
  | { readonly type: 'closed' };

/** A list of query functions as their callers on the other thread see it. */
export type Remote<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (
    db: never,
    ...args: infer Args
  ) => infer Result
    ? (...args: Args) => Promise<Result>
    : never;
};

export type RemoteReads = Remote<typeof READS>;
export type RemoteWrites = Remote<typeof WRITES>;
