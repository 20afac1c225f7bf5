/**
 * V8's inspector may lose the answer of main to garbage collection, though what was asked for is
 * done. What the tests ask of main may be done twice.
 */
export function askedAgain<Ask extends (...args: never[]) => Promise<unknown>>(ask: Ask): Ask {
  return new Proxy(ask, {
    apply: async (target, app, args) => {
      for (let lost = 0; ; lost += 1) {
        try {
          return await Reflect.apply(target, app, args);
        } catch (error) {
          if (lost === 3 || !String(error).includes('promise was garbage collected')) throw error;
        }
      }
    },
  });
}
