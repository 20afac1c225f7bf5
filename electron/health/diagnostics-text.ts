import type { AppInfo, Settings, StoreTrouble } from '../../shared/contract/app';
import type { BackupState } from '../../shared/contract/backup';
import type { Connection, KeyStrength } from '../../shared/contract/connection';
import type { HealthCheck, HealthState } from '../../shared/contract/health';
import type { TelemetryState } from '../../shared/contract/telemetry';
import type { Failure } from '../../shared/errors';
import type { StoreFigures } from './health-work';

/** A fault as the log has it. */
export interface LoggedFault {
  readonly at: string;
  readonly reference: string;
  readonly event: string;
  readonly error: string;
}

/** What the text is made of. Only what the text names is taken out of it. */
export interface DiagnosticFacts {
  /** In ms since 1970. */
  readonly at: number;
  readonly info: AppInfo;
  readonly runtime: Runtime;
  /** Null, as the next two, when the store cannot be read. */
  readonly settings: Settings | null;
  readonly connections: readonly Connection[] | null;
  readonly telemetry: TelemetryState | null;
  readonly keys: KeyStrength;
  readonly health: HealthState;
  readonly backups: BackupState;
  readonly trouble: StoreTrouble | null;
  /** Null when the store cannot be read. */
  readonly figures: StoreFigures | null;
  readonly faults: readonly LoggedFault[];
  /** The user's own folder, and the name of the account. */
  readonly home: string;
  readonly user: string;
}

export interface Runtime {
  readonly chromium: string;
  readonly node: string;
  /** The name and version of the system, and the processor: "Linux 6.1.0 x64". */
  readonly system: string;
}

/**
 * What can be told to whoever helps, as plain text in English: versions, sizes, counts and codes. No text of
 * a conversation, no key, no name, no address of a server, and of paths only what does not tell who the
 * user is.
 */
export function diagnosticsText(facts: DiagnosticFacts): string {
  const { info, runtime, figures, health, backups } = facts;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      'Versions',
      [
        `Slice: ${info.version}${info.safeMode ? ', in safe mode' : ''}`,
        `Electron: ${info.electron}, Chromium ${runtime.chromium}, Node ${runtime.node}`,
        `SQLite: ${figures === null ? 'could not be asked' : `${figures.sqlite}, schema ${figures.schema}`}`,
        `System: ${runtime.system}`,
        `Languages of the computer: ${[...new Set(info.languages)].filter((tag) => TAG.test(tag)).join(', ')}`,
        `Data folder: ${shortened(info.dataFolder, facts.home)}`,
      ],
    ],
    [
      'Sizes',
      [
        `Store: ${bytes(health.sizes.store)}`,
        `Write-ahead log: ${bytes(health.sizes.wal)}`,
        `Attachments: ${bytes(health.sizes.attachments)}`,
        `Backups: ${bytes(health.sizes.backups)} in ${backups.backups.length} files`,
        `Free on the disk: ${health.room === null ? 'unknown' : `${bytes(health.room.free)}${health.room.free < health.room.wanted ? ', which is little' : ''}`}`,
      ],
    ],
    [
      'Counts',
      figures === null
        ? ['could not be counted']
        : [
            `Conversations: ${figures.conversations}`,
            `Messages: ${figures.messages}`,
            `Runs: ${figures.runs}`,
          ],
    ],
    [
      'Health',
      [
        `Saving: ${facts.trouble ?? 'works'}`,
        `Store file: ${checked(health.checks.pages)}`,
        `Search index: ${checked(health.checks.search)}`,
        `Sums: ${checked(health.checks.sums)}`,
        `Keyring: ${facts.keys}`,
        `Last backup: ${lastBackup(backups)}`,
      ],
    ],
    ['Connections', facts.connections?.map(connectionLine) ?? [UNREAD]],
    ['Settings', settingLines(facts)],
    ['Last faults', facts.faults.map(faultLine)],
  ];
  const body = sections
    .map(([title, lines]) =>
      [title, ...(lines.length === 0 ? ['none'] : lines).map((line) => `  ${line}`)].join('\n'),
    )
    .join('\n\n');
  return anonymous(`Slice diagnostics, ${time(facts.at)}\n\n${body}\n`, facts);
}

/** Said of what stands in a store that cannot be read. */
const UNREAD = 'could not be read';

function checked(check: HealthCheck | null): string {
  if (check === null) return 'not checked';
  const { at, faults, failure } = check;
  if (failure !== null) return `could not be checked (${codeOf(failure)}), ${time(at)}`;
  return `${faults === 0 ? 'sound' : `faults: ${faults}`}, ${time(at)}`;
}

function lastBackup({ backups, failure }: BackupState): string {
  const [last] = backups;
  const made = last ? `${time(last.at)}, ${last.kind}` : 'none';
  return failure === null ? made : `${made}; the last attempt failed (${codeOf(failure)})`;
}

/** The connections have names, addresses and headers of the user's; none of that is told. */
function connectionLine(connection: Connection, index: number): string {
  const { profile, isDemo, keyState, reachability, proxy, caFile, headerNames, limits } =
    connection;
  const { state, latencyMs } = reachability;
  return [
    `${index + 1}: ${isDemo ? 'demo' : profile}`,
    `key ${keyState}`,
    latencyMs === null ? state : `${state} in ${Math.round(latencyMs)} ms`,
    `proxy ${proxy.mode}`,
    ...(caFile === null ? [] : ['own certificates']),
    ...(headerNames.length === 0 ? [] : [`own headers: ${headerNames.length}`]),
    `limits ${Object.values(limits).join('/')}`,
    ...(connection.learned.length === 0 ? [] : [`learned: ${connection.learned.length}`]),
  ].join(', ');
}

function settingLines({ settings, telemetry }: DiagnosticFacts): string[] {
  if (settings === null) return [UNREAD];
  const of: Readonly<Record<string, string | number | boolean>> = {
    Theme: settings.theme,
    Language: settings.language,
    'Size of text': settings.fontSize,
    Motion: settings.motion,
    'Amounts hidden': settings.hideMoney,
    Notifications: settings.notifications,
    'Spell check': settings.spellCheck,
    'Sends by': settings.sendKey,
    'Own shortcuts': Object.keys(settings.shortcuts).length,
    'Titles by a model': settings.titlesByModel,
    'Days in the trash': settings.trashDays ?? 'until emptied',
    'Looks for new versions': settings.looksForUpdates ?? 'not asked yet',
    'Own collector': telemetry === null ? UNREAD : telemetry.on ? telemetry.signals : 'off',
    'Waiting for the collector': telemetry?.waiting ?? UNREAD,
  };
  return Object.entries(of).map(([name, value]) => `${name}: ${yesOrNo(value)}`);
}

function yesOrNo(value: string | number | boolean): string {
  if (typeof value !== 'boolean') return String(value);
  return value ? 'yes' : 'no';
}

/** What a program gives as a name, a code or a place. Anything else is no business of this text. */
const WORD = /^[\w.:()-]{1,60}$/;
const TAG = /^[A-Za-z0-9-]{2,35}$/;

function faultLine({ at, reference, event, error }: LoggedFault): string {
  const words = error.split(' ').filter((word) => WORD.test(word));
  return [at, reference, event, ...(words.length === 0 ? [] : [`(${words.join(' ')})`])].join(' ');
}

function codeOf({ code, reason }: Failure): string {
  return reason === undefined ? code : `${code} ${reason}`;
}

function time(at: number): string {
  return new Date(at).toISOString();
}

/** In thousands, as file managers write it. */
function bytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  const units = ['KB', 'MB', 'GB', 'TB'] as const;
  const step = Math.min(units.length, Math.floor(Math.log10(size) / 3));
  return `${(size / 1_000 ** step).toFixed(1)} ${units[step - 1]}`;
}

/** A path with `~` for the user's own folder. One elsewhere may have any name in it and is not told. */
function shortened(path: string, home: string): string {
  return home !== '' && isWithin(path, home) ? `~${path.slice(home.length)}` : 'elsewhere';
}

function isWithin(path: string, folder: string): boolean {
  const next = path[folder.length];
  return path.startsWith(folder) && (next === undefined || next === '/' || next === '\\');
}

/** Whatever got in nevertheless: the user's own folder, and folders with the name of the account. */
function anonymous(text: string, { home, user }: DiagnosticFacts): string {
  const homes = [home, home.replaceAll('\\', '/')].filter((folder) => folder.length > 1);
  const withoutHome = homes.reduce((found, folder) => found.replaceAll(folder, '~'), text);
  return user === ''
    ? withoutHome
    : [`/${user}`, `\\${user}`].reduce(
        (found, folder) => found.replaceAll(folder, `${folder.charAt(0)}~`),
        withoutHome,
      );
}
