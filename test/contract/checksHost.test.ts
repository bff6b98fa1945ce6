/** The automatic checks and what they lean on, through every host: run, kept, ended, learned from accepted lots. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJobRunner } from '../../electron/services/runJob.ts';
import { planOutcome } from '../../shared/audit/outcome.ts';
import type { QaSpec } from '../../shared/audit/qaSpec.ts';
import type { CheckFinding } from '../../shared/checks/finding.ts';
import { type CheckSettings, shippedSettings } from '../../shared/checks/settings.ts';
import { shippedPriors } from '../../shared/checks/shippedPriors.ts';
import type { Host, HostOutput, Progress } from '../../shared/host/contract.ts';
import { plainChoice } from '../../shared/host/shapes.ts';
import { defaultSpec, intake, judgeAll, lead, stateOf } from '../support/auditSteps.ts';
import { builtWorker } from '../support/builtWorker.ts';
import { makeCheckedDelivery } from '../support/checkedDelivery.ts';
import { type Reach, reachHost, reachKinds } from './hosts.ts';

/** Every label is a finding. */
const strict: CheckSettings = { ...shippedSettings, limits: { DUP: { all: { soft: -1, hard: null } } } };
const owner = { vendor: 'Northlight', project: '' };

async function opened(host: Host, folder: string): Promise<string> {
  return (await host.call('deliveries.open', { path: folder, sensorsPath: null })).delivery;
}

interface Run {
  readonly answer: HostOutput<'checks.run'>;
  readonly findings: readonly CheckFinding[];
}

async function run(host: Host, delivery: string, isFresh = false): Promise<Run> {
  const findings: CheckFinding[] = [];
  const onProgress = (progress: Progress): void => void findings.push(...(progress.findings ?? []));
  const asked = { delivery, spec: defaultSpec, settings: strict, ...owner, isFresh };
  return { answer: await host.call('checks.run', asked, { onProgress }), findings };
}

describe.each(reachKinds)('checks, %s', (kind) => {
  let reach: Reach;
  let folder: string;
  beforeAll(async () => {
    reach = await reachHost(kind);
    folder = makeCheckedDelivery(path.join(reach.folder, 'many'), {
      scenes: 6,
      frames: [5, 1],
      doubled: [2],
    });
  });
  afterAll(() => reach.close());

  test('findings come with the progress; the same run is not made twice, and a damaged one is made again', async () => {
    const host = reach.host();
    const delivery = await opened(host, folder);
    const first = await run(host, delivery);
    const { results, priors, problems } = first.answer;
    expect(results).toMatchObject({ scenes: 6, frames: 18 });
    expect(results.findings.length).toBeGreaterThan(18);
    expect(first.findings).toEqual(results.findings.filter(({ scene }) => scene !== ''));
    expect(priors).toMatchObject({ revision: shippedPriors.revision, learnedFrom: [] });
    expect(problems).toEqual([]);

    const kept = await run(host, delivery);
    expect([kept.answer.results, kept.findings]).toEqual([results, []]);
    const again = await run(host, delivery, true);
    expect(again.answer.results).toEqual(results);
    expect(again.findings).toEqual(first.findings);

    for (const entry of readdirSync(reach.services.data.cache, { recursive: true, withFileTypes: true })) {
      if (!entry.name.startsWith('checks-')) continue;
      const file = path.join(entry.parentPath, entry.name);
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, -100));
    }
    const anew = await run(host, delivery);
    expect([anew.answer.results, anew.findings]).toEqual([results, first.findings]);
  });

  test('a run that is ended answers no more', async () => {
    const host = reach.host();
    const delivery = await opened(host, folder);
    const ended = new AbortController();
    let said = 0;
    const asked = { delivery, spec: defaultSpec, settings: strict, ...owner, isFresh: true };
    const onProgress = (): void => {
      said++;
      ended.abort();
    };
    const call = host.call('checks.run', asked, { signal: ended.signal, onProgress });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    const before = said;
    await pause(300);
    expect(said).toBe(before);
  });

  test('a delivery that is not open is refused', async () => {
    await expect(run(reach.host(), 'nothing')).rejects.toMatchObject({
      problem: { code: 'delivery-not-open' },
    });
  });

  test('priors are the shipped ones until somebody edits them; who edits an old revision is refused', async () => {
    const host = reach.host();
    const other = { vendor: '../..\\evil\0 / CON', project: '华东 路测 🚗' };
    const shipped = await host.call('priors.read', other);
    expect(shipped).toEqual({ priors: shippedPriors, isLearned: false, path: null });
    const priors = { ...shippedPriors, classes: { car: shippedPriors.classes.car! } };
    const expectedRevision = shipped.priors.revision;
    const written = await host.call('priors.write', { ...other, expectedRevision, priors });
    expect(written.priors).toEqual({ ...priors, ...other, revision: expectedRevision + 1 });
    const read = await host.call('priors.read', other);
    expect(read).toMatchObject({ priors: written.priors, isLearned: true });
    expect(path.dirname(read.path!)).toBe(reach.services.data.priors);
    expect(path.basename(read.path!)).toMatch(/^[\p{L}\p{N}-]+\.json$/u);
    await expect(host.call('priors.write', { ...other, expectedRevision, priors })).rejects.toMatchObject({
      problem: { code: 'priors-moved-on' },
    });
    // However either name is spelled in case and white space.
    const same = await host.call('priors.read', { ...other, project: ' 华东  路测 🚗' });
    expect(same.path).toBe(read.path);
    expect((await host.call('priors.read', { ...other, project: '' })).isLearned).toBe(false);
  });

  test('priors that were edited into none are told with place and reason, and stay as they are', async () => {
    const host = reach.host();
    const other = { vendor: 'Damaged', project: 'x' };
    const expectedRevision = shippedPriors.revision;
    const { priors } = await host.call('priors.write', { ...other, expectedRevision, priors: shippedPriors });
    const { path: file } = await host.call('priors.read', other);
    const wrong = structuredClone(priors) as { classes: Record<string, unknown> };
    wrong.classes.car = { ...shippedPriors.classes.car, points: 'many' };
    for (const [text, place] of [
      ['{"schema":', 'JSON'],
      ['[]', 'JSON'],
      [JSON.stringify(wrong), 'classes/car/points'],
    ] as const) {
      writeFileSync(file!, text);
      const refused = {
        problem: {
          code: 'priors-damaged',
          path: file,
          place,
          params: { reason: expect.stringMatching(/./) },
        },
      };
      await expect(host.call('priors.read', other)).rejects.toMatchObject(refused);
      const again = host.call('priors.write', { ...other, expectedRevision, priors: shippedPriors });
      await expect(again).rejects.toMatchObject(refused);
      expect(readFileSync(file!, 'utf8')).toBe(text);
    }
    rmSync(file!);
    expect((await host.call('priors.read', other)).isLearned).toBe(false);
  });

  test('priors are learned from a lot once it is signed as accepted, and once only', async () => {
    const host = reach.host();
    const delivery = await opened(host, reach.delivery);
    const signed = await judged(host, delivery, [], true);
    const learned = await host.call('priors.learn', { audit: signed, delivery });
    const [lot] = learned.priors.learnedFrom;
    expect(lot).toMatchObject({ batch: intake.batch, cuboids: 30 });
    expect(learned.priors).toMatchObject({ vendor: 'Northlight', revision: shippedPriors.revision + 1 });
    expect((await host.call('priors.read', owner)).priors).toEqual(learned.priors);
    const { answer } = await run(host, delivery);
    expect(answer.priors.learnedFrom).toEqual([lot]);

    const refusedAs = async (audit: string, named = delivery): Promise<string> => {
      const call = host.call('priors.learn', { audit, delivery: named });
      const error = await call.then(
        () => null,
        (reason: unknown) => reason as { problem: { code: string } },
      );
      return error?.problem.code ?? 'not refused';
    };
    expect(await refusedAs(signed)).toBe('priors-learned-already');
    expect(await refusedAs(await judged(host, delivery, [], false))).toBe('priors-need-accepted');
    expect(await refusedAs(await judged(host, delivery, [0, 1, 2, 3], true))).toBe('priors-need-accepted');
    expect(await refusedAs(signed, await opened(host, folder))).toBe('delivery-is-another');
  });
});

/** Small enough for a lot of thirty: 8 units, none bad. */
const lotSpec: QaSpec = {
  ...defaultSpec,
  plans: [{ scheme: 'iso2859-1', severity: 'major', aql: '1.5', level: 'II', inspection: 'normal' }],
};

/** An audit with every unit judged, signed as its plan says. */
async function judged(
  host: Host,
  delivery: string,
  bad: readonly number[],
  isSigned: boolean,
): Promise<string> {
  const asked = { delivery, intake, spec: lotSpec, actor: lead, order: null };
  const { audit } = await host.call('audits.create', asked);
  await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
  const frozen = stateOf((await host.call('audits.open', { audit })).events);
  const drafts = judgeAll(frozen.sample!, bad);
  await host.call('audits.append', { audit, actor: lead, expectedSeq: frozen.seq, drafts });
  if (!isSigned) return audit;
  const outcome = planOutcome(stateOf((await host.call('audits.open', { audit })).events));
  const disposition = outcome.outcome === 'met' ? ('accept' as const) : ('not-accept' as const);
  await host.call('audits.sign', { audit, actor: lead, disposition, reason: '', outcome });
  return audit;
}

describe('threads', () => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost('direct');
  });
  afterAll(() => reach.close());

  test('however many share the scenes, the results are the same', async () => {
    const runJob = createJobRunner(await builtWorker());
    const folder = makeCheckedDelivery(path.join(reach.folder, 'shared'), {
      scenes: 7,
      frames: [6, 1, 9, 2],
      doubled: [0, 5, 6],
    });
    const cacheFolder = path.join(reach.folder, 'cache');
    mkdirSync(cacheFolder);
    const named = { path: folder, sensorsPath: null, choice: plainChoice, cacheFolder };
    const indexed = await runJob('index', named);
    if (!indexed.ok) throw new Error(indexed.problem.code);
    const { root, sensorsRoot, key } = indexed.value;
    const answers = [];
    for (const threads of [1, 2, 4]) {
      const roots = { root, sensorsRoot, cacheFolder, key };
      const setup = { spec: defaultSpec, settings: strict, priors: shippedPriors };
      const counted: number[] = [];
      const onProgress = ({ done, total }: Progress): void => void counted.push(done / total);
      const asked = { roots, setup, shard: null, threads, isFresh: true };
      const ran = await runJob('checks', asked, { onProgress });
      if (!ran.ok) throw new Error(ran.problem.code);
      answers.push(ran.value);
      expect(counted.at(-1)).toBe(1);
      expect(counted).toEqual(counted.toSorted((a, b) => a - b));
    }
    expect(answers[0]!.results.findings.length).toBeGreaterThan(25);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});
