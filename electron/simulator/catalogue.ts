/** How much a model talks. */
export type Manner = 'terse' | 'plain' | 'talkative';

/** One way to reach a model: a model at a provider. Prices are nano-dollars per token. */
export interface Route {
  /** Not unique: one row per provider, as in the live list. */
  readonly id: string;
  /** Qualified by its maker, as answers name it. */
  readonly model: string;
  readonly provider: string;
  readonly type: 'llm' | 'vision' | 'embedding' | 'image' | 'voice';
  readonly subtype: string | null;
  readonly description: string | null;
  readonly available: boolean;
  readonly inputPrice: bigint;
  readonly outputPrice: bigint;
  /** What a price is per, in the list's own words. */
  readonly priceType: string;
  /** Milliseconds for prompts of 2k, 4k, 8k, 16k, 32k and more characters, and the mean. */
  readonly latency: readonly [number, number, number, number, number, number] | null;
  /** Streamed chunks per second. */
  readonly rate: number;
  readonly queryCount: number | null;
  readonly contextTokens: number | null;
  readonly answerTokens: number | null;
  readonly manner: Manner;
  /** Thinks aloud before it answers. */
  readonly reasons: boolean;
}

type Shared = Pick<Route, 'model' | 'manner' | 'contextTokens' | 'answerTokens' | 'description'> &
  Partial<Pick<Route, 'type' | 'subtype' | 'priceType' | 'reasons'>>;
type Offer = Pick<Route, 'provider' | 'inputPrice' | 'outputPrice' | 'latency' | 'rate'> &
  Partial<Pick<Route, 'available' | 'queryCount'>>;

function offers(shared: Shared, ...rows: readonly Offer[]): Route[] {
  return rows.map((row) => ({
    id: shared.model.slice(shared.model.indexOf('/') + 1),
    type: 'llm',
    subtype: 'chatx',
    priceType: 'token',
    reasons: false,
    available: true,
    queryCount: null,
    ...shared,
    ...row,
  }));
}

/**
 * The models of the demo. Names and makers are real, prices and speeds plausible and invented, but
 * for gpt-4o at openrouter: 6 and 18 dollars per million tokens is what the guide's example was
 * charged (13 and 100 tokens for 0.001878).
 */
export const catalogue: readonly Route[] = [
  ...offers(
    {
      model: 'openai/gpt-4o',
      manner: 'plain',
      contextTokens: 128_000,
      answerTokens: 16_384,
      description: 'Versatile flagship model with text and image input.',
      subtype: 'multimodal',
    },
    {
      provider: 'openrouter',
      inputPrice: 6000n,
      outputPrice: 18_000n,
      latency: [980, 1240, 1610, 2300, 4100, 1650],
      rate: 60,
      queryCount: 310_000,
    },
    {
      provider: 'openai',
      inputPrice: 5000n,
      outputPrice: 15_000n,
      latency: [1210, 1390, 1580, 2050, 3600, 1540],
      rate: 55,
      queryCount: 884_210,
    },
    {
      provider: 'azure',
      inputPrice: 5500n,
      outputPrice: 16_500n,
      latency: [1100, 1180, 1300, 1720, 2900, 1290],
      rate: 70,
      queryCount: 41_377,
    },
  ),
  ...offers(
    {
      model: 'openai/gpt-4o-mini',
      manner: 'terse',
      contextTokens: 128_000,
      answerTokens: 16_384,
      description: 'Small, fast and cheap; good for everyday questions.',
    },
    {
      provider: 'openai',
      inputPrice: 150n,
      outputPrice: 600n,
      latency: [640, 700, 820, 1050, 1900, 790],
      rate: 85,
      queryCount: 1_204_998,
    },
    {
      provider: 'openrouter',
      inputPrice: 180n,
      outputPrice: 720n,
      latency: [760, 830, 990, 1300, 2200, 900],
      rate: 80,
    },
  ),
  ...offers(
    {
      model: 'openai/gpt-3.5-turbo',
      manner: 'terse',
      contextTokens: 16_385,
      answerTokens: 4096,
      description: null,
    },
    {
      provider: 'openai',
      inputPrice: 500n,
      outputPrice: 1500n,
      latency: [590, 660, 800, 1100, 1400, 700],
      rate: 75,
      queryCount: 98_112,
    },
  ),
  ...offers(
    {
      model: 'anthropic/claude-3-5-sonnet',
      manner: 'talkative',
      contextTokens: 200_000,
      answerTokens: 8192,
      description: 'Careful writing and strong at code.',
      subtype: 'multimodal',
    },
    {
      provider: 'anthropic',
      inputPrice: 3000n,
      outputPrice: 15_000n,
      latency: [1480, 1620, 1850, 2400, 4300, 1810],
      rate: 52,
      queryCount: 402_551,
    },
    {
      provider: 'openrouter',
      inputPrice: 3600n,
      outputPrice: 18_000n,
      latency: [1390, 1660, 1990, 2700, 4800, 1900],
      rate: 50,
    },
    {
      provider: 'bedrock',
      inputPrice: 3000n,
      outputPrice: 15_000n,
      latency: null,
      rate: 45,
      available: false,
    },
  ),
  ...offers(
    {
      model: 'meta-llama/llama-3.1-70b-instruct',
      manner: 'plain',
      contextTokens: 131_072,
      answerTokens: 8192,
      description: 'Open model of medium size.',
      subtype: 'chat',
    },
    {
      provider: 'together',
      inputPrice: 880n,
      outputPrice: 880n,
      latency: [820, 910, 1100, 1600, 2800, 1060],
      rate: 65,
      queryCount: 50_430,
    },
    {
      provider: 'deepinfra',
      inputPrice: 350n,
      outputPrice: 400n,
      latency: [1310, 1400, 1720, 2300, 3900, 1580],
      rate: 48,
    },
    {
      provider: 'groq',
      inputPrice: 590n,
      outputPrice: 790n,
      latency: [410, 450, 560, 900, 1700, 540],
      rate: 90,
    },
  ),
  ...offers(
    {
      model: 'meta-llama/llama-3.2-1b-instruct',
      manner: 'terse',
      contextTokens: 131_072,
      answerTokens: null,
      description: null,
      subtype: 'chat',
    },
    {
      provider: 'openrouter',
      inputPrice: 10n,
      outputPrice: 20n,
      latency: [390, 420, 500, 700, 1200, 470],
      rate: 90,
      queryCount: 7210,
    },
  ),
  ...offers(
    {
      model: 'mistralai/mistral-large',
      manner: 'talkative',
      contextTokens: 128_000,
      answerTokens: 8192,
      description: 'Multilingual model from France.',
      subtype: 'chat',
    },
    {
      provider: 'mistral',
      inputPrice: 2000n,
      outputPrice: 6000n,
      latency: [900, 1000, 1240, 1700, 3100, 1170],
      rate: 50,
      queryCount: 12_009,
    },
  ),
  ...offers(
    {
      model: 'google/gemini-1.5-flash',
      manner: 'plain',
      contextTokens: 1_048_576,
      answerTokens: 8192,
      description: 'Very long context at a low price.',
      subtype: 'multimodal',
    },
    {
      provider: 'google',
      inputPrice: 75n,
      outputPrice: 300n,
      latency: [520, 560, 640, 850, 1300, 600],
      rate: 88,
      queryCount: 220_774,
    },
  ),
  ...offers(
    {
      model: 'deepseek/deepseek-r1',
      manner: 'talkative',
      contextTokens: 64_000,
      answerTokens: 32_768,
      description: 'Thinks before it answers; slower, good at mathematics.',
      reasons: true,
    },
    {
      provider: 'deepinfra',
      inputPrice: 550n,
      outputPrice: 2190n,
      latency: [1900, 2100, 2600, 3300, 5200, 2450],
      rate: 42,
      queryCount: 61_845,
    },
  ),
  ...offers(
    {
      model: 'qwen/qwen-2.5-coder-32b-instruct',
      manner: 'plain',
      contextTokens: 32_768,
      answerTokens: 8192,
      description: 'Tuned for writing and explaining code.',
      subtype: 'code',
    },
    {
      provider: 'together',
      inputPrice: 800n,
      outputPrice: 800n,
      latency: [700, 790, 950, 1400, 2500, 910],
      rate: 68,
    },
  ),
  ...offers(
    {
      model: 'google/gemma-2-9b-it-free',
      manner: 'terse',
      contextTokens: 8192,
      answerTokens: 4096,
      description: 'Free of charge, with limits.',
      subtype: 'free',
    },
    {
      provider: 'openrouter',
      inputPrice: 0n,
      outputPrice: 0n,
      latency: [880, 960, 1200, 1500, 2400, 1100],
      rate: 44,
      queryCount: 3120,
    },
  ),
  ...offers(
    {
      model: 'meta-llama/llama-3.2-90b-vision-instruct',
      type: 'vision',
      subtype: 'multimodal',
      manner: 'plain',
      contextTokens: 131_072,
      answerTokens: 4096,
      description: 'Describes and compares pictures.',
    },
    {
      provider: 'together',
      inputPrice: 1200n,
      outputPrice: 1200n,
      latency: [1250, 1380, 1700, 2200, 3900, 1590],
      rate: 47,
    },
  ),
  ...offers(
    {
      model: 'openai/text-embedding-3-small',
      type: 'embedding',
      subtype: null,
      manner: 'terse',
      contextTokens: 8191,
      answerTokens: null,
      description: null,
    },
    { provider: 'openai', inputPrice: 20n, outputPrice: 0n, latency: null, rate: 40 },
  ),
  ...offers(
    {
      model: 'openai/dall-e-3',
      type: 'image',
      subtype: 'text-to-image',
      priceType: 'image',
      manner: 'terse',
      contextTokens: null,
      answerTokens: null,
      description: 'Makes pictures from a description.',
    },
    { provider: 'openai', inputPrice: 0n, outputPrice: 0n, latency: null, rate: 40 },
  ),
  ...offers(
    {
      model: 'openai/tts-1',
      type: 'voice',
      subtype: 'text-to-speech',
      priceType: 'char',
      manner: 'terse',
      contextTokens: 4096,
      answerTokens: null,
      description: null,
    },
    { provider: 'openai', inputPrice: 15n, outputPrice: 0n, latency: null, rate: 40 },
  ),
];

/**
 * The route of a fault model (`sim-…`): served by whatever provider was asked for, at the prices of
 * the guide's example, which makes their figures easy to check.
 */
export function faultRoute(name: string, provider: string | undefined): Route {
  return {
    id: name,
    model: `simulator/${name}`,
    provider: provider ?? 'simulator',
    type: 'llm',
    subtype: 'chatx',
    description: null,
    available: true,
    inputPrice: 6000n,
    outputPrice: 18_000n,
    priceType: 'token',
    latency: [900, 900, 900, 900, 900, 900],
    rate: 60,
    queryCount: null,
    contextTokens: 32_768,
    answerTokens: 32_768,
    manner: 'plain',
    reasons: false,
  };
}
