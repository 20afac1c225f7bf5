/**
 * `npm run sbom`: writes what Slice is made of into release/, as CycloneDX JSON. What goes to users is
 * `required`; what only builds and tests it is `excluded`, as that format calls it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { root } from './project.mjs';
import { run } from './runtime/command.mjs';
import { ExpectedFailure, runMain, say } from './runtime/say.mjs';

await runMain(async () => {
  await ensureBuilt();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const options = { cwd: root, shell: process.platform === 'win32' };
  const { code, stdout, stderr } = await run(npm, args, options);
  if (code !== 0) throw new ExpectedFailure('npm could not list the packages.', stderr);
  const sbom = JSON.parse(stdout);
  // npm calls it after the folder.
  sbom.metadata.component.name = 'slice';
  const shipped = new Set(JSON.parse(readFileSync(join(root, 'dist', 'packages.json'), 'utf8')));
  for (const component of sbom.components) {
    const { name, version } = component;
    const goesToUsers = name === 'electron' || shipped.delete(`${name}@${version}`);
    component.scope = goesToUsers ? 'required' : 'excluded';
  }
  if (shipped.size > 0) {
    throw new ExpectedFailure(`npm does not know of ${[...shipped].join(', ')}.`);
  }
  const file = join(root, 'release', `Slice-${sbom.metadata.component.version}.cdx.json`);
  mkdirSync(join(root, 'release'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
  const required = sbom.components.filter(({ scope }) => scope === 'required').length;
  say(`${required} packages of the app and ${sbom.components.length - required} tools: ${file}`);
  return 0;
});
