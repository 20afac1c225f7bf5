import { z } from 'zod';

const contentPart = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({
    type: z.literal('image_url'),
    image_url: z.looseObject({ url: z.string().min(1), detail: z.string().optional() }),
  }),
]);

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  /** Null only beside tool calls, in a message of the assistant. */
  content: z.union([z.string(), z.array(contentPart).min(1), z.null()]).optional(),
});

/** At most this many models in one request: the guide's "super query". */
const MOST_MODELS = 5;

const modelNames = z
  .string()
  .min(1)
  .transform((names) => names.split(',').map((name) => name.trim()))
  .refine((names) => names.every((name) => name !== ''), 'an empty model name')
  .refine((names) => names.length <= MOST_MODELS, `at most ${MOST_MODELS} models`);

const count = z.number().int().positive();

/**
 * The body of a chat request: every field of the guide with its range, the usual OpenAI fields, and
 * anything else unexamined, as the real server tolerates it. `n` and `beam_size` go to 5.
 */
export const chatRequest = z.looseObject({
  messages: z.array(message).min(1),
  model: modelNames,
  provider: z.string().min(1).optional(),
  routing: z.enum(['price', 'perf', 'perf_avg']).optional(),
  rag_tune: z.string().optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.number().int().min(0).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  beam_size: z.number().int().min(1).max(5).optional(),
  n: z.number().int().min(1).max(5).optional(),
  max_tokens: count.optional(),
  max_completion_tokens: count.optional(),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
  integrity: z.union([z.literal(11), z.literal(12), z.literal(13)]).optional(),
  integrity_model: z.string().min(1).optional(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).optional(),
  seed: z.number().int().optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
  logit_bias: z.record(z.string(), z.number().min(-100).max(100)).optional(),
});
export type ChatRequest = z.infer<typeof chatRequest>;

/** The words of a request, and how many pictures came with them. */
export interface Prompt {
  /** One text per message, parts joined. */
  readonly texts: readonly string[];
  readonly lastUserText: string;
  readonly images: number;
}

/** Reads the words out of a request's messages. */
export function promptOf(request: ChatRequest): Prompt {
  const texts: string[] = [];
  let lastUserText = '';
  let images = 0;
  for (const { role, content } of request.messages) {
    let text = '';
    if (typeof content === 'string') {
      text = content;
    } else {
      for (const part of content ?? []) {
        if (part.type === 'text') text += part.text;
        else images += 1;
      }
    }
    texts.push(text);
    if (role === 'user') lastUserText = text;
  }
  return { texts, lastUserText, images };
}

/** Why a body was refused, in one line, and the field that is wrong. */
export function complaintOf(error: z.ZodError): { message: string; param: string | null } {
  const issue = error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return {
    message: `Invalid request: ${path === '' ? 'body' : path}: ${issue?.message ?? 'invalid'}`,
    param: path === '' ? null : path,
  };
}
