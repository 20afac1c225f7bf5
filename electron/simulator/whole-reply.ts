import { createHash } from 'node:crypto';
import { type Choice, type Completion, TOOL_NAME } from './completion';
import { isThinking, type Step } from './stream';
import { Meter, type SimulatorUsage, usageText } from './usage';

/** An unstreamed completion: its JSON, its usage as printed, and what was generated for it. */
interface WholeReply {
  readonly text: string;
  /** Null where a fault leaves it out. */
  readonly usage: SimulatorUsage | null;
  readonly meter: Meter;
}

/**
 * An unstreamed completion with the keys of the guide's response example. Faults that belong to the
 * shape of an answer apply here as well; those of the stream's frame do not.
 */
export function wholeReply(
  completion: Completion,
  latencyOf: (completion: Completion, meter: Meter) => number,
): WholeReply {
  const { id, created, route, behaviour } = completion;
  const meter = new Meter();
  const choices = completion.choices.map((choice, index) => wholeChoice(choice, index, meter));
  const { text: usageJson, usage } = usageText(completion, meter, latencyOf(completion, meter));
  const provider = behaviour.providerObject
    ? { name: route.provider, slug: route.provider }
    : route.provider;
  const head = { id, object: 'chat.completion', created, provider, model: route.model };
  const parts = [
    JSON.stringify(head).slice(1, -1),
    `"choices":${behaviour.nullChoices ? 'null' : JSON.stringify(choices)}`,
  ];
  const silent = behaviour.usage === 'none';
  if (!silent) parts.push(`"usage":${usageJson}`);
  parts.push(`"system_fingerprint":"${fingerprint(route.model)}"`);
  if (behaviour.break === 'error') {
    parts.push('"error":{"code":"server_error","message":"Provider disconnected unexpectedly"}');
  }
  return { text: `{${parts.join(',')}}`, usage: silent ? null : usage, meter };
}

function wholeChoice(choice: Choice, index: number, meter: Meter): object {
  const texts: Partial<Record<string, string>> = {};
  for (const { field, pieces } of choice.parts) {
    for (const piece of pieces()) {
      meter.count(piece, isThinking(field));
      texts[field] = (texts[field] ?? '') + piece.text;
    }
  }
  const { content = null, tool, ...others } = texts;
  const calls = tool !== undefined && {
    tool_calls: [
      {
        id: 'call_simulated_1',
        type: 'function',
        function: { name: TOOL_NAME, arguments: tool },
      },
    ],
  };
  return {
    index,
    message: { role: 'assistant', content, ...others, ...calls },
    logprobs: null,
    finish_reason: choice.finish(),
  };
}

function fingerprint(model: string): string {
  return `fp_${createHash('sha256').update(model).digest('hex').slice(0, 16)}`;
}

/** The steps that write a JSON body which breaks off in the middle. */
export function* brokenBodySteps(
  text: string,
  how: 'stall' | 'reset' | 'drop' | 'body',
): Generator<Step> {
  yield { kind: 'raw', text: text.slice(0, Math.ceil(text.length / 2)) };
  yield { kind: 'end', how };
}
