import { z } from 'zod';
import { adaptation } from '../adaptation';
import {
  authScheme,
  headerName,
  MAX_HEADERS,
  proxyChoice,
  requestLimits,
  roleRule,
} from '../endpoint';
import { failure } from '../errors';
import { connectionId } from '../ids';
import { nanoUsd } from '../money';
import { profile } from '../profile';
import { route } from './route';

/**
 * Where the key of a connection is: encrypted by the system, weakly kept because the user agreed,
 * only in memory until the app ends, stored but unreadable at present, or not there. A key for another
 * server than the base URL's is not there.
 */
export const keyState = z.enum(['encrypted', 'weak', 'session', 'unreadable', 'missing']);
export type KeyState = z.infer<typeof keyState>;

export const reachability = z.object({
  state: z.enum(['unknown', 'online', 'offline']),
  /** When this state began, in ms since 1970. */
  since: z.number().int(),
  /** The last measured round trip in milliseconds. */
  latencyMs: z.number().nonnegative().nullable(),
});
export type Reachability = z.infer<typeof reachability>;

/** What was learned of a server from its refusals; for one model, or for all when null. */
export const learned = z.object({ model: z.string().nullable(), adaptation });
export type Learned = z.infer<typeof learned>;

/** How a connection is reached, besides its address and key. */
export const connectionOptions = z.object({
  auth: authScheme,
  limits: requestLimits,
  proxy: proxyChoice,
  /** A file of certificates in PEM that are trusted beside the system's; null for none. */
  caFile: z.string().min(1).max(4000).nullable(),
  roles: roleRule,
});
export type ConnectionOptions = z.infer<typeof connectionOptions>;

export const connection = z.object({
  id: connectionId,
  name: z.string(),
  profile,
  baseUrl: z.string(),
  isDemo: z.boolean(),
  keyState,
  /** The origins of other servers that a key of this connection is kept for. It goes to none but those. */
  otherKeys: z.array(z.string()),
  reachability,
  ...connectionOptions.shape,
  /** The names of the extra headers. Their values are kept with the key and never come back. */
  headerNames: z.array(z.string()),
  learned: z.array(learned),
});
export type Connection = z.infer<typeof connection>;

/** A price for a million units, exact. */
const price = nanoUsd.nullable();

/** One provider's offer of a model. Prices are null where they are unknown, never zero instead. */
export const offer = z.object({
  /** Null where the server does not name one. */
  provider: z.string().nullable(),
  /** For a million units of prompt and of reply. */
  inputPrice: price,
  outputPrice: price,
  /** What is counted: `token`, `character`, `request`, `image`, … as the server says; null if unsaid. */
  unit: z.string().nullable(),
  /** The unit of the price was concluded from its size, because the server does not say it. */
  inferred: z.boolean(),
  contextTokens: z.number().int().positive().nullable(),
  maxReplyTokens: z.number().int().positive().nullable(),
  /** The server's own mean, in milliseconds. */
  latencyMs: z.number().int().positive().nullable(),
});
export type Offer = z.infer<typeof offer>;

export const model = z.object({
  /** What a request names it by. */
  id: z.string(),
  /** `llm`, `vision`, `image`, … as the server says. */
  type: z.string().nullable(),
  subtype: z.string().nullable(),
  description: z.string().nullable(),
  /** Whether it takes images; null where the server does not say. */
  seesImages: z.boolean().nullable(),
  /** The request fields it takes; null where the server does not say. */
  takes: z.array(z.string()).nullable(),
  /** At least one; the cheapest first. */
  offers: z.array(offer),
  favourite: z.boolean(),
});
export type Model = z.infer<typeof model>;

export const catalogue = z.object({
  models: z.array(model),
  /** When the server was last asked with success, in ms since 1970; null for never. */
  fetchedAt: z.number().int().nullable(),
});
export type Catalogue = z.infer<typeof catalogue>;

/** How well this computer can keep a key. */
export const keyStrength = z.enum(['encrypted', 'weak', 'none']);
export type KeyStrength = z.infer<typeof keyStrength>;

export const apiKey = z
  .string()
  .trim()
  .max(10_000)
  .regex(/^[\x21-\x7e]*$/, 'a key has only printable ASCII characters and no spaces');

/** What a header can carry: one line of printable ASCII. */
export const headerValue = z
  .string()
  .trim()
  .min(1)
  .max(8_000)
  .regex(/^[\x20-\x7e]*$/, 'a header value has only printable ASCII characters');

const base64 = z.base64().max(40_000);

/**
 * A secret on its way from the page to main, encrypted for main alone (ECDH on P-256, AES-GCM), so that
 * no record of the traffic between them holds it. The fields are base64.
 */
export const sealedKey = z.object({
  /** The page's public key of this one message. */
  sender: base64,
  iv: base64,
  ciphertext: base64,
});
export type SealedKey = z.infer<typeof sealedKey>;

/** An extra header as it is set: a value is a secret like the key, and sealed like it. */
export const newHeader = z.object({ name: headerName, value: sealedKey });
export type NewHeader = z.infer<typeof newHeader>;

/** The password that belongs in the address of the proxy that is chosen, as it is written there. */
const proxyPassword = sealedKey;

const named = {
  name: z.string().trim().min(1).max(100),
  profile,
  baseUrl: z.string().min(1).max(2000),
};

export const newConnection = z.object({
  ...named,
  key: sealedKey,
  /** The user has agreed to keep the key where the system offers no real encryption. */
  allowWeak: z.boolean(),
  options: connectionOptions.partial().optional(),
  proxyPassword: proxyPassword.optional(),
});
export type NewConnection = z.infer<typeof newConnection>;

export const connectionChange = z.object({
  id: connectionId,
  ...z.object(named).partial().shape,
  ...connectionOptions.partial().shape,
  /** Headers to set, by name; the others stay. */
  setHeaders: z.array(newHeader).max(MAX_HEADERS).optional(),
  removeHeaders: z.array(z.string().max(100)).max(MAX_HEADERS).optional(),
  proxyPassword: proxyPassword.optional(),
  /**
   * A new key, checked together with the rest: an old key must not go to a new address, nor a new key
   * to the old one. `allowWeak` as in `newConnection`; absent means no.
   */
  key: sealedKey.optional(),
  allowWeak: z.boolean().optional(),
});
export type ConnectionChange = z.infer<typeof connectionChange>;

/** What *Test connection* found out. Nothing in it costs anything. */
export const connectionReport = z.object({
  at: z.number().int(),
  /** What stands in the way; null when all is well. */
  failure: failure.nullable(),
  latencyMs: z.number().nonnegative().nullable(),
  /** `unproven`: the server shows its models to anybody and has no free route that asks for the key. */
  key: z.enum(['accepted', 'rejected', 'unproven', 'not_needed', 'unknown']),
  credit: z.enum(['some', 'none', 'unknown']),
  models: z.number().int().nonnegative().nullable(),
  /** The proxy that was gone through, as host and port; null for none. */
  proxy: z.string().nullable(),
  /** Who vouches for the server's certificate; null without TLS. */
  certificate: z.object({ issuer: z.string(), validUntil: z.number().int() }).nullable(),
});
export type ConnectionReport = z.infer<typeof connectionReport>;

/** How the last requests to a connection went, from the ledger. */
export const connectionActivity = z.object({
  /** The newest, oldest of them first. */
  recent: z.array(
    z.object({
      at: z.number().int(),
      /** The provider's latency where it told, else the time to the first token. */
      ms: z.number().nonnegative().nullable(),
      failed: z.boolean(),
    }),
  ),
  /** Of the last 30 days. */
  requests: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** Whether answers come with their cost, going by the last ones that were complete. */
  costs: z.enum(['reported', 'some', 'never', 'unknown']),
});
export type ConnectionActivity = z.infer<typeof connectionActivity>;

/** How a model did in the user's own ledger. */
export const modelRecord = z.object({
  model: z.string(),
  requests: z.number().int().positive(),
  lastUsedAt: z.number().int(),
  /** The mean of answers whose cost is known; null without one. */
  meanCost: nanoUsd.nullable(),
  /** Medians of the newest answers. */
  firstTokenMs: z.number().nonnegative().nullable(),
  tokensPerSecond: z.number().nonnegative().nullable(),
});
export type ModelRecord = z.infer<typeof modelRecord>;

const one = z.object({ id: connectionId });

export const connectionContract = {
  list: route.output(z.array(connection)),
  /** Checks the address and the key against the server, then saves both. */
  create: route.input(newConnection).output(connection),
  /** Saves what changed. A new address is checked before it is taken. */
  change: route.input(connectionChange).output(connection),
  /** Takes a connection out of every list; `restore` undoes it. Its runs and spending stay. */
  remove: route.input(one).output(z.void()),
  restore: route.input(one).output(z.void()),
  /** Replaces the key of a connection after checking it. */
  setKey: route
    .input(z.object({ id: connectionId, key: sealedKey, allowWeak: z.boolean() }))
    .output(connection),
  forgetKey: route.input(one).output(connection),
  /** Forgets what was learned from the server's refusals. */
  forgetLearned: route.input(one).output(connection),
  /** Asks the server whether it is there. */
  check: route.input(one).output(reachability),
  /** *Test connection*: everything that can be found out without paying. */
  test: route.input(one).output(connectionReport),
  activity: route.input(one).output(connectionActivity),
  /** The models of the last list that was fetched, at once and offline too. Asks when there is none. */
  catalogue: route.input(one).output(catalogue),
  /** Asks the server for its models anew. */
  refreshCatalogue: route.input(one).output(catalogue),
  /** The models that were asked over this connection, the last used first. */
  modelRecords: route.input(one).output(z.array(modelRecord)),
  setFavourite: route
    .input(z.object({ id: connectionId, model: z.string().max(300), favourite: z.boolean() }))
    .output(z.void()),
  keyStrength: route.output(keyStrength),
  /** What keys are sealed for: main's public key, base64 of its SPKI form. */
  sealingKey: route.output(z.string()),
  /** Lets the user choose a file of certificates; null when they did not. */
  chooseCaFile: route.output(z.string().nullable()),
};
