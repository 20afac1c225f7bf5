import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { Settings } from '../shared/contract/app';
import type { ConversationId, MessageId, RunId } from '../shared/ids';
import { Backups, type BackupsParts } from './backups/backups';
import { endEach } from './end-each';
import { SavedFiles, type SavedFilesParts } from './files/saved-files';
import { Health, type HealthParts } from './health/health';
import { Imports, type ImportsParts } from './imports/imports';
import { BillingImports } from './money/billing-imports';
import { Calendar } from './money/calendar';
import { UsageFiles, type UsageFilesParts } from './money/usage-files';
import { Dispatchers } from './provider/dispatcher';
import { readSettings } from './rpc/app';
import type { RpcParts } from './rpc/parts';
import { router } from './rpc/router';
import { type AnswerNewsParts, followAnswers } from './runs/answer-news';
import { Attachments } from './runs/attachments';
import { Connections } from './runs/connections';
import { Demo } from './runs/demo';
import type { DemoServer, KeyVault } from './runs/endpoints';
import { Feed } from './runs/feed';
import { KeySeal } from './runs/key-seal';
import { SYSTEM_CLOCK } from './runs/live-run';
import { recoverRuns } from './runs/recovery';
import { Runs } from './runs/runs';
import { Servers } from './runs/servers';
import { Trash } from './runs/trash';
import type { Store } from './store/client';
import type { CollectorVault } from './telemetry/collector';
import { Telemetry } from './telemetry/telemetry';
import { Transcripts, type TranscriptsParts } from './transcripts/transcripts';
import { Updates, type UpdatesParts } from './updates/updates';

/** What the engine needs of the shell around it. */
export interface EngineSurroundings
  extends Pick<
      RpcParts,
      | 'info'
      | 'runtime'
      | 'lastFaults'
      | 'startAnew'
      | 'openExternal'
      | 'chooseCaFile'
      | 'saveFile'
      | 'openFile'
      | 'plainAnswers'
      | 'settingsChanged'
      | 'log'
    >,
    SavedFilesParts,
    Pick<BackupsParts, 'places'>,
    Pick<UpdatesParts, 'quit'>,
    Pick<UsageFilesParts, 'startUsageThread'>,
    Pick<TranscriptsParts, 'startTranscriptThread'>,
    Pick<
      ImportsParts,
      'chooseConversations' | 'handedFile' | 'startImportThread' | 'importFolder'
    > {
  readonly store: Store;
  readonly runBackupThread: BackupsParts['runThread'];
  readonly runHealthThread: HealthParts['runThread'];
  readonly vault: KeyVault & CollectorVault;
  readonly updateSource: UpdatesParts['source'];
  /** The folder of the files that messages carry. */
  readonly attachments: string;
  /** The proxy that the system names for an address, in the words of a PAC file. */
  readonly systemProxy: (url: string) => Promise<string>;
  /**
   * Nothing is begun that nobody asked for: no look at a server, no telemetry, no backup, no title by a
   * model, and the trash stays as it is.
   */
  readonly safeMode: boolean;
  /** Resolves when the first page has been drawn. */
  readonly quiet: Promise<void>;
  /** Whether anybody wants to be told of answers now. */
  readonly wantsNews: () => boolean;
  /** The last answer on its way in a conversation has ended. */
  readonly answersEnded: AnswerNewsParts['told'];
}

/** Everything behind the window: runs, connections, feed, and the contract that serves them. */
export interface Engine {
  readonly settings: Settings;
  /** Serves the contract on a port of the page. */
  serve(port: SupportedMessagePort): void;
  /** How many answers are arriving. */
  runningAnswers(): number;
  /** Whether what has arrived cannot be saved now. */
  hasUnsaved(): boolean;
  /** The answers that a page on this conversation is busy with. */
  openAnswers(id: ConversationId): Promise<readonly MessageId[]>;
  /** Tells the page that there is a file to be taken. */
  fileHanded(): void;
  /** What is to be done once all is closed; null for nothing. To be asked before that. */
  updateAtEnd(): (() => Promise<void>) | null;
  /** Stops the runs, saves them, and lets go of servers and sockets. The store stays open. Never throws. */
  close(): Promise<void>;
}

const systemZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Builds the parts and hands them to each other. It is loaded while the window opens, because the code
 * of the request core and of the contract takes longer to load than a window does.
 */
export async function startEngine(surroundings: EngineSurroundings): Promise<Engine> {
  const { store, vault, log, safeMode } = surroundings;
  await recoverRuns(store, Date.now());
  const [settings, stored, { endpoint: collector }] = await Promise.all([
    readSettings(store),
    store.read.listConnections(),
    store.read.getTelemetry(),
  ]);
  vault.bindOld(
    stored.filter(({ isDemo }) => !isDemo),
    collector,
  );
  const feed = new Feed();
  const calendar = new Calendar({
    store,
    systemZone,
    moved: () => feed.changed('spending'),
    failed: (error) => void log('the move to the calendar of the time zone', error),
  });
  const { timeZone } = calendar;
  const dispatchers = new Dispatchers({
    systemProxy: surroundings.systemProxy,
    env: process.env,
  });
  const simulator = new DemoSimulator();
  const startDemo = () => simulator.start();
  const servers = new Servers({ store, feed, dispatchers, vault, startDemo, asksAgain: !safeMode });
  const connections = new Connections({ store, feed, vault, servers });
  const attachments = new Attachments(surroundings.attachments, store);
  const runs = new Runs({
    store,
    feed,
    servers,
    attachments,
    titleWish: async () =>
      safeMode ? { titlesByModel: false, titleModel: null } : readSettings(store),
    clock: SYSTEM_CLOCK,
    random: Math.random,
    timeZone,
    log,
  });
  const files = new SavedFiles(surroundings);
  const { startUsageThread, startTranscriptThread } = surroundings;
  const usageFiles = new UsageFiles({ startUsageThread, files, timeZone });
  const transcripts = new Transcripts({ startTranscriptThread, files, timeZone });
  const billing = new BillingImports({
    store,
    changed: (...topics) => feed.changed(...topics),
    endpointOf: (connection) => servers.endpointOf(connection),
    hasKey: (connection) => vault.read(connection) !== null,
    reachability: (id) => servers.reachability.get(id),
    noteFailure: (id, failure) => servers.reachability.noteProbe(id, { ok: false, failure }),
    now: SYSTEM_CLOCK.now,
    sleep: SYSTEM_CLOCK.sleep,
    log,
  });
  const demo = new Demo({
    store,
    feed,
    connections,
    runs,
    attachments: { remove: (files) => trash.removeFiles(files) },
    samples: async (connection) =>
      (await import('./demo-samples')).demoSamples(Date.now(), timeZone(), connection),
  });
  const telemetry = new Telemetry({
    store,
    vault,
    agentFor: (url) => dispatchers.agentFor(url),
    follow: (signal) => feed.subscribe(signal),
    changed: () => feed.changed('telemetry'),
    version: surroundings.info().version,
    random: Math.random,
    log,
  });
  const backups = new Backups({
    places: surroundings.places,
    isIdle: () => runs.live.length === 0,
    runThread: surroundings.runBackupThread,
    showFile: surroundings.showFile,
    startAnew: () => surroundings.startAnew(),
    unused: async (used) => {
      // What an import has found nothing names before it is written, and that may take days.
      if (!imports.isBusy) await attachments.removeUnused(used, Date.now());
    },
    changed: () => feed.changed('backups'),
    log,
  });
  store.trouble.onChange(() => feed.changed('store'));
  store.onRestart((crashedAt) => {
    // What was asked just before may have been done although its caller was told otherwise.
    const isAbandoned = (run: { id: RunId; startedAt: number }) =>
      run.startedAt < crashedAt && !runs.has(run.id);
    recoverRuns(store, Date.now(), isAbandoned).then(
      (found) => found > 0 && feed.changed('conversations', 'conversation', 'spending'),
      (error: unknown) => log('the runs that the thread of the store left', error),
    );
  });
  const trash = new Trash({
    store,
    attachments,
    days: async () => (await readSettings(store)).trashDays,
    keepsFiles: async () => imports.isBusy || (await backups.state()).backups.length > 0,
    now: SYSTEM_CLOCK.now,
    changed: () => feed.changed('conversations'),
    log,
  });
  const imports = new Imports({
    ...surroundings,
    attachments,
    purge: (ids) => trash.purge(ids),
    shorten: (id) => trash.shorten(id),
    now: SYSTEM_CLOCK.now,
    changed: (...topics) => feed.changed(...topics),
  });
  const health = new Health({
    places: { ...surroundings.places, attachments: surroundings.attachments },
    store,
    runThread: surroundings.runHealthThread,
    changed: () => feed.changed('health'),
    recounted: () => feed.changed('spending', 'conversations'),
    now: SYSTEM_CLOCK.now,
  });
  const runningAnswers = () => runs.live.length;
  const hasUnsaved = () => {
    const { now } = store.trouble;
    return now !== null && now !== 'slow' && runs.live.length > 0;
  };
  const updates = new Updates({
    source: surroundings.updateSource,
    runningAnswers,
    hasUnsaved,
    quit: surroundings.quit,
    now: SYSTEM_CLOCK.now,
    changed: () => feed.changed('updates'),
    log,
  });
  const parts: RpcParts = {
    ...surroundings,
    settingsChanged: (changed) => {
      surroundings.settingsChanged(changed);
      updates.follow(!safeMode && changed.looksForUpdates === true);
    },
    runs,
    telemetry,
    backups,
    health,
    trash,
    updates,
    connections,
    demo,
    servers,
    attachments,
    files,
    usageFiles,
    transcripts,
    imports,
    billing,
    feed,
    keySeal: new KeySeal(),
    timeZone,
  };
  const handler = new RPCHandler(router);
  const news = new AbortController();
  const answering = () => new Set(runs.live.map(({ ids }) => ids.conversationId));
  const { wantsNews: wanted, answersEnded: told } = surroundings;
  void followAnswers({ feed, store, answering, wanted, told, log }, news.signal);
  surroundings.quiet.then(() => calendar.start());
  surroundings.quiet.then(() => imports.start());
  surroundings.quiet
    .then(() => connections.forgetRemoved())
    .catch((error: unknown) => log('the keys of removed connections', error));
  surroundings.quiet
    .then(() => health.start())
    .catch((error: unknown) => log('what a check had left', error));
  if (!safeMode) {
    surroundings.quiet
      .then(() => servers.checkInUse(settings.lastConnectionId))
      .catch((error: unknown) => log('the first check of the server', error));
    surroundings.quiet.then(() => {
      backups.start();
      trash.start();
      updates.follow(settings.looksForUpdates === true);
    });
    surroundings.quiet
      .then(() => telemetry.start())
      .catch((error: unknown) => log('telling the collector', error));
  }
  return {
    settings,
    serve: (port) => handler.upgrade(port, { context: parts }),
    runningAnswers,
    hasUnsaved,
    fileHanded: () => feed.changed('imports'),
    updateAtEnd: () => updates.atEnd(),
    openAnswers: async (id) => {
      const running = runs.live.filter(({ ids }) => ids.conversationId === id);
      if (running.length > 0) return running.map(({ ids }) => ids.messageId);
      const last = await store.read.lastAnswer(id);
      return last === null ? [] : [last];
    },
    close: async () => {
      news.abort();
      calendar.close();
      updates.close();
      telemetry.close();
      servers.close();
      trash.close();
      const ends = [
        // They cost, and the user would not wait for them: nothing else is to come before.
        () => runs.stopAll(),
        () => backups.close(),
        () => files.close(),
        () => imports.close(),
        () => billing.close(),
        () => feed.close(),
        () => demo.close(),
        () => simulator.close(),
        () => dispatchers.close(),
      ];
      await endEach(ends, (error) => log('a part of the app did not end cleanly', error));
    },
  };
}

/** The simulator behind the Demo connection, started when it is first used. */
class DemoSimulator {
  #close: () => Promise<void> = async () => undefined;

  async start(): Promise<DemoServer> {
    const { startSimulator } = await import('./simulator/simulator');
    const simulator = await startSimulator({ pace: 'natural' });
    this.#close = () => simulator.close();
    return simulator;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
