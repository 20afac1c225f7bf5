import { base } from './base';

export const events = {
  subscribe: base.events.subscribe.handler(({ context, signal }) => context.feed.subscribe(signal)),
};
