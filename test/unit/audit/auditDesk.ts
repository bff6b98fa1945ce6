/** An audit kept in memory the way a journal keeps it: every draft passes the rules, is sealed, and is folded. */
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventLine, sealEvent, zeroHash } from '../../../shared/audit/chain.ts';
import type {
  Actor,
  AuditEvent,
  DefectEntry,
  EventData,
  EventDraft,
  Intake,
} from '../../../shared/audit/events.ts';
import { fold } from '../../../shared/audit/fold.ts';
import { freezeSample, specHash } from '../../../shared/audit/freeze.ts';
import { buildLot } from '../../../shared/audit/lot.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { parseDraft } from '../../../shared/audit/parseEvent.ts';
import { type QaSpec, qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { mayRecord } from '../../../shared/audit/rules.ts';
import type { Disposition } from '../../../shared/audit/rulesOfSigning.ts';
import { statementBytes, type VerifyEd25519 } from '../../../shared/audit/signing.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { makeIndex } from './makeIndex.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const assets = path.resolve(import.meta.dirname, '../../../assets');
export const defaultSpec: QaSpec = qaSpecSchema.parse(
  JSON.parse(readFileSync(path.join(assets, 'qa-spec.default.json'), 'utf8')),
);

export const auditor: Actor = { profile: 'p-1', name: 'Ada Auditor', role: 'auditor' };
export const lead: Actor = { profile: 'p-2', name: 'Lin Lead', role: 'lead' };
export const vendorQa: Actor = { profile: 'p-3', name: 'Vic Vendor', role: 'vendor-qa' };

export const labelsHash = sha256(new TextEncoder().encode('labels'));
export const seed = '000102030405060708090a0b0c0d0e0f';

export const intake: Intake = {
  vendor: 'Northlight Labeling',
  team: 'B',
  batch: '0142',
  receivedOn: '2026-01-31',
  dueOn: '2026-02-14',
  submission: 1,
  resubmits: null,
  role: 'client',
  labellingSpec: '4.2',
};

export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    message,
    { key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' },
    Buffer.from(signature, 'base64'),
  );

/** A device key as the machine's side keeps it. */
export function deviceKey(): { readonly publicKey: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), privateKey };
}

export function expectOk<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.problem.code} ${JSON.stringify(result.problem.params)}`);
  return result.value;
}

export class AuditDesk {
  readonly events: AuditEvent[];
  state: AuditState | null;
  readonly key = deviceKey();
  #clock: number;

  constructor(events: readonly AuditEvent[] = [], clock = Date.UTC(2026, 1, 1, 8)) {
    this.events = [...events];
    this.state = events.reduce<AuditState | null>(fold, null);
    this.#clock = clock;
  }

  /** Opened, spec chosen, plan frozen: ready for the first verdict. */
  static ready(
    index: DeliveryIndex = makeIndex(),
    spec: QaSpec = defaultSpec,
    opened: Partial<Intake> = {},
  ): AuditDesk {
    const desk = new AuditDesk();
    desk.open(opened);
    desk.chooseSpec(spec);
    desk.freeze(index, spec);
    return desk;
  }

  /** Why the rules refuse a draft, or null. */
  refuses(draft: EventDraft, actor: Actor = auditor): Problem | null {
    return mayRecord(this.state, expectOk(parseDraft(draft)), actor);
  }

  record(draft: EventDraft, actor: Actor = auditor, at?: string): AuditEvent {
    const parsed = expectOk(parseDraft(draft));
    const problem = mayRecord(this.state, parsed, actor);
    if (problem) throw new Error(`refused: ${problem.code} ${JSON.stringify(problem.params)}`);
    this.#clock += 7_000;
    const last = this.events.at(-1);
    const sealing = {
      seq: this.events.length + 1,
      at: at ?? new Date(this.#clock).toISOString(),
      actor,
      prev: last?.hash ?? zeroHash,
    };
    const event = sealEvent(parsed, sealing, sha256);
    this.events.push(event);
    this.state = fold(this.state, event);
    return event;
  }

  open(opened: Partial<Intake> = {}, audit = 'audit-1'): void {
    const delivery = {
      format: 'openlabel',
      path: '/deliveries/0142',
      sensorsPath: null,
      labelsHash,
      frames: 10,
      cuboids: 400,
      boxes2d: 400,
      problems: 0,
    };
    this.record({ type: 'audit.opened', data: { audit, delivery, intake: { ...intake, ...opened } } });
  }

  chooseSpec(spec: QaSpec): void {
    this.record({ type: 'spec.chosen', data: { spec, specHash: specHash(spec, sha256) } });
  }

  freeze(
    index: DeliveryIndex,
    spec: QaSpec = defaultSpec,
    reason: string | null = null,
    newSeed = seed,
  ): void {
    const lot = expectOk(buildLot(index, spec));
    const replan = reason === null ? null : { reason, previousSeq: this.state!.sample!.seq };
    const request = { seed: newSeed, labelsHash, replan };
    this.record({ type: 'plan.frozen', data: expectOk(freezeSample(lot, spec, request, sha256)) });
  }

  get units() {
    return this.state!.sample!.labels.units;
  }

  get cells() {
    return this.state!.sample!.cells.units;
  }

  verdict(
    unit: string,
    verdict: EventData<'verdict.given'>['verdict'],
    ...defects: DefectEntry[]
  ): EventDraft {
    return {
      type: 'verdict.given',
      data: { unit, verdict, defects, comment: '', evidence: null, durationMs: 4200, isSecondLook: false },
    };
  }

  cell(cell: string, missed: EventData<'cell.judged'>['missed'] = [], matched = 6): EventDraft {
    return {
      type: 'cell.judged',
      data: {
        cell,
        verdict: 'searched',
        matched,
        missed,
        comment: '',
        durationMs: 9000,
        isSecondLook: false,
      },
    };
  }

  /** Accepts every unit and finds nothing missed, leaving what was judged already. */
  finish(): void {
    for (const { id, isInspectable } of this.units) {
      if (isInspectable && !this.state!.verdicts.has(id)) this.record(this.verdict(id, 'accept'));
    }
    for (const { id, isInspectable } of this.cells) {
      if (isInspectable && !this.state!.cellVerdicts.has(id)) this.record(this.cell(id));
    }
  }

  signing(disposition: Disposition, reason = '', actor: Actor = auditor): EventDraft {
    const statement = {
      outcome: planOutcome(this.state!),
      disposition,
      reason,
      supersedes: this.state!.dispositions.at(-1)?.seq ?? null,
      head: this.state!.head,
      publicKey: this.key.publicKey,
    };
    const signature = sign(null, statementBytes(statement, actor), this.key.privateKey).toString('base64');
    return { type: 'disposition.signed', data: { ...statement, signature } };
  }

  sign(disposition: Disposition, reason = ''): void {
    this.record(this.signing(disposition, reason));
  }

  /** The journal as it lies on disk, split at its line feeds. */
  get lines(): string[] {
    return this.events
      .map((event) => `${eventLine(event)}\n`)
      .join('')
      .split('\n');
  }
}

export function defect(code: string, severity: DefectEntry['severity'] = 'major', note = ''): DefectEntry {
  return { code, severity, note, measured: null };
}

export function missed(id: string, severity: DefectEntry['severity'] = 'major') {
  return {
    id,
    className: 'car',
    code: 'MISS',
    severity,
    center: [12, 3, 0.8] as [number, number, number],
    size: [4.6, 1.9, 1.7] as [number, number, number],
    yaw: 0.3,
    note: '',
  };
}
