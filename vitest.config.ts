import { defineConfig } from 'vitest/config';

const project = (name: string) => ({
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], environment: 'node' as const },
});

export default defineConfig({
  test: {
    projects: [project('unit'), project('wire'), project('store')],
    testTimeout: 20_000,
  },
});
