import {
  answerEstimate,
  type CostRecord,
  type CostSources,
  type Estimate,
  messageEstimate,
} from '../../shared/estimate';
import type { ConnectionId } from '../../shared/ids';
import { factorsOf, modelsOf, type ParameterValues } from '../../shared/parameters';
import type { Store } from '../store/client';
import { costRecordOf } from './cost-record';

type Reads = Pick<Store, 'read'>;

/** What the ledger says of each of these models over a connection, in their order. */
export function costRecordsOf(
  { read }: Reads,
  id: ConnectionId,
  models: readonly string[],
): Promise<CostRecord[]> {
  return Promise.all(models.map(async (model) => costRecordOf(await read.answeredRuns(id, model))));
}

/** What is known of the prices of a request: one entry for each model that it names. */
export function costSourcesOf(
  store: Reads,
  id: ConnectionId,
  model: string,
): Promise<CostSources[]> {
  return Promise.all(
    modelsOf(model).map(async (name) => {
      const [answered, offers] = await Promise.all([
        store.read.answeredRuns(id, name),
        store.read.offersOf(id, name),
      ]);
      return { record: costRecordOf(answered), offers };
    }),
  );
}

/**
 * About what a request costs whose prompt has so many estimated tokens; null where that is not known.
 * Answers and votes that it multiplies are counted.
 */
export function requestEstimate(
  sources: readonly CostSources[],
  prompt: number,
  values: ParameterValues,
): Estimate | null {
  const { answers, votes } = factorsOf('', values);
  return messageEstimate(
    sources.map((source) => answerEstimate(source, prompt, values)),
    answers * votes,
  );
}
