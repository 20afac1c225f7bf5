import { defineConfig } from 'vitest/config';
import { SOON_MS } from './test/fixtures/soon';

const project = (name: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    environment: 'node' as const,
    // Nothing takes as long; a machine with much else to do may. A project inherits none of it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: SOON_MS } },
  },
});

export default defineConfig({
  test: {
    // One core is left for the terminal otherwise, which on a machine of two is half of them.
    maxWorkers: '100%',
    projects: [project('unit'), project('wire'), project('store')],
  },
});
