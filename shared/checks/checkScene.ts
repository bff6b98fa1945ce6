/** All checks over one scene: what its labels say, what its sweeps say of them, then each check by itself. */
import type { Problem, Result } from '../base/problem.ts';
import type { SweepRef } from '../model/delivery.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { Sweep } from '../model/sweep.ts';
import { checks } from './catalogue.ts';
import type { Check, ConclusionSink } from './contract.ts';
import type { CheckFinding } from './finding.ts';
import { graded, scoreOf } from './grade.ts';
import { lackOf } from './lacks.ts';
import type { CheckResults, CheckTally } from './results.ts';
import { scanScene } from './scan/scanScene.ts';
import { type CheckContext, type CheckScene, sceneOfLabels, withScan } from './scene.ts';
import { limitsInForce } from './settings.ts';
import { createSink, type SinkResults } from './sink.ts';
import { routeSystematic } from './systematic.ts';

/** Where the points come from; the same on disk and in a browser. */
export interface SweepSource {
  /** Decoded into a pooled buffer that `release` gives back. */
  read(sweep: SweepRef): Promise<Result<{ readonly sweep: Sweep; readonly problems: readonly Problem[] }>>;
  release(sweep: Sweep): void;
  readonly signal?: AbortSignal;
  /** Called after each frame. */
  onFrame?(): void;
}

/** Checks that are not switched off. */
export function checksInForce({ settings }: CheckContext): readonly Check[] {
  return checks.filter(({ id }) => !settings.off.includes(id));
}

/** Scene `at` of the delivery. Rejects with the signal's reason when aborted. */
export async function checkScene(
  index: DeliveryIndex,
  at: number,
  context: CheckContext,
  source: SweepSource,
): Promise<CheckResults> {
  const ofLabels = sceneOfLabels(index, at, context);
  const scene = withScan(ofLabels, await scanScene(ofLabels, source));
  return resultsOf(scene, checksInForce(context));
}

/** The checks over a scene whose sweeps were looked at already. */
export function resultsOf(scene: CheckScene, inForce: readonly Check[]): CheckResults {
  const ran: { readonly check: Check; readonly results: SinkResults }[] = [];
  const tallies: CheckTally[] = [];
  const nothing = { ran: 0, skipped: {}, measured: 0, findings: 0, hard: 0, explained: 0, excepted: 0 };
  for (const check of inForce) {
    const lack = lackOf(check, scene);
    if (lack !== null) {
      tallies.push({ ...nothing, id: check.id, version: check.version, skipped: { [lack]: 1 } });
      continue;
    }
    const sink = createSink(check, scene);
    check.run(scene, sink);
    ran.push({ check, results: sink.results() });
  }
  const { findings, explained } = routeSystematic(ran.flatMap(({ results }) => results.findings));
  for (const { check, results } of ran) {
    const own = findings.filter((finding) => finding.check === check.id);
    const hard = own.filter(({ grade }) => grade === 'hard').length;
    tallies.push({
      ...{ ...nothing, id: check.id, version: check.version, ran: 1, measured: results.measured },
      ...{ findings: own.length, hard, explained: explained.get(check.id) ?? 0, excepted: results.excepted },
    });
  }
  return {
    ...{ scenes: 1, frames: scene.frames.length, objects: scene.judged.length },
    checks: tallies,
    histograms: Object.fromEntries(ran.flatMap(({ results }) => [...results.histograms])),
    tallies: Object.fromEntries(
      ran.flatMap(({ check, results }) =>
        [...results.tallies].map(([key, count]) => [`${check.id} ${key}`, count]),
      ),
    ),
    findings: [...findings],
  };
}

/**
 * Adds what only the whole delivery shows. Call once, on the sum of all scenes (`addResults`); a shard is a part and is
 * not concluded.
 */
export function concludeResults(results: CheckResults, context: CheckContext): CheckResults {
  const added = checksInForce(context).flatMap((check) => conclusionsOf(check, results, context));
  const count = (check: string, isHard: boolean): number =>
    added.filter((one) => one.check === check && (!isHard || one.grade === 'hard')).length;
  return {
    ...results,
    checks: results.checks.map((tally) => ({
      ...tally,
      findings: tally.findings + count(tally.id, false),
      hard: tally.hard + count(tally.id, true),
    })),
    findings: [...results.findings, ...added],
  };
}

function conclusionsOf(check: Check, results: CheckResults, context: CheckContext): CheckFinding[] {
  if (!check.conclude || !results.checks.some(({ id, ran }) => id === check.id && ran > 0)) return [];
  const prefix = `${check.id} `;
  const totals = new Map(
    Object.entries(results.tallies).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
  const found: CheckFinding[] = [];
  const sink: ConclusionSink = {
    measure({ value, limitKey = 'all', limits, says = 'is', params = {} }) {
      const inForce = limits ?? limitsInForce(check, context.settings, limitKey);
      const grade = graded(value, inForce, check.quantity.wrong);
      if (grade === null) return;
      found.push({
        id: [check.id, says, limitKey].join('|'),
        ...{ check: check.id, version: check.version, grade: grade.grade, code: check.code },
        ...{ severity: 'minor', owner: 'vendor', scene: '', frame: '', object: null, track: null },
        ...{ camera: null, className: null, annotator: null, frames: 1, firstFrame: '', lastFrame: '' },
        ...{ limitKey, value, limit: grade.limit, score: scoreOf(grade, 1, 1), says },
        ...{ params: { ...params }, evidence: [], explained: 0 },
      });
    },
  };
  check.conclude(totals, sink);
  return found;
}
