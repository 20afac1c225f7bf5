import { useState } from 'react';
import type { Typed, TypedError } from './typed-value';

interface Typing {
  readonly text: string;
  readonly error: TypedError | null;
  /** The value this was typed over; another one takes its place. */
  readonly over: string;
}

export interface TypedField {
  readonly text: string;
  readonly error: TypedError | null;
  readonly type: (text: string) => void;
  /** Writes the value the usual way, unless what stands there is not one. */
  readonly leave: () => void;
}

interface TypedFieldParts<Value> {
  readonly value: Value | undefined;
  readonly print: (value: Value) => string;
  readonly read: (text: string) => Typed<Value>;
  /** False when the value was refused. */
  readonly onChange: (value: Value | undefined) => boolean;
}

/** A value that is typed. While it is wrong it says why, and the value stays what it was. */
export function useTyped<Value>(parts: TypedFieldParts<Value>): TypedField {
  const { value, print, read, onChange } = parts;
  const [typing, setTyping] = useState<Typing | null>(null);
  const now = JSON.stringify(value) ?? '';
  const own = typing?.over === now ? typing : null;
  return {
    text: own?.text ?? (value === undefined ? '' : print(value)),
    error: own?.error ?? null,
    type(text) {
      const typed = read(text);
      if ('error' in typed) setTyping({ text, error: typed.error, over: now });
      else if (onChange(typed.value)) {
        setTyping({ text, error: null, over: JSON.stringify(typed.value) ?? '' });
      } else setTyping({ text, error: { kind: 'notTaken' }, over: now });
    },
    leave() {
      if (own && own.error === null) setTyping(null);
    },
  };
}
