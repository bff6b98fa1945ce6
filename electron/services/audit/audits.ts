/** The audits of this machine: begun, opened, added to, frozen, signed. Every method that writes needs the lock. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Actor,
  type EventDraft,
  type EventType,
  eventSchemas,
  type Intake,
} from '../../../shared/audit/events.ts';
import { specHash } from '../../../shared/audit/freeze.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { mayRecord } from '../../../shared/audit/rules.ts';
import type { SeedRequest } from '../../../shared/audit/seedDraw.ts';
import { type SignedData, statementBytes } from '../../../shared/audit/signing.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { CallOptions, OpenAudit } from '../../../shared/host/contract.ts';
import type { Deliveries } from '../deliveries.ts';
import type { DeviceKey } from '../deviceKey.ts';
import { makeFolder } from '../durable.ts';
import { systemCode } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';
import type { Ledgers } from '../ledgers/ledgers.ts';
import type { Places } from '../places.ts';
import type { RunJob } from '../runJob.ts';
import type { AuditFolders } from './auditFolders.ts';
import type { Lots, TargetsAsked } from './lots.ts';
import type { HeldAudit, OpenAudits } from './openAudits.ts';
import { readOrder } from './orderFile.ts';
import { recordDrafts, recordHeld, stamped } from './record.ts';
import type { SensorHashes } from './sensorHashes.ts';

/** What a screen may record by itself. Everything else is recorded by the service that did the work. */
const recordedByScreens = new Set<string>([
  'intake.changed',
  'spec.chosen',
  'verdict.given',
  'verdict.undone',
  'repeat.judged',
  'seed.judged',
  'checks.set',
  'checks.ran',
  'finding.triaged',
  'finding.reopened',
  'blind.set',
  'cell.judged',
  'cell.undone',
  'targets.queued',
  'target.judged',
  'target.undone',
  'target.removed',
  'finding.noted',
  'finding.withdrawn',
  'finding.verified',
  'standing.shown',
  'dispute.ruled',
] satisfies EventType[]);

export type Added = Result<{ events: OpenAudit['events'] }>;

export interface AuditsOptions {
  readonly folders: AuditFolders;
  readonly openAudits: OpenAudits;
  readonly deliveries: Deliveries;
  readonly lots: Lots;
  readonly sensorHashes: SensorHashes;
  readonly ledgers: Pick<Ledgers, 'enter'>;
  readonly key: DeviceKey;
  readonly places: Places;
  readonly runJob: RunJob;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

export interface NewAudit {
  readonly delivery: string;
  readonly intake: Intake;
  readonly spec: QaSpec;
  readonly actor: Actor;
  readonly order: string | null;
}

interface SeedsAsked extends Pick<SeedRequest, 'count' | 'mix'> {
  readonly audit: string;
  readonly delivery: string;
  readonly actor: Actor;
}

interface NamedDelivery {
  readonly audit: string;
  readonly delivery: string;
  readonly actor: Actor;
}

export type Audits = ReturnType<typeof createAudits>;

export function createAudits({
  folders,
  openAudits,
  deliveries,
  lots,
  sensorHashes,
  ledgers,
  key,
  ...rest
}: AuditsOptions) {
  const { places, runJob, now, log } = rest;

  async function create(asked: NewAudit, client: string, options: CallOptions): Promise<Result<OpenAudit>> {
    const record = deliveries.get(asked.delivery);
    if (!record.ok) return record;
    const stamp = await deliveries.stamp(asked.delivery, options);
    if (!stamp.ok) return stamp;
    const order = await orderDrafts(asked.order, record.value.cache.index, options);
    if (!order.ok) return order;
    const audit = folders.newId(now());
    const folder = await folders.folderOf(audit);
    if (!folder.ok) return folder;
    const { spec, intake, actor } = asked;
    const drafts: EventDraft[] = [
      { type: 'audit.opened', data: { audit, delivery: stamp.value, intake } },
      ...order.value,
      { type: 'spec.chosen', data: { spec, specHash: specHash(spec, sha256Hex) } },
    ];
    const made = await makeAuditFolder(folder.value);
    if (!made.ok) return made;
    const opened = await openAudits.createIn(folder.value, audit, client, async (writer) => {
      const empty = { events: [], state: null, folder: folder.value, writer };
      const recorded = await recordDrafts(empty, stamped(drafts, actor, now()));
      return recorded.ok ? done(recorded.value.events) : recorded;
    });
    if (opened.ok) {
      await keepSpec(folder.value, spec);
      sensorHashes.begin(record.value, []);
    }
    return opened;
  }

  async function makeAuditFolder(folder: string): Promise<Result<null>> {
    try {
      await makeFolder(path.join(folder, 'pictures'));
      return done(null);
    } catch (error) {
      const reason = systemCode(error);
      if (reason === null) throw error;
      return failed({ code: 'journal-not-writable', severity: 'error', path: folder, params: { reason } });
    }
  }

  async function orderDrafts(
    named: string | null,
    indexFile: string,
    options: CallOptions,
  ): Promise<Result<EventDraft[]>> {
    if (named === null) return done([]);
    const file = await places.existing(named);
    if (!file.ok) return file;
    const ordered = await readOrder(file.value);
    if (!ordered.ok) return ordered;
    const compared = await runJob(
      'order',
      { indexFile, order: path.basename(named), ordered: ordered.value },
      options,
    );
    return compared.ok ? done([compared.value]) : compared;
  }

  /** A copy for people and other tools; the journal holds the spec that counts. */
  async function keepSpec(folder: string, spec: QaSpec): Promise<void> {
    try {
      await writeFile(path.join(folder, 'spec.json'), `${JSON.stringify(spec, null, 2)}\n`);
    } catch (error) {
      log(`spec.json of ${folder} was not written: ${String(error)}`);
    }
  }

  async function append(
    {
      audit,
      actor,
      expectedSeq,
      drafts,
    }: {
      readonly audit: string;
      readonly actor: Actor;
      readonly expectedSeq: number;
      readonly drafts: readonly { readonly type: string; readonly data?: unknown }[];
    },
    client: string,
  ): Promise<Added> {
    return openAudits.withHeld(audit, client, async (held, replace) => {
      if (held.state.seq !== expectedSeq) return failed(movedOn(expectedSeq, held.state.seq));
      const foreign = drafts.find(({ type }) => !recordedByScreens.has(type));
      if (foreign !== undefined) return failed(problem('draft-not-allowed', { type: foreign.type }));
      if (drafts.some(isDrawn)) return failed(problem('draft-not-allowed', { type: 'targets.queued' }));
      if (drafts.some(isSpecMisnamed)) return failed(problem('spec-hash-differs', {}));
      return recordAll(held, replace, drafts, actor);
    });
  }

  async function recordAll(
    held: HeldAudit,
    replace: (next: HeldAudit) => void,
    drafts: readonly unknown[],
    actor: Actor,
  ): Promise<Added> {
    const recorded = await recordHeld(held, replace, stamped(drafts, actor, now()));
    if (!recorded.ok) return recorded;
    const { state, added, folder } = recorded.value;
    if (state.spec !== null && state.spec !== held.state.spec) await keepSpec(folder, state.spec.spec);
    return done({ events: added as unknown as OpenAudit['events'] });
  }

  async function attach(
    { audit, delivery, actor }: { readonly audit: string; readonly delivery: string; readonly actor: Actor },
    client: string,
    options: CallOptions,
  ): Promise<Added> {
    const stamp = await deliveries.stamp(delivery, options);
    if (!stamp.ok) return stamp;
    const draft: EventDraft = { type: 'delivery.attached', data: { delivery: stamp.value } };
    return openAudits.withHeld(audit, client, (held, replace) => recordAll(held, replace, [draft], actor));
  }

  async function freezePlan(
    {
      audit,
      delivery,
      actor,
      reason,
    }: {
      readonly audit: string;
      readonly delivery: string;
      readonly actor: Actor;
      readonly reason: string | null;
    },
    client: string,
    options: CallOptions,
  ): Promise<Added> {
    return openAudits.withHeld(audit, client, async (held, replace) => {
      const frozen = await lots.freeze(held.state, delivery, reason, options);
      if (!frozen.ok) return frozen;
      const added = await recordAll(held, replace, [{ type: 'plan.frozen', data: frozen.value }], actor);
      const record = deliveries.get(delivery);
      const drawn = [...frozen.value.labels.units, ...frozen.value.cells.units].map(({ frame }) => frame);
      if (added.ok && record.ok) sensorHashes.begin(record.value, [...new Set(drawn)]);
      return added;
    });
  }

  async function setSeeds(
    { audit, delivery, actor, ...asked }: SeedsAsked,
    client: string,
    options: CallOptions,
  ): Promise<Added> {
    return openAudits.withHeld(audit, client, async (held, replace) => {
      // Nobody waits for a draw that may not be recorded.
      const refused = mayRecord(held.state, { type: 'seeds.set', data: { seeds: [] } }, actor);
      if (refused !== null) return failed(refused);
      const made = await lots.seeds(held.state, delivery, asked, options);
      return made.ok ? recordAll(held, replace, [{ type: 'seeds.set', data: made.value }], actor) : made;
    });
  }

  async function drawTargets(
    { audit, delivery, actor, ...asked }: TargetsAsked & NamedDelivery,
    client: string,
    options: CallOptions,
  ): Promise<Added> {
    return openAudits.withHeld(audit, client, async (held, replace) => {
      if (held.state.phase === 'signed') return failed(problem('audit-signed', {}));
      const drawn = await lots.drawTargets(held.state, delivery, asked, options);
      if (!drawn.ok) return drawn;
      return recordAll(held, replace, [{ type: 'targets.queued', data: drawn.value }], actor);
    });
  }

  async function sign(
    {
      audit,
      actor,
      ...shown
    }: {
      readonly audit: string;
      readonly actor: Actor;
    } & Pick<SignedData, 'disposition' | 'reason' | 'outcome'>,
    client: string,
    options: CallOptions,
  ): Promise<Added> {
    return openAudits.withHeld(audit, client, async (held, replace) => {
      const changed = await changedLabels(held, options);
      if (changed !== null) return failed(changed);
      let current = held;
      const replaceBoth = (next: HeldAudit): void => {
        current = next;
        replace(next);
      };
      const shared = await recordShare(held, replaceBoth, actor);
      if (!shared.ok) return shared;
      const { head, dispositions } = current.state;
      const supersedes = dispositions.at(-1)?.seq ?? null;
      const statement = { ...shown, supersedes, head, publicKey: key.publicKey };
      const signature = key.sign(statementBytes(statement, actor));
      const draft: EventDraft = { type: 'disposition.signed', data: { ...statement, signature } };
      const added = await recordAll(current, replaceBoth, [draft], actor);
      if (added.ok) await ledgers.enter(current);
      return added.ok ? done({ events: [...shared.value.events, ...added.value.events] }) : added;
    });
  }

  /**
   * A signature stands for the labels that were judged, so they are hashed once more before it. Where the delivery is
   * not at hand the record's own hash stands alone.
   */
  async function changedLabels(held: HeldAudit, options: CallOptions): Promise<Problem | null> {
    const record = deliveries.ofPath(held.state.delivery.path);
    if (record === null) return null;
    const proven = await deliveries.proveLabels(record.id, options);
    if (!proven.ok) return proven.problem.code.startsWith('folder-') ? null : proven.problem;
    return proven.value.labelsHash === held.state.delivery.labelsHash
      ? null
      : problem('labels-changed', { path: record.path });
  }

  /** States how much of the sensor data is hashed by now, where that is more than the record says. */
  async function recordShare(
    held: HeldAudit,
    replace: (next: HeldAudit) => void,
    actor: Actor,
  ): Promise<Added> {
    const record = deliveries.ofPath(held.state.delivery.path);
    if (record === null) return done({ events: [] });
    const share = await sensorHashes.share(record);
    const stated = held.state.sensorsHashed;
    if (stated?.hashed === share.hashed && stated.mismatched.length === share.mismatched.length) {
      return done({ events: [] });
    }
    return recordAll(held, replace, [{ type: 'sensors.hashed', data: share }], actor);
  }

  /** Goes on hashing the sensor data of an audit whose delivery has just been opened again. */
  function deliveryOpened(delivery: string, client: string): void {
    const record = deliveries.get(delivery);
    if (!record.ok) return;
    const audited = openAudits
      .heldBy(client)
      .find(({ state }) => state.delivery.path === record.value.path && state.phase !== 'signed');
    if (audited === undefined) return;
    const { sample } = audited.state;
    const drawn = [...(sample?.labels.units ?? []), ...(sample?.cells.units ?? [])].map(({ frame }) => frame);
    sensorHashes.begin(record.value, [...new Set(drawn)]);
  }

  return { create, append, attach, freezePlan, drawTargets, setSeeds, sign, deliveryOpened };
}

/** Chances come from the host's own draw; what a screen queues has none. */
function isDrawn({ type, data }: { readonly type: string; readonly data?: unknown }): boolean {
  if (type !== 'targets.queued') return false;
  const queued = eventSchemas['targets.queued'].safeParse(data);
  return queued.success && queued.data.draw !== null;
}

/** A spec under a hash that is not its own would freeze a plan nobody agreed to. */
function isSpecMisnamed({ type, data }: { readonly type: string; readonly data?: unknown }): boolean {
  if (type !== 'spec.chosen') return false;
  const chosen = eventSchemas['spec.chosen'].safeParse(data);
  return chosen.success && specHash(chosen.data.spec, sha256Hex) !== chosen.data.specHash;
}

function movedOn(expected: number, actual: number): Problem {
  return problem('audit-moved-on', { expected, actual });
}

function problem(code: string, params: Readonly<Record<string, string | number>>): Problem {
  return { code, severity: 'error', path: '', params };
}
