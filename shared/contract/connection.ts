import { z } from 'zod';
import { connectionId } from '../ids';
import { route } from './route';

/** Which dialect a server speaks; decides the fields a request may carry. */
export const profile = z.enum(['apipie', 'openrouter', 'openai', 'ollama', 'other']);
export type Profile = z.infer<typeof profile>;

/**
 * Where the key of a connection is: encrypted by the system, weakly kept because the user agreed,
 * only in memory until the app ends, stored but unreadable at present, or not there.
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

export const connection = z.object({
  id: connectionId,
  name: z.string(),
  profile,
  baseUrl: z.string(),
  isDemo: z.boolean(),
  keyState,
  reachability,
});
export type Connection = z.infer<typeof connection>;

export const model = z.object({
  /** What a request names it by. */
  id: z.string(),
  provider: z.string().nullable(),
  /** `llm`, `vision`, … as the server says. */
  type: z.string().nullable(),
  description: z.string().nullable(),
  contextTokens: z.number().int().positive().nullable(),
});
export type Model = z.infer<typeof model>;

/** How well this computer can keep a key. */
export const keyStrength = z.enum(['encrypted', 'weak', 'none']);
export type KeyStrength = z.infer<typeof keyStrength>;

export const apiKey = z
  .string()
  .trim()
  .max(10_000)
  .regex(/^[\x21-\x7e]*$/, 'a key has only printable ASCII characters and no spaces');

const base64 = z.base64().max(40_000);

/**
 * A key on its way from the page to main, encrypted for main alone (ECDH on P-256, AES-GCM), so that no
 * record of the traffic between them holds it. The fields are base64.
 */
export const sealedKey = z.object({
  /** The page's public key of this one message. */
  sender: base64,
  iv: base64,
  ciphertext: base64,
});
export type SealedKey = z.infer<typeof sealedKey>;

export const newConnection = z.object({
  name: z.string().trim().min(1).max(100),
  profile,
  baseUrl: z.string().min(1).max(2000),
  key: sealedKey,
  /** The user has agreed to keep the key where the system offers no real encryption. */
  allowWeak: z.boolean(),
});
export type NewConnection = z.infer<typeof newConnection>;

export const connectionContract = {
  list: route.output(z.array(connection)),
  /** Checks the address and the key against the server, then saves both. */
  create: route.input(newConnection).output(connection),
  /** Opens the connection to the built-in simulator, making it on first use. */
  openDemo: route.output(connection),
  /** Replaces the key of a connection after checking it. */
  setKey: route
    .input(z.object({ id: connectionId, key: sealedKey, allowWeak: z.boolean() }))
    .output(connection),
  /** Asks the server whether it is there. */
  check: route.input(z.object({ id: connectionId })).output(reachability),
  models: route.input(z.object({ id: connectionId })).output(z.array(model)),
  keyStrength: route.output(keyStrength),
  /** What keys are sealed for: main's public key, base64 of its SPKI form. */
  sealingKey: route.output(z.string()),
};
