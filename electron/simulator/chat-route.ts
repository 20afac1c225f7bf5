import { type ChatMemory, type Planned, planModel } from './chat-plan';
import { chatRequest, complaintOf, promptOf } from './chat-request';
import type { Completion } from './completion';
import { apiError } from './error-replies';
import { aborted, modelledLatency, paceOf, pause, wholeAnswerMs } from './pace';
import { type ReplyWriter, writeSteps } from './reply-writer';
import type { RequestEntry } from './request-log';
import { streamSteps } from './stream';
import { superReply } from './super-query';
import { costOf, Meter, usageOf } from './usage';
import { brokenBodySteps, wholeReply } from './whole-reply';

/** Nobody waits longer than this for an unstreamed answer. */
const LONGEST_WAIT_MS = 8000;

/** Answers POST /v1/chat/completions with a body that is already parsed. */
export async function answerChat(
  memory: ChatMemory,
  entry: RequestEntry,
  writer: ReplyWriter,
): Promise<void> {
  const parsed = chatRequest.safeParse(entry.body);
  if (!parsed.success) {
    const { message, param } = complaintOf(parsed.error);
    writer.fixed(apiError(400, message, 'invalid_request_error', { param }));
    return;
  }
  const request = parsed.data;
  const prompt = promptOf(request);
  const plans: Planned[] = [];
  for (const name of request.model) plans.push(await planModel(memory, request, prompt, name));
  const [only] = plans;
  if (plans.length > 1 || only === undefined) {
    await answerSeveral(memory, entry, writer, plans);
  } else if ('silent' in only) {
    await aborted(writer.signal);
  } else if ('refused' in only) {
    writer.fixed(only.refused);
  } else if (only.completion.behaviour.array) {
    await answerSeveral(memory, entry, writer, plans);
  } else if (request.stream) {
    await answerStreamed(memory, entry, writer, only.completion);
  } else {
    await answerWhole(memory, entry, writer, only.completion);
  }
}

async function answerStreamed(
  memory: ChatMemory,
  entry: RequestEntry,
  writer: ReplyWriter,
  completion: Completion,
): Promise<void> {
  const { behaviour, route, promptCharacters } = completion;
  const meter = new Meter();
  const latency = latencySoFar(memory, entry);
  writer.open(behaviour.contentType ?? 'text/event-stream; charset=utf-8', behaviour.gzip === true);
  const steps = streamSteps(completion, {
    meter,
    latency: () => latency(completion, meter),
    usageSent: (usage) => {
      entry.usage = usage;
    },
  });
  const pace = paceOf(route, behaviour, memory.pace, promptCharacters);
  // A silent end waits inside for the client to leave, so the bill is written when the text is done.
  const billOnce = once(() => {
    // The same latency as told to the client, if it was told.
    const latencyMs = entry.usage?.latencyMs ?? latency(completion, meter);
    bill(memory, entry, completion, meter, latencyMs);
  });
  await writeSteps(beforeEnd(steps, billOnce), writer, pace, behaviour);
  billOnce();
}

/** The same steps, with something done before the last one. */
function* beforeEnd<T extends { kind: string }>(steps: Iterable<T>, act: () => void): Generator<T> {
  for (const step of steps) {
    if (step.kind === 'end' || step.kind === 'cut') act();
    yield step;
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

async function answerWhole(
  memory: ChatMemory,
  entry: RequestEntry,
  writer: ReplyWriter,
  completion: Completion,
): Promise<void> {
  const { behaviour } = completion;
  const reply = wholeReply(completion, latencyAhead(memory));
  const pace = paceOf(completion.route, behaviour, memory.pace, completion.promptCharacters);
  await pause(waitFor(completion, reply.meter, memory), writer.signal);
  // An upstream has generated the whole answer by now, whether or not somebody still waits for it.
  bill(memory, entry, completion, reply.meter, latencyAhead(memory)(completion, reply.meter));
  if (writer.signal.aborted) return;
  if (behaviour.break === 'error-field') {
    writer.fixed(apiError(500, 'Compute error during decoding', null, { type: 'server_error' }));
    return;
  }
  writer.open(behaviour.contentType ?? JSON_TYPE, behaviour.gzip === true);
  if (behaviour.break === undefined || behaviour.break === 'error') {
    entry.usage = reply.usage;
    const steps = [
      { kind: 'raw', text: reply.text },
      { kind: 'end', how: behaviour.open ? 'stall' : 'body' },
    ] as const;
    await writeSteps(steps, writer, pace, behaviour);
  } else {
    const cut = behaviour.break === 'close' || behaviour.break === 'cut-character';
    const steps = brokenBodySteps(reply.text, cut ? 'body' : behaviour.break);
    await writeSteps(steps, writer, pace, behaviour);
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

async function answerSeveral(
  memory: ChatMemory,
  entry: RequestEntry,
  writer: ReplyWriter,
  plans: readonly Planned[],
): Promise<void> {
  const latency = latencyAhead(memory);
  const reply = superReply(plans, latency);
  let wait = 0;
  for (const { completion, meter } of reply.generated) {
    bill(memory, entry, completion, meter, latency(completion, meter));
    wait = Math.max(wait, waitFor(completion, meter, memory));
  }
  await pause(wait, writer.signal);
  if (writer.signal.aborted) return;
  entry.usage = reply.usage;
  writer.fixed({ status: 200, contentType: JSON_TYPE, body: reply.text });
}

type Latency = typeof modelledLatency;

/** How long an unstreamed answer is held back, in milliseconds. */
function waitFor(completion: Completion, meter: Meter, memory: ChatMemory): number {
  const { route, behaviour, promptCharacters } = completion;
  const pace = paceOf(route, behaviour, memory.pace, promptCharacters);
  return Math.min(LONGEST_WAIT_MS, wholeAnswerMs(pace, meter));
}

/** The latency of an unstreamed answer, which has to say it before its time is over. */
function latencyAhead(memory: ChatMemory): Latency {
  if (memory.pace === 'instant') return modelledLatency;
  return (completion, meter) => Math.max(1, Math.round(waitFor(completion, meter, memory)));
}

/** The instant simulator reports what a route should take, the natural one its own clock. */
function latencySoFar(memory: ChatMemory, entry: RequestEntry): Latency {
  if (memory.pace === 'instant') return modelledLatency;
  return () => Math.max(1, Date.now() - entry.at);
}

function bill(
  memory: ChatMemory,
  entry: RequestEntry,
  completion: Completion,
  meter: Meter,
  latencyMs: number,
): void {
  const usage = usageOf(completion, meter, latencyMs);
  const { provider, id } = completion.route;
  memory.history.add(provider, id, usage, costOf(completion, meter), entry.at);
  entry.billed = usage;
}
