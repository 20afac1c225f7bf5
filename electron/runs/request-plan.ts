import { type Adaptation, valuesKept } from '../../shared/adaptation';
import type { ChatSettings } from '../../shared/chat-settings';
import type { Message } from '../../shared/contract/conversation';
import type { RequestPreview } from '../../shared/contract/run';
import type { CostSources, Estimate } from '../../shared/estimate';
import type { PresetId } from '../../shared/ids';
import { factorsOf, modelsOf, type ParameterValues, valuesFor } from '../../shared/parameters';
import { applyAdaptations, type RequestFields } from '../provider/adapt';
import { curlLine, KEY_VARIABLE } from '../provider/curl';
import { type Endpoint, requestHeaders } from '../provider/http';
import { MASK } from '../provider/mask';
import { requestFields } from '../provider/request-body';
import type { StoredConnection } from '../store/queries/connections';
import type { Attachments } from './attachments';
import { contextOf } from './context';

/** One answer that is to be asked for. */
export interface Ask {
  readonly connection: StoredConnection;
  readonly endpoint: Endpoint;
  /** Several joined by commas are a super query. */
  readonly model: string;
  readonly settings: ChatSettings;
  /** The preset it is asked with, for the ledger. */
  readonly preset: { readonly id: PresetId; readonly name: string } | null;
}

/** One that is to be booked, with what is known of its price. */
export interface PricedAsk extends Ask {
  readonly sources: readonly CostSources[];
  /** About how many tokens the prompt has. */
  readonly promptEstimate: number;
  readonly estimate: Estimate | null;
}

/** A request that is ready to leave. */
export interface RequestPlan {
  readonly fields: RequestFields;
  readonly body: string;
  /** How many answers the body asks for (`n`). */
  readonly answers: number;
  readonly preview: RequestPreview;
}

/** The parameters that a connection's servers know; one that refused some is spared them. */
export function sentValues({
  connection,
  settings,
}: Pick<Ask, 'connection' | 'settings'>): ParameterValues {
  return valuesFor(connection.profile, settings.parameters);
}

/** Those of the values that count for what a request costs: what is left out for its server multiplies nothing. */
export function countedValues(
  ask: Pick<Ask, 'connection' | 'model' | 'settings'>,
  adaptations: readonly Adaptation[] = learnedFor(ask),
): ParameterValues {
  return valuesKept(sentValues(ask), adaptations);
}

/** What the server of a connection taught us of requests to this model. */
export function learnedFor({ connection, model }: Pick<Ask, 'connection' | 'model'>): Adaptation[] {
  return connection.learned
    .filter((learned) => learned.model === null || learned.model === model)
    .map(({ adaptation }) => adaptation);
}

/** Those of the adaptations that change what is asked for here. */
export function applicable(
  { connection, model, settings }: Pick<Ask, 'connection' | 'model' | 'settings'>,
  adaptations: readonly Adaptation[],
): Adaptation[] {
  const { profile } = connection;
  const fields = requestFields({ profile, model: wireModel(model), messages: [], settings });
  return adaptations.filter(({ field }) => field in fields);
}

/** The model as it is named on the wire: without the blanks around commas. */
export function wireModel(model: string): string {
  return modelsOf(model).join(',');
}

/**
 * The request for an answer at the end of a branch, exactly as it leaves or would leave. Throws a
 * `FailureError` when the file of an image is gone.
 */
export async function planRequest(
  ask: Ask,
  branch: readonly Pick<Message, 'role' | 'parts' | 'images'>[],
  adaptations: readonly Adaptation[],
  attachments: Pick<Attachments, 'dataUri'>,
): Promise<RequestPlan> {
  const { connection, endpoint, settings } = ask;
  const context = contextOf(branch, settings, connection.roles);
  const messages = await Promise.all(
    context.messages.map(async ({ role, text, images }) => ({
      role,
      text,
      images: await Promise.all(images.map((image) => attachments.dataUri(image))),
    })),
  );
  const { profile } = connection;
  const model = wireModel(ask.model);
  const fields = applyAdaptations(
    requestFields({ profile, model, messages, settings }),
    adaptations,
  );
  const body = JSON.stringify(fields);
  const { leftOut, estimatedTokens } = context;
  return {
    fields,
    body,
    answers: factorsOf(model, countedValues(ask, adaptations)).answers,
    preview: { ...shown(endpoint, body), leftOut, estimatedTokens },
  };
}

/** A request without its secrets. */
function shown(endpoint: Endpoint, body: string) {
  const { key, auth } = endpoint;
  const own = Object.fromEntries(Object.keys(endpoint.headers).map((name) => [name, MASK]));
  const secretless = requestHeaders({ key: key === '' ? '' : KEY_VARIABLE, auth, headers: own });
  const headers = Object.entries(secretless).map(([name, value]) => ({ name, value }));
  const url = `${endpoint.baseUrl}/chat/completions`;
  return { method: 'POST' as const, url, headers, body, curl: curlLine(url, headers, body) };
}
