import { catalogue, faultRoute, type Route } from './catalogue';
import { exactDollars } from './decimal-dollars';
import { FAULTS } from './faults';

/** Tokens per thousand characters, for the list's average cost. */
const TOKENS_PER_THOUSAND_CHARACTERS = 250n;
const PER_MILLION = 1_000_000n;

/** Reads the filters that the documentation names; an absent one lets everything pass. */
function filtered(query: URLSearchParams): Route[] {
  const routes: Route[] = [...catalogue];
  if (query.get('faults') === '1') {
    for (const name of Object.keys(FAULTS)) routes.push(faultRoute(name, undefined));
  }
  const passes = (filter: string, value: string): boolean => {
    const wanted = query.get(filter);
    return wanted === null || wanted.split(',').includes(value);
  };
  return routes.filter(
    (route) =>
      passes('type', route.type) &&
      passes('subtype', route.subtype ?? '') &&
      passes('provider', route.provider) &&
      (passes('model', route.id) || passes('model', route.model)) &&
      passes('enabled', '1'),
  );
}

function latencyText(route: Route): string | null {
  return route.latency?.join('/') ?? null;
}

/**
 * The body of GET /v1/models: the field set seen on the live service in 2026. Costs, latency and
 * query count are strings, several fields may be null, and an id stands once per provider. Costs are
 * dollars per million tokens, or null where the price is not per token.
 */
export function modelList(query: URLSearchParams): unknown {
  const data = filtered(query).map((route) => {
    const perToken = route.priceType === 'token';
    const mean = (route.inputPrice + route.outputPrice) / 2n;
    return {
      id: route.id,
      model: route.model,
      provider: route.provider,
      type: route.type,
      subtype: route.subtype,
      route: route.id,
      description: route.description,
      enabled: 1,
      available: route.available ? 1 : 0,
      avg_cost: perToken ? exactDollars(mean * TOKENS_PER_THOUSAND_CHARACTERS) : null,
      input_cost: perToken ? exactDollars(route.inputPrice * PER_MILLION) : null,
      output_cost: perToken ? exactDollars(route.outputPrice * PER_MILLION) : null,
      price_type: route.priceType,
      img_price: null,
      img_json: route.type === 'image' ? { '1024x1024': '0.04', '1792x1024': '0.08' } : null,
      latency: latencyText(route),
      query_count: route.queryCount?.toString() ?? null,
      max_tokens: route.contextTokens,
      max_response_tokens: route.answerTokens,
    };
  });
  return { object: 'list', data };
}

/** The body of GET /v1/models/detailed: modalities, limits and prices per token instead of costs. */
export function detailedModelList(query: URLSearchParams): unknown {
  const data = filtered(query).map((route) => {
    const seesImages = route.type === 'vision' || route.subtype === 'multimodal';
    return {
      id: route.id,
      model: route.model,
      provider: route.provider,
      type: route.type,
      subtype: route.subtype,
      route: route.id,
      description: route.description,
      enabled: 1,
      available: route.available ? 1 : 0,
      abortable: route.provider !== 'bedrock',
      moderationRequired: route.provider === 'openrouter',
      supports_multipart: seesImages,
      input_modalities: seesImages ? ['text', 'image'] : ['text'],
      output_modalities: [route.type === 'image' ? 'image' : 'text'],
      instruct_type: null,
      quantization: null,
      pool: null,
      mmlu: null,
      output_vector_size: route.type === 'embedding' ? 1536 : null,
      max_tokens: route.contextTokens,
      max_response_tokens: route.answerTokens,
      max_images_per_prompt: seesImages ? 10 : null,
      latency: latencyText(route),
      query_count: route.queryCount?.toString() ?? null,
      pricing:
        route.priceType === 'token'
          ? { prompt: exactDollars(route.inputPrice), completion: exactDollars(route.outputPrice) }
          : null,
      supported_input_parameters: {
        temperature: { min: 0, max: 2, default: 1 },
        top_p: { min: 0, max: 1, default: 1 },
        max_tokens: { min: 1, max: route.answerTokens ?? 4096 },
        top_k: route.provider === 'openai' ? null : { min: 0, max: 500 },
      },
    };
  });
  return { object: 'list', data };
}
