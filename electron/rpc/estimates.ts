import { costRecordsOf } from '../money/request-estimate';
import { base } from './base';

const routes = base.estimates;

export const estimates = {
  records: routes.records.handler(({ context, input }) =>
    costRecordsOf(context.store, input.connectionId, input.models),
  ),
  accuracy: routes.accuracy.handler(({ context, input }) =>
    context.store.read.estimateAccuracy(input.demo),
  ),
};
