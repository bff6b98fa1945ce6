/** Known errors through every host: put in by who leads on labels that were not drawn, judged, and counted nowhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, EventDraft } from '../../shared/audit/events.ts';
import { planOutcome } from '../../shared/audit/outcome.ts';
import type { QaSpec } from '../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../shared/audit/state.ts';
import type { Host } from '../../shared/host/contract.ts';
import { defaultSpec, intake, lead, stateOf } from '../support/auditSteps.ts';
import { type Reach, reachHost, reachKinds } from './hosts.ts';

const auditor: Actor = { profile: 'p-ben', name: 'Ben', role: 'auditor' };
/** A plan that leaves most of thirty labels undrawn. */
const spec: QaSpec = {
  ...defaultSpec,
  plans: [{ scheme: 'iso2859-1', severity: 'major', level: 'S-1', aql: '6.5', inspection: 'normal' }],
};

async function stateIn(host: Host, audit: string): Promise<AuditState> {
  return stateOf((await host.call('audits.open', { audit })).events);
}

async function append(host: Host, audit: string, draft: EventDraft, actor: Actor): Promise<void> {
  const { seq } = await stateIn(host, audit);
  await host.call('audits.append', { audit, actor, expectedSeq: seq, drafts: [draft] });
}

describe.each(reachKinds)('known errors, %s', (kind) => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost(kind);
  });
  afterAll(() => reach.close());

  test('are put in by who leads, on labels outside the sample, and count nowhere', async () => {
    const host = reach.host();
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const asked = { delivery, intake, spec, actor: lead, order: null };
    const { audit } = await host.call('audits.create', asked);
    const wish = { audit, delivery, actor: lead, count: 4, mix: 'mixed' } as const;
    await expect(host.call('audits.setSeeds', wish)).rejects.toMatchObject({
      problem: { code: 'plan-not-frozen' },
    });
    await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
    await expect(host.call('audits.setSeeds', { ...wish, actor: auditor })).rejects.toMatchObject({
      problem: { code: 'seeds-need-lead' },
    });
    const { events } = await host.call('audits.setSeeds', wish);
    expect(events).toHaveLength(1);
    const state = await stateIn(host, audit);
    const drawn = new Set(state.sample!.labels.units.map(({ id }) => id));
    expect(state.seeds).toHaveLength(4);
    expect(state.seeds.filter(({ unit }) => drawn.has(unit))).toEqual([]);
    const before = planOutcome(state);

    const seed = state.seeds[0]!;
    const said = { seed: seed.id, verdict: 'accept', defects: [], durationMs: 4000 } as const;
    await append(host, audit, { type: 'seed.judged', data: { ...said, defects: [] } }, auditor);
    const judged = await stateIn(host, audit);
    expect(judged.seedVerdicts).toMatchObject([{ seed: seed.id, by: auditor, shown: seed }]);
    expect(planOutcome(judged)).toEqual(before);
    expect(judged.verdicts.size + judged.findings.length).toBe(0);

    await host.call('audits.setSeeds', { ...wish, count: 0 });
    const forged: EventDraft = { type: 'seeds.set', data: { seeds: [...state.seeds] } };
    await expect(append(host, audit, forged, lead)).rejects.toMatchObject({
      problem: { code: 'draft-not-allowed' },
    });
    const without = await stateIn(host, audit);
    expect(without.seeds).toEqual([]);
    // What was said of them stands.
    expect(without.seedVerdicts).toEqual(judged.seedVerdicts);
  });
});
