/** The targeted queue through every host: drawn by the host alone, picked by anybody, and apart from the sample. */
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

describe.each(reachKinds)('the targeted queue, %s', (kind) => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost(kind);
  });
  afterAll(() => reach.close());

  test('is drawn by points, range, class and a file, with chances that add up to what was asked for', async () => {
    const host = reach.host();
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const asked = { delivery, intake, spec, actor: lead, order: null };
    const { audit } = await host.call('audits.create', asked);
    await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
    const before = planOutcome(await stateIn(host, audit));
    const wish = { audit, delivery, actor: auditor, count: 3, reason: 'doubtful' };
    for (const by of ['points', 'range', 'class'] as const) {
      await host.call('audits.drawTargets', { ...wish, weights: { kind: by } });
    }
    const { unit } = [...(await stateIn(host, audit)).targets.values()][0]!.target;
    const file = { file: 'doubt.csv', text: `unit,weight\n"${unit}",1000000\n*,1\n` };
    await host.call('audits.drawTargets', { ...wish, weights: file });
    const state = await stateIn(host, audit);
    expect(state.targetDraws.map(({ weights }) => weights)).toEqual([
      'points',
      'range',
      'class',
      'doubt.csv',
    ]);
    expect(new Set(state.targetDraws.map(({ seed }) => seed)).size).toBe(4);
    for (const { seq, population, populationHash } of state.targetDraws) {
      expect(population).toBe(state.sample!.labels.population);
      expect(populationHash).toBe(state.sample!.labels.populationHash);
      expect([...state.targets.values()].filter((queued) => queued.seq === seq)).toHaveLength(3);
    }
    // What the file wants seen before all else comes with certainty.
    const last = [...state.targets.values()].filter(({ seq }) => seq === state.targetDraws.at(-1)!.seq);
    expect(last.find(({ target }) => target.unit === unit)?.target.probability).toBe(1);
    expect(planOutcome(state)).toEqual(before);
    const unreadable = { ...wish, weights: { file: 'odd.csv', text: 'unit,weight\na,heavy\n' } };
    await expect(host.call('audits.drawTargets', unreadable)).rejects.toMatchObject({
      problem: { code: 'weights-file-unreadable' },
    });
  });

  test('takes what is picked and judged from screens, but no chances', async () => {
    const host = reach.host();
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const asked = { delivery, intake, spec, actor: lead, order: null };
    const { audit } = await host.call('audits.create', asked);
    await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
    const wish = { audit, delivery, actor: auditor, count: 1, reason: 'doubtful' };
    await host.call('audits.drawTargets', { ...wish, weights: { kind: 'range' } });
    const { target } = [...(await stateIn(host, audit)).targets.values()][0]!;
    const [draw] = (await stateIn(host, audit)).targetDraws;
    const { seq: _seq, by: _by, at: _at, ...stated } = draw!;
    const forged: EventDraft = {
      type: 'targets.queued',
      data: { targets: [{ ...target, id: 'mine' }], draw: stated },
    };
    await expect(append(host, audit, forged, auditor)).rejects.toMatchObject({
      problem: { code: 'draft-not-allowed' },
    });
    const picked = { ...target, id: 'mine', source: 'auditor', probability: null } as const;
    await append(host, audit, { type: 'targets.queued', data: { targets: [picked], draw: null } }, auditor);
    const removal: EventDraft = { type: 'target.removed', data: { target: 'mine', reason: 'is a tree' } };
    await append(host, audit, removal, auditor);
    expect([...(await stateIn(host, audit)).targets.keys()]).toEqual([target.id]);
  });
});
