import type { AppInfo, Settings } from '../../shared/contract/app';
import type { MessageId } from '../../shared/ids';
import type { Backups } from '../backups/backups';
import type { SavedFiles } from '../files/saved-files';
import type { DiagnosticFacts } from '../health/diagnostics-text';
import type { Health } from '../health/health';
import type { Imports } from '../imports/imports';
import type { BillingImports } from '../money/billing-imports';
import type { UsageFiles } from '../money/usage-files';
import type { Attachments } from '../runs/attachments';
import type { Connections } from '../runs/connections';
import type { Demo } from '../runs/demo';
import type { Feed } from '../runs/feed';
import type { KeySeal } from '../runs/key-seal';
import type { Runs } from '../runs/runs';
import type { Servers } from '../runs/servers';
import type { Trash } from '../runs/trash';
import type { Store } from '../store/client';
import type { Telemetry } from '../telemetry/telemetry';
import type { Transcripts } from '../transcripts/transcripts';
import type { Updates } from '../updates/updates';

export interface OpenedFile {
  readonly name: string;
  readonly text: string;
}

/** What the routes call. `main.ts` builds it once. */
export interface RpcParts {
  readonly store: Store;
  readonly runs: Runs;
  readonly connections: Connections;
  readonly servers: Servers;
  readonly attachments: Attachments;
  /** Where the files that were saved for the user stand. */
  readonly files: SavedFiles;
  readonly usageFiles: UsageFiles;
  readonly transcripts: Transcripts;
  readonly imports: Imports;
  readonly billing: BillingImports;
  readonly demo: Demo;
  readonly telemetry: Telemetry;
  readonly backups: Backups;
  readonly trash: Trash;
  readonly health: Health;
  readonly updates: Updates;
  readonly feed: Feed;
  readonly keySeal: KeySeal;
  readonly timeZone: () => string;
  readonly info: () => AppInfo;
  /** What the app runs on, and whose account it is. */
  readonly runtime: () => Pick<DiagnosticFacts, 'runtime' | 'home' | 'user'>;
  /** The last of what was logged, the newest first. */
  readonly lastFaults: (count: number) => DiagnosticFacts['faults'];
  /** Ends the app in order and starts it anew, in the same mode unless another is named. */
  readonly startAnew: (wanted?: { readonly safeMode: boolean }) => void;
  /** Asks the user, then opens a link in the system's browser. Refuses what is no web or mail link. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Lets the user choose a file of certificates; null when they did not. */
  readonly chooseCaFile: () => Promise<string | null>;
  /** Lets the user choose where, then writes a text there; its path, or null when they did not choose. */
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
  /** Lets the user choose a file of text; null when they did not. Refuses one that is too large. */
  readonly openFile: () => Promise<OpenedFile | null>;
  /** Answers on which the page broke twice. */
  readonly plainAnswers: () => readonly MessageId[];
  /** Follows the user's choices in what is not the page: light and dark, language, spelling. */
  readonly settingsChanged: (settings: Settings) => void;
  /** Takes codes and ids only. Returns the reference under which it was written. */
  readonly log: (event: string, error: unknown) => string;
}
