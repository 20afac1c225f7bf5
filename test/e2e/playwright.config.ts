import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  outputDir: '../../test-results',
  workers: 1,
  // Nothing takes as long; a machine with much else to do may.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // A second attempt keeps one stutter of a busy machine from hiding what 90 tests say; the
  // closing lines name how many needed it.
  retries: 1,
  forbidOnly: process.env.CI === 'true',
});
