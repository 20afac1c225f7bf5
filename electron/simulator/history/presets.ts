/** A preset that comes with the samples. */
export interface SamplePreset {
  readonly name: string;
  /** Null leaves the model as it is. */
  readonly model: string | null;
  readonly system: string;
  readonly parameters: {
    readonly temperature?: number;
    readonly routing?: 'price' | 'perf' | 'perf_avg';
    readonly max_tokens?: number;
  };
}

export const SAMPLE_PRESETS: readonly SamplePreset[] = [
  {
    name: 'Precise',
    model: 'gpt-4o',
    system: 'Answer exactly what is asked. Say so when you are not sure.',
    parameters: { temperature: 0.2 },
  },
  {
    name: 'Cheap draft',
    model: 'gpt-4o-mini',
    system: 'A first draft; brevity first.',
    parameters: { routing: 'price' },
  },
  {
    name: 'Review my code',
    model: 'claude-3-5-sonnet',
    system:
      'You review code. Name what is wrong first, then what is slow, then what is unclear. Quote the line you mean. Do not praise.',
    parameters: { temperature: 0.3 },
  },
  {
    name: 'Letters',
    model: 'mistral-large',
    system:
      'You write letters and emails for a small company in Leeds. Short sentences, no phrases.',
    parameters: { temperature: 0.7, max_tokens: 1200 },
  },
];
