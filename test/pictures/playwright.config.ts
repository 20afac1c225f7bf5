import { defineConfig } from 'playwright/test';

/** Takes the pictures of the documents from the app itself; `npm run screenshots`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.pictures.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 120_000,
});
