import { type ComponentType, createElement, lazy, Suspense, useState } from 'react';

/** A component in a file of its own, and what fetches that. */
export interface LoadedEarly<Props extends object> {
  readonly Component: ComponentType<Props>;
  /** Fetches it, so that it is there when it is asked for. Failing is told when it is drawn. */
  readonly load: () => void;
}

/**
 * A component that is fetched when there is time. React keeps what waits for a lazy one hidden for 300 ms,
 * also when its file has long been there; this one is drawn at once then.
 */
export function loadedEarly<Props extends object>(
  fetch: () => Promise<ComponentType<Props>>,
): LoadedEarly<Props> {
  let loaded: ComponentType<Props> | null = null;
  const load = async () => {
    loaded ??= await fetch();
    return { default: loaded };
  };
  const Lazy: ComponentType<Props> = lazy(load);
  function Component(props: Props) {
    // The same for as long as it is shown: another one would begin anew.
    const [drawn] = useState<{ Body: ComponentType<Props> }>(() => ({ Body: loaded ?? Lazy }));
    return <Suspense fallback={null}>{createElement(drawn.Body, props)}</Suspense>;
  }
  return { Component, load: () => void load().catch(() => {}) };
}
