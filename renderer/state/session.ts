/**
 * The session: what is open, who judges, and what of it is on disk. A plain store without React. The journal on the
 * host's side is the record; this folds what the journal answered and never the other way round.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { statingBlindness } from '../../shared/audit/blind.ts';
import type { Actor, AuditEvent, EventDraft } from '../../shared/audit/events.ts';
import { foldAll } from '../../shared/audit/fold.ts';
import { refusal } from '../../shared/audit/refusal.ts';
import { mayRecord } from '../../shared/audit/rules.ts';
import { type Problem, ProblemError } from '../../shared/base/problem.ts';
import type { CallOptions, Host, OpenAudit, OpenedDelivery } from '../../shared/host/contract.ts';
import { problemOf } from '../host/problems.ts';
import type { QueuedDraft, Shelf } from '../storage/shelf.ts';
import {
  createDeliveryOpener,
  type FetchIndex,
  type LoadedDelivery,
  type OpenOptions,
} from './deliveryOpener.ts';
import { createLastWins } from './lastWins.ts';
import { firstRefused, parseAll, withPending } from './pendingEvents.ts';
import { createPictureSender, type PutPicture } from './pictureSender.ts';
import { rebase, reconcile } from './reconcile.ts';
import { createRecorder } from './recorder.ts';
import { emptyFacts, type Notice, type OpenAuditOptions, type SessionState } from './sessionState.ts';

export interface SessionOptions {
  readonly host: Host;
  readonly database: Shelf;
  readonly clock: { readonly now: () => Date };
  readonly fetchIndex: FetchIndex;
  readonly putPicture: PutPicture;
}

/** The host takes a window it has not heard of for two minutes for closed. */
const heartbeatMs = 40_000;

/** At most this much of what is typed can be lost with the page; a pause is long enough to spare the disk. */
const draftPauseMs = 150;

export type Session = StoreApi<SessionState>;

export function createSession({ host, database, clock, fetchIndex, putPicture }: SessionOptions): Session {
  let noticeId = 0;
  let isShelfGone = false;
  let waiting: readonly QueuedDraft[] = [];
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  const store = createStore<SessionState>(() => ({
    ...emptyFacts,
    openDelivery,
    openAudit,
    attachDelivery,
    closeAudit,
    record,
    recordAll,
    recordTogether,
    adopt: (events) => adopt(parseAll(events)),
    async refresh() {
      adopt(await reload());
    },
    retry: () => recorder.retry(),
    sendPicture(hash, blob) {
      void pictures.send({ audit: requireAudit(), hash, blob });
    },
    keepDraft,
    async moveTo(folder) {
      const audit = requireAudit();
      const moved = await host.call('audits.moveTo', { audit, folder });
      store.setState(({ saving }) => ({ saving: { ...saving, folder: moved.folder } }));
      notify('saving.movedTo', { folder: moved.folder });
      recorder.retry();
    },
    takeOver,
    setActor,
    notify,
    leave() {
      const { auditId } = store.getState();
      draftWriter.flush();
      if (auditId !== null) void host.call('audits.close', { audit: auditId }).catch(problemOf);
    },
    dismissNotice: (id) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  }));

  const deliveryOpener = createDeliveryOpener(host, fetchIndex, {
    get: store.getState,
    set: (facts) => store.setState(facts),
  });

  const draftWriter = createLastWins<() => Promise<void>>(
    (_name, write) => write().catch(shelfFailed),
    draftPauseMs,
  );

  const pictures = createPictureSender(database, putPicture, shelfFailed);

  const recorder = createRecorder({
    host,
    shelf: database,
    now: clock.now,
    saved: () => store.getState().audit,
    adopt,
    reload,
    parse: parseAll,
    saving: () => setSaving('saving', null),
    trouble: (problem) => setSaving('unsaved', problem),
    allSaved: () => {
      setSaving('saved', null);
      void pictures.sendKept(requireAudit());
    },
    isWritable: () => store.getState().isWritable,
    firstRefused: (entries) => firstRefused(store.getState().audit, entries),
    refused: (_entry, problem) => notify('saving.refused', {}, problem),
    shelfFailed,
  });

  function record(draft: EventDraft): Problem | null {
    return recordAll([draft])[0]!;
  }

  function recordAll(drafts: readonly EventDraft[]): readonly (Problem | null)[] {
    const { actor, isWritable, shown } = store.getState();
    const problems = drafts.map((draft) =>
      actor === null || !isWritable
        ? refusal(isWritable ? 'profile-missing' : 'audit-read-only')
        : mayRecord(shown, draft, actor),
    );
    for (const problem of problems) if (problem) notify('saving.refused', {}, problem);
    const allowed = drafts.filter((_draft, at) => problems[at] === null);
    if (allowed.length > 0) {
      const stated = allowed.map((draft) => statingBlindness(shown!, actor!.profile, draft));
      recorder.add(stated, actor!);
    }
    return problems;
  }

  function recordTogether(drafts: readonly EventDraft[]): Problem | null {
    const { actor, isWritable, shown } = store.getState();
    if (actor === null || !isWritable) {
      const problem = refusal(isWritable ? 'profile-missing' : 'audit-read-only');
      notify('saving.refused', {}, problem);
      return problem;
    }
    const recordedAt = clock.now().toISOString();
    const refused = firstRefused(
      shown,
      drafts.map((draft) => ({ draft, actor, recordedAt })),
    );
    if (refused) notify('saving.refused', {}, refused.problem);
    else recorder.add(drafts, actor);
    return refused?.problem ?? null;
  }

  function keepDraft(name: string, draft: unknown): void {
    const { auditId, drafts, draftsOf, isReader } = store.getState();
    if (auditId === null || isReader) return;
    const kept = new Map(drafts);
    if (draft === null) kept.delete(name);
    else kept.set(name, draft);
    store.setState({ drafts: kept });
    draftWriter.put(JSON.stringify([auditId, draftsOf, name]), () =>
      database.keepDraft(auditId, draftsOf, name, draft),
    );
  }

  /** Another person finds her own drafts, and only those, as soon as they are read. */
  function setActor(actor: Actor | null): void {
    const { auditId, draftsOf, isReader } = store.getState();
    store.setState({ actor });
    if (auditId !== null && !isReader && actor && actor.profile !== draftsOf) void readDrafts(auditId, actor);
  }

  async function readDrafts(audit: string, { profile }: Actor): Promise<void> {
    const drafts = await preparedBy(audit, profile);
    const { auditId, actor } = store.getState();
    if (auditId === audit && actor?.profile === profile) store.setState({ drafts, draftsOf: profile });
  }

  function preparedBy(audit: string, profile: string): Promise<SessionState['drafts']> {
    return database.drafts(audit, profile).catch(() => new Map());
  }

  function setSaving(status: SessionState['saving']['status'], problem: Problem | null): void {
    store.setState(({ saving, audit }) => ({
      saving: { ...saving, status, problem, at: audit?.lastAt ?? saving.at },
    }));
  }

  function notify(key: string, params: Notice['params'] = {}, problem: Problem | null = null): void {
    noticeId += 1;
    const notice: Notice = { id: noticeId, key, params, problem };
    store.setState(({ notices }) => ({ notices: [...notices, notice] }));
  }

  function shelfFailed(): void {
    if (!isShelfGone) notify('saving.noShelf', {});
    isShelfGone = true;
  }

  /** Folds what is new on disk, shows the waiting entries on top, and keeps the projection alongside. */
  function adopt(events: readonly AuditEvent[], queue: readonly QueuedDraft[] = waiting): void {
    waiting = queue;
    const before = store.getState().audit;
    const news = events.filter((event) => before === null || event.seq > before.seq);
    const audit = foldAll(news, before);
    store.setState(({ saving }) => ({
      audit,
      shown: withPending(audit, queue),
      pending: queue.map((entry) => entry.draft),
      saving: { ...saving, at: audit?.lastAt ?? null, queued: queue.length },
    }));
    const isKept = audit && news.length > 0 && !store.getState().isReader;
    if (isKept) database.appendEvents(audit.audit, news).catch(shelfFailed);
  }

  async function reload(): Promise<readonly AuditEvent[]> {
    const { isReader } = store.getState();
    const answer = await host.call('audits.open', { audit: requireAudit(), isReader });
    store.setState(({ saving }) => ({
      isWritable: answer.isWritable,
      heldBy: answer.heldBy,
      saving: { ...saving, folder: answer.folder },
    }));
    return parseAll(answer.events);
  }

  /** Keeps the lock of a window in which nobody types; a failure shows itself at the next entry. */
  function signOfLife(): void {
    void host.call('host.describe', {}).catch(problemOf);
  }

  async function takeOver(): Promise<void> {
    const wasWritable = store.getState().isWritable;
    adopt(await reload());
    if (wasWritable || !store.getState().isWritable) return;
    setSaving('saved', null);
    recorder.begin(await database.queued(requireAudit()).catch(() => []));
  }

  function requireAudit(): string {
    const { auditId } = store.getState();
    if (auditId === null) throw new Error('no audit is open');
    return auditId;
  }

  async function openDelivery(
    path: string,
    sensorsPath: string | null,
    options?: OpenOptions,
  ): Promise<OpenedDelivery> {
    const loaded = await deliveryOpener.load(path, sensorsPath, options);
    deliveryOpener.keep(loaded);
    return loaded.opened;
  }

  async function attachDelivery(
    path: string,
    sensorsPath: string | null,
    options?: CallOptions,
  ): Promise<void> {
    const { actor } = store.getState();
    if (actor === null) throw new ProblemError(refusal('profile-missing'));
    const audit = requireAudit();
    const loaded = await loadJudged(path, sensorsPath, store.getState().audit?.delivery.source, options);
    const { delivery } = loaded.opened;
    const { events } = await host.call('audits.attach', { audit, delivery, actor }, options);
    adopt(parseAll(events));
    deliveryOpener.keep(loaded);
  }

  /** As it was read last, but with the labels of `source` judged, where the record names one. */
  async function loadJudged(
    path: string,
    sensorsPath: string | null,
    source: string | undefined,
    options: CallOptions = {},
  ): Promise<LoadedDelivery> {
    const loaded = await deliveryOpener.load(path, sensorsPath, options);
    const { delivery, choice, sources } = loaded.opened;
    if (source === undefined || sources[0]!.name === source) return loaded;
    void host.call('deliveries.close', { delivery }).catch(problemOf);
    return deliveryOpener.load(path, sensorsPath, { ...options, choice: { ...choice, labels: source } });
  }

  async function openAudit(
    audit: string,
    { isReader = false, ...options }: OpenAuditOptions = {},
  ): Promise<void> {
    const before = store.getState();
    if (before.auditId === audit && before.isReader === isReader) return;
    await closeAudit();
    store.setState({ opening: { what: 'audit', progress: null, firstLook: null } });
    try {
      const answer = await host.call('audits.open', { audit, isReader }, options);
      await takeIn(audit, answer, isReader);
    } finally {
      store.setState({ opening: null });
    }
    await openDeliveryOfAudit(options);
  }

  /** Folds the host's events, checks the projection against them, and sends what was left unsaved. */
  async function takeIn(audit: string, answer: OpenAudit, isReader: boolean): Promise<void> {
    const events = parseAll(answer.events);
    const state = foldAll(events);
    if (state === null)
      throw new ProblemError({ code: 'audit-empty', severity: 'error', path: answer.folder });
    // What the shelf holds belongs to the window that judges.
    const kept = isReader ? [] : await keepProjection(audit, events);
    const draftsOf = store.getState().actor?.profile ?? '';
    const drafts = isReader ? new Map() : await preparedBy(audit, draftsOf);
    const reconciled = reconcile(kept, events);
    const { saved, unsaved } = reconciled;
    database.dequeue(saved.map(({ entry }) => entry.id)).catch(shelfFailed);
    store.setState({
      auditId: audit,
      isReader,
      audit: state,
      shown: state,
      isWritable: answer.isWritable,
      heldBy: answer.heldBy,
      drafts,
      draftsOf,
      saving: {
        status: answer.isWritable ? 'saved' : 'read-only',
        at: state.lastAt,
        folder: answer.folder,
        problem: null,
        queued: 0,
      },
    });
    if (answer.recoveredTo !== null) notify('saving.recovered', { seq: answer.recoveredTo });
    if (!answer.isWritable) return;
    heartbeat = setInterval(signOfLife, heartbeatMs);
    if (unsaved.length > 0) notify('saving.resent', { count: unsaved.length });
    recorder.begin(rebase(reconciled, state.seq));
    void pictures.sendKept(audit);
  }

  /** Answers the entries that were waiting when the window closed. */
  async function keepProjection(
    audit: string,
    events: readonly AuditEvent[],
  ): Promise<readonly QueuedDraft[]> {
    try {
      const head = await database.head(audit);
      const same = head === null || events[head.seq - events[0]!.seq]?.hash === head.hash;
      if (!same) notify('saving.rebuilt', {});
      if (!same || head === null) await database.replaceEvents(audit, events);
      else
        await database.appendEvents(
          audit,
          events.filter((event) => event.seq > head.seq),
        );
      return await database.queued(audit);
    } catch {
      shelfFailed();
      return [];
    }
  }

  async function openDeliveryOfAudit(options: CallOptions): Promise<void> {
    const { audit, opened, isTrial } = store.getState();
    if (audit === null) return;
    const { path, sensorsPath, labelsHash, source } = audit.delivery;
    try {
      const found =
        opened?.path === path && opened.sensorsPath === sensorsPath && !isTrial
          ? opened
          : await openDelivery(path, sensorsPath, options);
      // The record says whose labels are judged, whatever was looked at last.
      const isJudged = source === undefined || found.sources[0]!.name === source;
      const delivery = isJudged
        ? found
        : await openDelivery(path, sensorsPath, { ...options, choice: { ...found.choice, labels: source } });
      const hashed = await host.call('deliveries.hash', { delivery: delivery.delivery }, options);
      if (hashed.labelsHash !== labelsHash && store.getState().auditId === audit.audit) {
        store.setState({ deliveryProblem: { code: 'delivery-changed', severity: 'error', path } });
      }
    } catch (error) {
      const deliveryProblem = problemOf(error);
      if (deliveryProblem && store.getState().auditId === audit.audit) {
        store.setState({ opened: null, index: null, arrival: null, deliveryProblem });
      }
    }
  }

  async function closeAudit(): Promise<void> {
    const { auditId } = store.getState();
    if (auditId === null) return;
    clearInterval(heartbeat);
    draftWriter.flush();
    await recorder.end();
    store.setState({ ...emptyFacts, ...keptOnClose() });
    await host.call('audits.close', { audit: auditId }).catch(problemOf);
  }

  /** The delivery stays open: the next screen is often about it. */
  function keptOnClose(): Partial<SessionState> {
    const { opened, index, arrival, isTrial, actor, opening: running } = store.getState();
    return { opened, index, arrival, isTrial, actor, opening: running };
  }

  return store;
}
