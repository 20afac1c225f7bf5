import type { Model, Offer } from '../../shared/contract/connection';
import { type Prices, readPrices } from './prices';
import { count, isRecord, modelList, text, type WireRecord } from './wire';

/** A model as a server lists it; which ones are favourites is the user's. */
export type CatalogueModel = Omit<Model, 'favourite'>;

/** The longest list known has 1,217 rows (wire-facts, section 1). */
const MAX_ROWS = 20_000;
const MAX_OFFERS = 50;
const MAX_FIELDS = 100;
const MAX_ID_LENGTH = 300;
const MAX_NAME_LENGTH = 100;
const MAX_DESCRIPTION_LENGTH = 500;

/** No name of a model has one, and one in a list would draw over other things. */
const CONTROL_CHARACTER = /\p{Cc}/u;

const BY_NAME = new Intl.Collator('en').compare;

/**
 * Reads the answer of `GET /models`, whatever field set it has (wire-facts, section 1: documented 2025,
 * live 2026 and detailed; section 3: OpenAI, OpenRouter; section 4: Ollama, llama.cpp, vLLM; Mistral).
 * Rows of one model by several providers become its offers; rows without a name, and those that the
 * server says are off, are skipped. Null when it is not a model list at all.
 */
export function readModels(body: unknown): CatalogueModel[] | null {
  const rows = modelList.safeParse(body);
  if (!rows.success) return null;
  const byId = new Map<string, CatalogueModel>();
  for (const row of rows.data.slice(0, MAX_ROWS)) {
    const model = readModel(row);
    if (!model) continue;
    const known = byId.get(model.id);
    byId.set(model.id, known ? merged(known, model) : model);
  }
  const models = [...byId.values()].sort((a, b) => BY_NAME(a.id, b.id));
  for (const { offers } of models) offers.sort(cheapestFirst);
  return models;
}

function readModel(row: unknown): CatalogueModel | null {
  if (!isRecord(row) || isOff(row.enabled) || isOff(row.available)) return null;
  const provider = short(row.provider, MAX_NAME_LENGTH);
  const id = nameOf(row, provider);
  if (id === null || id.length > MAX_ID_LENGTH || CONTROL_CHARACTER.test(id)) return null;
  return {
    id,
    type: short(row.type, MAX_NAME_LENGTH),
    subtype: short(row.subtype, MAX_NAME_LENGTH),
    description: text(row.description)?.slice(0, MAX_DESCRIPTION_LENGTH) ?? null,
    seesImages: readSight(row),
    takes: readFields(row.supported_parameters ?? row.supported_input_parameters),
    offers: [readOffer(row, provider)],
  };
}

/** Numbers in APIpie's list; others may print them or use booleans. */
function isOff(flag: unknown): boolean {
  return flag === 0 || flag === '0' || flag === false;
}

/**
 * What a request names a model by. Where there is only `model`, it may be qualified by the very provider
 * of the row, and by another one's in the next (wire-facts, section 1).
 */
function nameOf(row: WireRecord, provider: string | null): string | null {
  const id = text(row.id);
  if (id !== null) return id;
  const model = text(row.model) ?? text(row.name);
  if (model === null || provider === null || !model.startsWith(`${provider}/`)) return model;
  return text(model.slice(provider.length + 1)) ?? model;
}

function readOffer(row: WireRecord, provider: string | null): Offer {
  const top = isRecord(row.top_provider) ? row.top_provider : {};
  return {
    provider,
    ...readPrices(row),
    contextTokens:
      positive(row.max_tokens) ??
      positive(row.context_length) ??
      positive(row.max_model_len) ??
      positive(row.max_context_length) ??
      positive(top.context_length),
    maxReplyTokens: positive(row.max_response_tokens) ?? positive(top.max_completion_tokens),
    latencyMs: readLatency(row.latency),
  };
}

/**
 * The server's mean in milliseconds: a number, or the last of six that are joined by slashes, behind
 * those for prompts of five lengths (wire-facts, section 1).
 */
function readLatency(latency: unknown): number | null {
  const parts = text(latency)?.slice(0, MAX_NAME_LENGTH).split('/');
  if (!parts || parts.length === 1) return positive(latency);
  return parts.length === 6 ? positive(parts[5]) : null;
}

function readSight(row: WireRecord): boolean | null {
  const architecture = isRecord(row.architecture) ? row.architecture : {};
  const modalities = row.input_modalities ?? architecture.input_modalities;
  if (Array.isArray(modalities)) return modalities.includes('image');
  const capabilities = isRecord(row.capabilities) ? row.capabilities : {};
  if (typeof capabilities.vision === 'boolean') return capabilities.vision;
  return row.type === 'vision' || row.subtype === 'multimodal' ? true : null;
}

/** A list of names at OpenRouter, an object of their ranges at APIpie; null stands for none. */
function readFields(fields: unknown): string[] | null {
  if (!Array.isArray(fields) && !isRecord(fields)) return null;
  const names = Array.isArray(fields)
    ? fields
    : Object.keys(fields).filter((name) => fields[name] !== null && fields[name] !== false);
  const readable = names.slice(0, MAX_FIELDS).map((name) => short(name, MAX_NAME_LENGTH));
  return [...new Set(readable.filter((name) => name !== null))].sort();
}

/** One model of two rows: what one does not say the other may, and what one offers the model has. */
function merged(known: CatalogueModel, more: CatalogueModel): CatalogueModel {
  return {
    id: known.id,
    type: known.type ?? more.type,
    subtype: known.subtype ?? more.subtype,
    description: known.description ?? more.description,
    seesImages: known.seesImages || more.seesImages || (known.seesImages ?? more.seesImages),
    takes: known.takes && more.takes ? union(known.takes, more.takes) : (known.takes ?? more.takes),
    offers: more.offers.reduce(withOffer, known.offers),
  };
}

function union(known: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...known, ...more])].sort().slice(0, MAX_FIELDS);
}

/** One offer for each provider, the cheapest of several. */
function withOffer(offers: Offer[], offer: Offer): Offer[] {
  const at = offers.findIndex(({ provider }) => provider === offer.provider);
  const same = offers[at];
  if (same) offers[at] = cheapestFirst(same, offer) <= 0 ? same : offer;
  else if (offers.length < MAX_OFFERS) offers.push(offer);
  return offers;
}

/** Unknown prices last, and before them those of which one half is unknown. */
function cheapestFirst(a: Offer, b: Offer): number {
  const unknowns = unknownPrices(a) - unknownPrices(b);
  if (unknowns !== 0) return unknowns;
  const difference = bothPrices(a) - bothPrices(b);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  return BY_NAME(a.provider ?? '', b.provider ?? '');
}

function unknownPrices({ inputPrice, outputPrice }: Prices): number {
  return Number(inputPrice === null) + Number(outputPrice === null);
}

function bothPrices({ inputPrice, outputPrice }: Prices): bigint {
  return (inputPrice ?? 0n) + (outputPrice ?? 0n);
}

function short(value: unknown, length: number): string | null {
  const name = text(value);
  return name !== null && name.length <= length ? name : null;
}

function positive(value: unknown): number | null {
  const number = count(value);
  return number === 0 ? null : number;
}
