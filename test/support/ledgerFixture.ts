/** Ledgers made of decisions and steps, chained as a real one is, without the audits behind them. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventLine, sealEvents } from '../../shared/audit/chain.ts';
import type { FrozenPlan } from '../../shared/audit/eventPlan.ts';
import type { Actor } from '../../shared/audit/events.ts';
import {
  type LedgerData,
  type LedgerDraft,
  type LedgerEvent,
  type LedgerSeries,
  type LotSeverityDecision,
  ledgerName,
} from '../../shared/audit/ledgerEvents.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hashOf = (text: string): string => sha256(new TextEncoder().encode(text));

export const manager: Actor = { profile: 'p-mia', name: 'Mia', role: 'manager' };
export const auditor: Actor = { profile: 'p-ada', name: 'Ada', role: 'auditor' };
export const major: LedgerSeries = { sample: 'labels', severity: 'major' };

/** Letter H, AQL 1.5, normal: 50 units, 2 at most; the next stricter plan of H has the same n and Ac 1. */
export const planH: FrozenPlan = {
  severity: 'major',
  scheme: 'iso2859-1',
  standard: 'ISO 2859-1:1999',
  level: 'II',
  aql: '1.5',
  inspection: 'normal',
  codeLetter: 'H',
  lotSize: 400,
  sampleSize: 50,
  acceptanceNumber: 2,
  rejectionNumber: 3,
  fullInspection: false,
  limitingRate: null,
  confidence: null,
};

export interface MadeLot {
  readonly audit: string;
  readonly defects?: number;
  readonly plan?: Partial<FrozenPlan>;
  readonly submission?: number;
  readonly isPilot?: boolean;
  readonly disposition?: LedgerData<'lot.decided'>['signed']['disposition'];
  readonly isUndecided?: boolean;
  readonly series?: LedgerSeries;
  readonly seq?: number;
  readonly supersedes?: string | null;
}

/** A lot with one decision; its outcome follows from the defects unless it is said to be on hold or undecided. */
export function madeLot({ audit, defects = 0, plan: changes = {}, ...rest }: MadeLot): LedgerDraft {
  const { series = major, seq = 9 } = rest;
  const plan = { ...planH, severity: series.severity, ...changes };
  const outcome = rest.isUndecided ? 'undecidable' : defects < plan.rejectionNumber ? 'met' : 'not-met';
  const disposition = rest.disposition ?? (outcome === 'met' ? 'accept' : 'not-accept');
  const isWaiting = disposition === 'hold' || outcome === 'undecidable';
  const isInGap = outcome === 'met' && defects > plan.acceptanceNumber;
  const decision: LotSeverityDecision = {
    series,
    unit: series.sample === 'cells' ? 'cell' : 'cuboid',
    plan,
    count: {
      severity: series.severity,
      sample: series.sample,
      sampleSize: plan.sampleSize,
      judged: plan.sampleSize,
      defective: defects,
      open: 0,
      onHold: 0,
      acceptanceNumber: plan.acceptanceNumber,
      rejectionNumber: plan.rejectionNumber,
      outcome,
      ...(isInGap ? { isInGap } : {}),
      ...(plan.double && defects <= plan.double.ac1 ? { decidedAt: plan.double.n1 } : {}),
    },
    isAccepted: isWaiting ? null : outcome === 'met',
    tighterAc: tighterAcOf(plan),
    stood: { before: 'normal', after: 'normal', score: 0 },
  };
  return {
    type: 'lot.decided',
    data: {
      audit,
      batch: `Batch ${audit}`,
      submission: rest.submission ?? 1,
      resubmits: (rest.submission ?? 1) > 1 ? `before-${audit}` : null,
      isPilot: rest.isPilot ?? false,
      signed: {
        seq,
        hash: hashOf(`${audit} ${seq}`),
        at: '2026-11-20T08:00:00.000Z',
        disposition,
        outcome,
      },
      supersedes: rest.supersedes ?? null,
      decisions: [decision],
    },
  };
}

/** Read off the table by hand for the plans that are made here: H at 1.0, beside H at 1.5, has 50 units and Ac 1. */
function tighterAcOf({ inspection, codeLetter, aql, acceptanceNumber }: FrozenPlan): number | null {
  if (inspection === 'tightened') return acceptanceNumber;
  return inspection === 'normal' && codeLetter === 'H' && aql === '1.5' ? 1 : null;
}

/** A whole ledger of these drafts, a minute apart, opened for a vendor. */
export function madeLedger(
  drafts: readonly LedgerDraft[],
  vendor = 'Northlight',
  project = 'Urban',
): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (const draft of [{ type: 'ledger.opened' as const, data: { vendor, project } }, ...drafts]) {
    const at = new Date(Date.UTC(2026, 10, 20, 8, events.length)).toISOString();
    events.push(...sealEvents([draft], events.at(-1) ?? null, { at, actor: manager }, sha256));
  }
  return events;
}

/** Lays a ledger into a data folder, as the service would have written it; answers its file. */
export function layLedger(home: string, events: readonly LedgerEvent[]): string {
  const [opening] = events;
  if (opening?.type !== 'ledger.opened') throw new Error('a ledger begins with its opening');
  const { vendor, project } = opening.data;
  const folder = path.join(home, 'ledgers', ledgerName(vendor, project, sha256));
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'events.jsonl');
  writeFileSync(file, events.map((event) => `${eventLine(event)}\n`).join(''));
  return file;
}
