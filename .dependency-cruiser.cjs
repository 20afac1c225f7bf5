/**
 * Who may import whom: docs/architecture.md in a form that a machine checks. Every rule's comment
 * says why, because it is what people read when they break one.
 *
 * This tool reads the sources through TypeScript's own API, which only version 6 has; that is why
 * package.json names both versions, side by side.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'What is imported must exist and be named in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'product-without-tests',
      comment: 'Nothing that is shipped may need test or development code.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared/ runs in the page and in main: only zod and the contract, no Node, no DOM.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/(zod|@orpc/contract)/'] },
    },
    {
      name: 'page-knows-shared-only',
      comment: 'The page reaches main through the contract alone, and has no Node.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^electron/' },
    },
    {
      name: 'page-without-node',
      comment: 'The page is sandboxed: there is no Node in it.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-without-page',
      comment: 'Main knows no page code; they share the contract, and the words of the locales.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^renderer/', pathNot: '^renderer/locales/[^/]+\\.json$' },
    },
    {
      name: 'features-stand-alone',
      comment: 'A feature that another one needs belongs in app/, ui/, state/ or shared/.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'ui-knows-no-app',
      comment: 'ui/ is made of plain components that could serve any app.',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(app|features|rpc|state)/' },
    },
    {
      name: 'electron-in-the-shell-only',
      comment: 'Everything but the shell runs in plain Node, so that tests can run it there.',
      severity: 'error',
      from: {
        path: '^(electron|shared|renderer)/',
        pathNot: '^electron/(main\\.ts|preload\\.ts|shell/)',
      },
      to: { path: ['^electron$', '^node_modules/electron/'] },
    },
    {
      name: 'shell-is-composed-by-main',
      comment: 'Other parts are handed what they need from the shell by main.ts.',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/(main\\.ts|preload\\.ts|shell/)' },
      to: { path: '^electron/shell/' },
    },
    {
      name: 'provider-stands-alone',
      comment: 'The request core never knows the store; runs/ and money/ join the two.',
      severity: 'error',
      from: { path: '^electron/provider/' },
      to: { path: '^electron/', pathNot: '^electron/provider/' },
    },
    {
      name: 'store-stands-alone',
      comment: 'The store never knows the request core; runs/ and money/ join the two.',
      severity: 'error',
      from: { path: '^electron/store/' },
      to: { path: '^electron/', pathNot: '^electron/store/' },
    },
    {
      name: 'salvage-knows-the-store',
      comment: 'What reads a broken file needs the schema and nothing that runs.',
      severity: 'error',
      from: { path: '^electron/salvage/' },
      to: { path: '^electron/', pathNot: '^electron/(salvage|store)/' },
    },
    {
      name: 'health-looks-at-the-store',
      comment: 'What says whether the store is sound must not depend on what works with it.',
      severity: 'error',
      from: { path: '^electron/health/' },
      to: { path: '^electron/', pathNot: '^electron/(health|store)/' },
    },
    {
      name: 'simulator-stands-alone',
      comment: 'The tests ask it whether we are right, so it must not share our code.',
      severity: 'error',
      from: { path: '^electron/simulator/' },
      to: { path: '^electron/', pathNot: '^electron/simulator/' },
    },
    {
      name: 'rpc-asks-runs-money-store',
      comment:
        'rpc/ is thin: it calls runs, money, files, transcripts, imports, backups, health, telemetry, updates and store, and nothing below or beside them.',
      severity: 'error',
      from: { path: '^electron/rpc/' },
      to: {
        path: '^electron/',
        pathNot:
          '^electron/(rpc|runs|money|files|transcripts|imports|backups|health|telemetry|updates|store)/',
      },
    },
    {
      name: 'command-asks-money-store',
      comment: 'A command reads the store, prints and ends; it starts nothing of the app.',
      severity: 'error',
      from: { path: '^electron/command/' },
      to: { path: '^electron/', pathNot: '^electron/(command|money|files|store)/' },
    },
    {
      name: 'rpc-is-composed-by-main',
      comment: 'What lies below rpc/ must not call upwards.',
      severity: 'error',
      from: {
        path: '^electron/(runs|money|files|transcripts|imports|backups|health|telemetry|updates)/',
      },
      to: { path: '^electron/(rpc|simulator)/' },
    },
    {
      name: 'telemetry-stands-aside',
      comment:
        'What is told to a collector comes from the ledger alone: no run waits for it or knows it.',
      severity: 'error',
      from: { path: '^electron/(runs|money|provider|store)/' },
      to: { path: '^electron/telemetry/' },
    },
    {
      name: 'telemetry-reads-the-ledger',
      comment:
        'It needs the store and a way to a server, not the runs or what is thought of their costs.',
      severity: 'error',
      from: { path: '^electron/telemetry/' },
      to: { path: '^electron/(runs|money|shell)/' },
    },
    {
      name: 'updates-stand-alone',
      comment: 'New versions have nothing to do with what the app keeps.',
      severity: 'error',
      from: { path: '^electron/updates/' },
      to: { path: '^electron/', pathNot: '^electron/updates/' },
    },
    {
      name: 'updater-in-one-place',
      comment: 'It needs Electron, and is loaded only once somebody is to be asked.',
      severity: 'error',
      from: {
        path: '^(electron|shared|renderer)/',
        pathNot: '^electron/shell/updater\\.ts$',
      },
      to: { path: '^node_modules/electron-updater/' },
    },
    {
      name: 'opentelemetry-in-one-place',
      comment:
        'Its libraries are loaded only once something is to be sent: by one file, on demand.',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: '^electron/telemetry/otlp\\.ts$' },
      to: { path: '^node_modules/@opentelemetry/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    builtInModules: { add: ['electron'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.css', '.json', '.d.ts'],
    },
  },
};
