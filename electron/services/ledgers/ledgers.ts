/**
 * The switching ledgers of this machine. Every signed audit that is here, signed on this machine or brought from
 * another, is entered once in the ledger of its vendor and project; people's steps are entered as they make them.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sealEvents } from '../../../shared/audit/chain.ts';
import type { Actor, AuditEvent } from '../../../shared/audit/events.ts';
import {
  type LedgerDraft,
  type LedgerEvent,
  ledgerName,
  parseLedgerStep,
} from '../../../shared/audit/ledgerEvents.ts';
import { foldLedger } from '../../../shared/audit/ledgerFold.ts';
import { type SignedLot, signedLots } from '../../../shared/audit/ledgerLots.ts';
import { mayEnter, withStandings } from '../../../shared/audit/ledgerRules.ts';
import { judgeSignature } from '../../../shared/audit/signing.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { HostInput, HostOutput } from '../../../shared/host/contract.ts';
import { verifyEd25519 } from '../deviceKey.ts';
import { isMissing } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';
import { sharedTurns } from '../turns.ts';
import { extendLedger, readLedger } from './ledgerFile.ts';

const namePattern = /^[0-9a-f]{32}$/;

export interface LedgersOptions {
  /** Folder of all ledgers. */
  readonly root: string;
  /** Every audit of this machine that can be read. */
  readonly views: () => Promise<readonly SignedSource[]>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** An audit whose signed entries are to be in a ledger. */
export interface SignedSource {
  readonly events: readonly AuditEvent[];
  readonly state: AuditState;
}

export interface Ledgers {
  list(): Promise<HostOutput<'ledgers.list'>>;
  /** Enters what the audits of this machine have signed and no ledger holds yet, in the order it was signed. */
  refresh(): Promise<HostOutput<'ledgers.refresh'>>;
  /** The same for one audit, just signed. What goes wrong is said in the log and made up for by `refresh`. */
  enter(source: SignedSource): Promise<void>;
  /** Enters a person's step. Problems: `ledger-unknown`, `audit-moved-on`, what `mayEnter` refuses or cannot be written. */
  record(step: HostInput<'ledgers.record'>): Promise<Result<HostOutput<'ledgers.record'>>>;
}

export function createLedgers({ root, views, now, log }: LedgersOptions): Ledgers {
  const turns = sharedTurns();
  const folderOf = (ledger: string): string => path.join(root, ledger);

  async function names(): Promise<string[]> {
    try {
      const entries = await readdir(root, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && namePattern.test(entry.name))
        .map(({ name }) => name)
        .sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async function list(): Promise<HostOutput<'ledgers.list'>> {
    const ledgers: HostOutput<'ledgers.list'>['ledgers'] = [];
    for (const ledger of await names()) {
      const content = await readLedger(folderOf(ledger));
      const { events, problem } = content.ok ? content.value : { events: [], problem: content.problem };
      // A folder whose first write never ended is not a ledger yet.
      if (events.length > 0 || problem !== null) ledgers.push({ ledger, events: asWire(events), problem });
    }
    return { ledgers };
  }

  async function enterLots(lots: readonly SignedLot[]): Promise<HostOutput<'ledgers.refresh'>> {
    const byLedger = new Map<string, SignedLot[]>();
    for (const lot of lots.toSorted(bySigning)) {
      const ledger = ledgerName(lot.vendor, lot.project, sha256Hex);
      byLedger.set(ledger, [...(byLedger.get(ledger) ?? []), lot]);
    }
    let entered = 0;
    const problems: Problem[] = [];
    for (const [ledger, own] of byLedger) {
      const broken: Problem[] = [];
      const added = await turns.take(ledger, async () => {
        const content = await readLedger(folderOf(ledger));
        // Nothing is locked or written where everything is in: this runs whenever somebody looks.
        if (content.ok && missing(content.value.events, own).length === 0) return done([]);
        return extendLedger(folderOf(ledger), now, (events) =>
          done(entriesFor(events, missing(events, own), now().toISOString(), broken)),
        );
      });
      if (added.ok) entered += added.value.filter(({ type }) => type === 'lot.decided').length;
      problems.push(...(added.ok ? broken : [added.problem]));
    }
    return { entered, problems };
  }

  async function record({
    ledger,
    actor,
    expectedSeq,
    step: json,
  }: HostInput<'ledgers.record'>): Promise<Result<HostOutput<'ledgers.record'>>> {
    const step = parseLedgerStep(json);
    if (!step.ok) return step;
    if (!namePattern.test(ledger) || !(await names()).includes(ledger)) {
      return failed(problem('ledger-unknown', { ledger }));
    }
    const added = await turns.take(ledger, () =>
      extendLedger(folderOf(ledger), now, (events) => {
        const state = foldLedger(events);
        if (state === null) return failed(problem('ledger-unknown', { ledger }));
        if (state.seq !== expectedSeq) {
          return failed(problem('ledger-moved-on', { expected: expectedSeq, actual: state.seq }));
        }
        const refused = mayEnter(state, step.value, actor);
        if (refused !== null) return failed(refused);
        return done(sealed([step.value], events, actor, now().toISOString()));
      }),
    );
    return added.ok ? done({ events: asWire(added.value) }) : added;
  }

  return {
    list,
    async refresh() {
      const signed = (await views()).filter(({ state }) => state.phase === 'signed');
      return enterLots(signed.flatMap(({ events, state }) => signedLots(events, state)));
    },
    async enter({ events, state }) {
      const { problems } = await enterLots(signedLots(events, state));
      for (const { code, path: place } of problems) log(`switching ledger ${place}: ${code}`);
    },
    record,
  };
}

/** By the time they were signed; audits signed in the same millisecond by their ids. */
function bySigning(a: SignedLot, b: SignedLot): number {
  const [left, right] = [`${a.lot.signed.at} ${a.lot.audit}`, `${b.lot.signed.at} ${b.lot.audit}`];
  return left < right ? -1 : left > right ? 1 : a.lot.signed.seq - b.lot.signed.seq;
}

function missing(events: readonly LedgerEvent[], lots: readonly SignedLot[]): readonly SignedLot[] {
  const known = new Set(
    events.flatMap((event) => (event.type === 'lot.decided' ? [event.data.signed.hash] : [])),
  );
  return lots.filter(({ event }) => !known.has(event.hash));
}

/** The entries of these lots, after an opening where there is none. Lots whose signature is broken are left out. */
function entriesFor(
  events: readonly LedgerEvent[],
  lots: readonly SignedLot[],
  at: string,
  broken: Problem[],
): LedgerEvent[] {
  const added: LedgerEvent[] = [];
  const add = (draft: LedgerDraft, actor: Actor): void => {
    added.push(...sealed([draft], [...events, ...added], actor, at));
  };
  for (const { vendor, project, event, lot } of lots) {
    if (judgeSignature(event, null, verifyEd25519) === 'broken') {
      broken.push(problem('ledger-signature-broken', { audit: lot.audit, seq: event.seq }));
      continue;
    }
    if (events.length + added.length === 0) {
      add({ type: 'ledger.opened', data: { vendor, project } }, event.actor);
    }
    add({ type: 'lot.decided', data: withStandings([...events, ...added], lot, event.actor) }, event.actor);
  }
  return added;
}

function sealed(
  drafts: readonly LedgerDraft[],
  events: readonly LedgerEvent[],
  actor: Actor,
  at: string,
): LedgerEvent[] {
  return sealEvents(drafts, events.at(-1) ?? null, { at, actor }, sha256Hex);
}

function asWire(events: readonly LedgerEvent[]): HostOutput<'ledgers.record'>['events'] {
  return events as unknown as HostOutput<'ledgers.record'>['events'];
}

function problem(code: string, params: Readonly<Record<string, string | number>>): Problem {
  return { code, severity: 'error', path: '', params };
}
