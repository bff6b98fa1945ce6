/** The switching ledgers through every host: entered by signing, made up by refreshing, added to by people. */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDispatch } from '../../electron/services/dispatch.ts';
import { createServices } from '../../electron/services/services.ts';
import { createDirectHost } from '../../electron/transports/directHost.ts';
import type { Actor, Intake } from '../../shared/audit/events.ts';
import { type LedgerEvent, parseLedgerEvent } from '../../shared/audit/ledgerEvents.ts';
import { foldLedger } from '../../shared/audit/ledgerFold.ts';
import type { LedgerState } from '../../shared/audit/ledgerState.ts';
import { planOutcome } from '../../shared/audit/outcome.ts';
import type { QaSpec } from '../../shared/audit/qaSpec.ts';
import type { Problem } from '../../shared/base/problem.ts';
import type { Host } from '../../shared/host/contract.ts';
import { defaultSpec, intake, judgeAll, lead, stateOf } from '../support/auditSteps.ts';
import { builtWorker } from '../support/builtWorker.ts';
import { type Reach, reachHost, reachKinds } from './hosts.ts';

const auditor: Actor = { ...lead, role: 'auditor' };
const major = { sample: 'labels', severity: 'major' } as const;
/** Small enough for a lot of thirty: 8 units, none bad. */
const spec: QaSpec = {
  ...defaultSpec,
  plans: [{ scheme: 'iso2859-1', severity: 'major', aql: '1.5', level: 'II', inspection: 'normal' }],
};

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  const { problem } = (error ?? {}) as { problem?: Problem };
  if (!problem) throw new Error(`no problem but ${String(error)}`);
  return problem;
}

function parsed(json: unknown): LedgerEvent {
  const event = parseLedgerEvent(json);
  if (!event.ok) throw new Error(event.problem.code);
  return event.value;
}

interface Listed {
  readonly ledger: string;
  readonly state: LedgerState;
  readonly events: readonly LedgerEvent[];
  readonly problem: Problem | null;
}

async function ledgersOf(host: Host): Promise<Listed[]> {
  const { ledgers } = await host.call('ledgers.list', {});
  return ledgers.map(({ ledger, events, problem }) => {
    const own = events.map(parsed);
    return { ledger, state: foldLedger(own)!, events: own, problem: problem as Problem | null };
  });
}

/** An audit from intake to signature. */
async function signLot(host: Host, reach: Reach, about: Partial<Intake>, bad: readonly number[] = []) {
  const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
  const { audit } = await host.call('audits.create', {
    delivery,
    intake: { ...intake, ...about },
    spec,
    actor: lead,
    order: null,
  });
  await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
  const frozen = stateOf((await host.call('audits.open', { audit })).events);
  const drafts = judgeAll(frozen.sample!, bad);
  await host.call('audits.append', { audit, actor: lead, expectedSeq: frozen.seq, drafts });
  const outcome = planOutcome(stateOf((await host.call('audits.open', { audit })).events));
  const disposition = outcome.outcome === 'met' ? ('accept' as const) : ('not-accept' as const);
  await host.call('audits.sign', { audit, actor: lead, disposition, reason: '', outcome });
  return audit;
}

describe.each(reachKinds)('ledgers, %s', (kind) => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost(kind);
  });
  afterAll(() => reach.close());

  test('signing enters the lot, once, in the ledger of its vendor and project', async () => {
    const host = reach.host();
    expect(await ledgersOf(host)).toEqual([]);
    const first = await signLot(host, reach, { project: 'Urban' });
    const second = await signLot(host, reach, { project: ' urban ', batch: 'batch 8' }, [0, 1, 2, 3]);
    await signLot(host, reach, { project: 'Highway' });
    const ledgers = await ledgersOf(host);
    expect(ledgers.map(({ state }) => state.project).sort()).toEqual(['Highway', 'Urban']);
    const urban = ledgers.find(({ state }) => state.project === 'Urban')!;
    const { rows } = urban.state.series.find(({ series }) => series.sample === 'labels')!;
    expect(rows.map(({ entry }) => entry.kind === 'lot' && entry.lot.audit)).toEqual([first, second]);
    expect(rows.map(({ score }) => score)).toEqual([2, 0]);
    expect(rows.map(({ entry }) => entry.kind === 'lot' && entry.decision.isAccepted)).toEqual([true, false]);
    expect(await host.call('ledgers.refresh', {})).toEqual({ entered: 0, problems: [] });
  });

  test('what is missing is made up for in the order it was signed', async () => {
    const host = reach.host();
    const before = await ledgersOf(host);
    rmSync(reach.services.data.ledgers, { recursive: true });
    const [one, other] = await Promise.all([
      host.call('ledgers.refresh', {}),
      reach.host().call('ledgers.refresh', {}),
    ]);
    expect(one.entered + other.entered).toBe(3);
    const after = await ledgersOf(host);
    const story = ({ state }: Listed) =>
      state.series.map(({ rows }) => rows.map(({ after: to, score, entry }) => [to, score, entry]));
    expect(after.map(story)).toEqual(before.map(story));
    expect(new Set(after.map(({ ledger }) => ledger))).toEqual(new Set(before.map(({ ledger }) => ledger)));
  });

  test('a lead enters steps with a reason, on the ledger she has seen', async () => {
    const host = reach.host();
    const { ledger, state } = (await ledgersOf(host)).find(({ state: { project } }) => project === 'Urban')!;
    const step = { type: 'state.set', data: { series: major, state: 'tightened', reason: 'complaints' } };
    const asked = { ledger, actor: lead, expectedSeq: state.seq, step };
    expect((await problemOf(host.call('ledgers.record', { ...asked, actor: auditor }))).code).toBe(
      'ledger-needs-lead',
    );
    expect((await problemOf(host.call('ledgers.record', { ...asked, expectedSeq: 1 }))).code).toBe(
      'ledger-moved-on',
    );
    expect((await problemOf(host.call('ledgers.record', { ...asked, ledger: '../audits' }))).code).toBe(
      'ledger-unknown',
    );
    const forged = { type: 'ledger.opened', data: { vendor: 'x', project: '' } };
    expect((await problemOf(host.call('ledgers.record', { ...asked, step: forged }))).code).toBe(
      'draft-not-allowed',
    );
    // Two at once: one is in, the other has not seen it.
    const answers = await Promise.allSettled([
      host.call('ledgers.record', asked),
      reach.host().call('ledgers.record', asked),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const moved = (await ledgersOf(host)).find((one) => one.ledger === ledger)!;
    expect(moved.state.series.find(({ series }) => series.sample === 'labels')!.state).toBe('tightened');
    expect(moved.state.seq).toBe(state.seq + 1);
  });

  test('a torn write is set aside; a damaged line leaves the ledger to be read only', async () => {
    const host = reach.host();
    const { ledger, state } = (await ledgersOf(host)).find(({ state: { project } }) => project === 'Urban')!;
    const folder = path.join(reach.services.data.ledgers, ledger);
    const file = path.join(folder, 'events.jsonl');
    const whole = readFileSync(file, 'utf8');
    appendFileSync(file, '{"actor":{"name":"Lin');
    expect((await ledgersOf(host)).find((one) => one.ledger === ledger)!.problem).toBeNull();
    const step = { type: 'production.observed', data: { isSteady: true, reason: 'visited' } };
    const asked = { ledger, actor: lead, step };
    await host.call('ledgers.record', { ...asked, expectedSeq: state.seq });
    expect(readFileSync(path.join(folder, 'events.broken-1.jsonl'), 'utf8')).toBe('{"actor":{"name":"Lin');
    expect(readFileSync(file, 'utf8').startsWith(whole)).toBe(true);
    const changed = readFileSync(file, 'utf8').replace('complaints', 'compliments');
    writeFileSync(file, changed);
    const damaged = (await ledgersOf(host)).find((one) => one.ledger === ledger)!;
    expect(damaged.problem).toMatchObject({ code: 'ledger-damaged', params: { line: state.seq } });
    expect(damaged.state.seq).toBe(state.seq - 1);
    const refused = await problemOf(host.call('ledgers.record', { ...asked, expectedSeq: state.seq - 1 }));
    expect(refused.code).toBe('ledger-damaged');
    // A lot is signed all the same, and the refresh says why it is not in.
    await signLot(host, reach, { project: 'Urban', batch: 'batch 9' });
    const { entered, problems } = await host.call('ledgers.refresh', {});
    expect([entered, problems.map(({ code }) => code)]).toEqual([0, ['ledger-damaged']]);
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });
});

describe('ledgers of several processes and machines', () => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost('direct');
  });
  afterAll(() => reach.close());

  test('two programs on one data folder enter every lot once and keep the chain whole', async () => {
    const other = await createServices({
      home: reach.services.data.root,
      workerFile: await builtWorker(),
      roots: null,
      log: () => undefined,
    });
    const there = createDirectHost(createDispatch(other), 'there');
    const here = reach.host('here');
    const lots = 6;
    for (let lot = 0; lot < lots; lot++) {
      await signLot(lot % 2 === 0 ? here : there, reach, { vendor: 'Two', batch: `b${lot}` });
    }
    rmSync(reach.services.data.ledgers, { recursive: true });
    const answers = await Promise.all(
      [here, there, here, there].map((host) => host.call('ledgers.refresh', {})),
    );
    expect(answers.reduce((sum, { entered }) => sum + entered, 0)).toBe(lots);
    const [ledger] = await ledgersOf(there);
    expect(ledger!.problem).toBeNull();
    expect(ledger!.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(readdirSync(path.join(reach.services.data.ledgers, ledger!.ledger))).toEqual(['events.jsonl']);
    await other.close();
  });

  test('a bundle brought to another machine is entered there by a refresh', async () => {
    const here = reach.host('carrier');
    const audit = await signLot(here, reach, { vendor: 'Carried' });
    const kind = 'bundle' as const;
    const asked = { audit, actor: lead, kind, folder: null, language: 'en' as const, withPictures: false };
    const bundle = (await here.call('audits.export', asked)).path;
    const services = await createServices({
      home: path.join(reach.folder, 'elsewhere'),
      workerFile: await builtWorker(),
      roots: null,
      log: () => undefined,
    });
    const there = createDirectHost(createDispatch(services), 'there');
    await there.call('audits.importBundle', { path: bundle, actor: lead });
    expect(existsSync(services.data.ledgers)).toBe(false);
    expect(await there.call('ledgers.refresh', {})).toEqual({ entered: 1, problems: [] });
    expect((await ledgersOf(there))[0]!.state).toMatchObject({ vendor: 'Carried' });
    await services.close();
  });
});
