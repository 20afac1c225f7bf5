/** `npm run check`: everything that can be said about the sources without running them. */
import { runChecks } from './checks.mjs';
import { runMain } from './runtime/say.mjs';

await runMain(async () => {
  const { passed, failed } = await runChecks();
  console.log(`\n${passed} of ${passed + failed} checks passed`);
  return failed === 0 ? 0 : 1;
});
