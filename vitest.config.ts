import { defineConfig } from 'vitest/config';

const project = (name: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    environment: 'node' as const,
    // A project does not inherit this from the outer level.
    testTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // One core is left for the terminal otherwise, which on a machine of two is half of them.
    maxWorkers: '100%',
    projects: [project('unit'), project('wire'), project('store')],
  },
});
