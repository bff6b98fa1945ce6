/** Whose labels are judged, through every host: chosen at opening, remembered, and written into the record. */
import { renameSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainChoice } from '../../shared/host/contract.ts';
import { defaultSpec, intake, lead, stateOf } from '../support/auditSteps.ts';
import { framesPerScene, makeTwoSources, people, program } from '../support/twoSources.ts';
import { type Reach, reachHost, reachKinds } from './hosts.ts';

const ofProgram = { ...plainChoice, labels: program.name };
const countOf = ({ carsPerFrame }: { carsPerFrame: number }) => carsPerFrame * framesPerScene;

/** Code and parameters of the problem that a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  const { problem } = error as { problem: { code: string; params?: unknown } };
  return [problem.code, problem.params];
}

describe.each(reachKinds)('label sources, %s', (kind) => {
  let reach: Reach;
  let both: string;
  beforeAll(async () => {
    reach = await reachHost(kind);
    both = makeTwoSources(path.join(reach.folder, 'two'));
  });
  afterAll(() => reach.close());

  const open = (named: Partial<{ path: string; choice: typeof plainChoice }>) =>
    reach.host('tab').call('deliveries.open', { path: both, sensorsPath: null, ...named });

  test('the chosen one is judged and counted, the other stays; the choice is remembered until another', async () => {
    const plain = await open({});
    expect(plain.choice).toEqual(plainChoice);
    expect(plain.sources.map(({ name }) => name)).toEqual([people.name, program.name]);
    expect(plain.counts.cuboids).toBe(countOf(people));
    const chosen = await open({ choice: ofProgram });
    expect(chosen.sources.map(({ name }) => name)).toEqual([program.name, people.name]);
    expect(chosen.counts.cuboids).toBe(countOf(program));
    const again = await open({});
    expect(again.choice).toEqual(ofProgram);
    expect(again.sources).toEqual(chosen.sources);
    expect((await open({ choice: plainChoice })).counts.cuboids).toBe(countOf(people));
    expect((await open({})).choice).toEqual(plainChoice);
  });

  test('a source nobody has is refused, and not remembered', async () => {
    const wrong = open({ choice: { ...plainChoice, labels: 'nobody' } });
    const names = `${people.name}, ${program.name}`;
    expect(await refusal(wrong)).toEqual(['label-source-unknown', { name: 'nobody', names }]);
    expect((await open({})).choice).toEqual(plainChoice);
  });

  test('what it was compared with is forgotten once it is gone', async () => {
    const before = makeTwoSources(path.join(reach.folder, 'before'), { withProgram: false });
    const compared = await open({ choice: { ...plainChoice, comparePath: before } });
    expect(compared.sources.at(-1)).toMatchObject({ name: 'before', kind: 'earlier' });
    expect((await open({})).sources).toEqual(compared.sources);
    renameSync(before, `${before} away`);
    const alone = await open({});
    expect(alone.choice.comparePath).toBeNull();
    expect(alone.sources).toHaveLength(2);
  });

  test('an audit is stamped with the source it judges, and nothing is drawn from another', async () => {
    const host = reach.host('auditor');
    const named = { path: both, sensorsPath: null };
    const { delivery } = await host.call('deliveries.open', { ...named, choice: ofProgram });
    const asked = { delivery, intake, spec: defaultSpec, actor: lead, order: null };
    const { audit, events } = await host.call('audits.create', asked);
    expect(stateOf(events).delivery).toMatchObject({ source: program.name, cuboids: countOf(program) });

    const other = await host.call('deliveries.open', { ...named, choice: plainChoice });
    const frozen = { audit, delivery: other.delivery, actor: lead, reason: null };
    const refused = ['source-is-another', { source: program.name }];
    expect(await refusal(host.call('audits.freezePlan', frozen))).toEqual(refused);
    const attached = { audit, delivery: other.delivery, actor: lead };
    expect(await refusal(host.call('audits.attach', attached))).toEqual(refused);
    await host.call('audits.freezePlan', { ...frozen, delivery });
    const { sample } = stateOf((await host.call('audits.open', { audit })).events);
    expect(sample!.labels.population).toBe(countOf(program));
  });
});
