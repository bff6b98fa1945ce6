/**
 * Takes what a check measured: counts it, holds it against the limits in force, and makes findings of what lies
 * beyond. The same trouble of one object in frames one after the other is one finding, told where it is worst.
 */
import { NO_TRACK } from '../model/labels.ts';
import { annotatorOf } from './annotator.ts';
import type { Check, CheckSink, Measured } from './contract.ts';
import type { CheckFinding } from './finding.ts';
import { type Graded, graded, scoreOf } from './grade.ts';
import { addToHistogram, type HistogramCounts } from './histogram.ts';
import type { CheckScene } from './scene.ts';
import { isExcepted, limitsInForce } from './settings.ts';
import { finiteOrLargest, isDrawable, tellableParams } from './tellable.ts';

export interface SinkResults {
  readonly findings: readonly MadeFinding[];
  readonly histograms: ReadonlyMap<string, HistogramCounts>;
  readonly tallies: ReadonlyMap<string, number>;
  readonly measured: number;
  /** Findings that an exception took out. */
  readonly excepted: number;
}

/** A finding with what routes it: indices that the finding itself names by words. */
export interface MadeFinding {
  readonly finding: CheckFinding;
  /** First and last frame, index into `Delivery.frames`. */
  readonly span: readonly [number, number];
  readonly camera: number | null;
  readonly explains: Measured['explains'];
}

interface Hit extends Graded {
  readonly measured: Measured;
  readonly limitKey: string;
}

/** Frames without the trouble that may lie between two with it, for the two to be one finding. */
const mostBetween = 1;

export function createSink(check: Check, scene: CheckScene): CheckSink & { results(): SinkResults } {
  const hits = new Map<string, Hit[]>();
  const histograms = new Map<string, HistogramCounts>();
  const tallies = new Map<string, number>();
  let measuredCount = 0;
  return {
    measure(measured) {
      measuredCount++;
      const limitKey = measured.limitKey ?? 'all';
      addToHistogram(histograms, `${check.id} ${limitKey}`, check.quantity.range, measured.value);
      const limits = measured.limits ?? limitsInForce(check, scene.settings, limitKey);
      const grade = graded(finiteOrLargest(measured.value), limits, check.quantity.wrong);
      if (grade === null) return;
      const key = subjectOf(scene, measured);
      const known = hits.get(key);
      const hit = { ...grade, measured, limitKey };
      if (known) known.push(hit);
      else hits.set(key, [hit]);
    },
    tally(key, count = 1) {
      tallies.set(key, (tallies.get(key) ?? 0) + count);
    },
    results() {
      const made = [...hits.values()].flatMap((of) =>
        stretches(of).map((run) => findingOf(check, scene, run)),
      );
      const kept = made.filter(({ finding }) => !isExcepted(scene.settings, finding));
      return {
        ...{ findings: kept, histograms, tallies, measured: measuredCount },
        excepted: made.length - kept.length,
      };
    },
  };
}

/** What the hits of one stretch must share. */
function subjectOf(
  { index }: CheckScene,
  { frame, row, box2d, camera, track, subject, says = 'is' }: Measured,
): string {
  const of = track ?? (row === undefined ? NO_TRACK : index.labels.cuboids.track[row]!);
  if (subject !== undefined) return `subject ${subject} ${camera ?? ''} ${says}`;
  const lone = box2d !== undefined ? `box ${box2d}` : `frame ${frame}`;
  const who = of !== NO_TRACK ? `track ${of}` : row !== undefined ? `row ${row}` : lone;
  const isLone = of === NO_TRACK && row === undefined && camera !== undefined && box2d === undefined;
  return `${isLone ? 'camera' : who} ${camera ?? ''} ${says}`;
}

function stretches(hits: readonly Hit[]): Hit[][] {
  const runs: Hit[][] = [];
  for (const hit of hits.toSorted((a, b) => a.measured.frame - b.measured.frame)) {
    const run = runs.at(-1);
    const isNext = run && hit.measured.frame - run.at(-1)!.measured.frame <= 1 + mostBetween;
    if (isNext) run.push(hit);
    else runs.push([hit]);
  }
  return runs;
}

function findingOf(check: Check, scene: CheckScene, run: readonly Hit[]): MadeFinding {
  const worst = run.reduce((a, b) => (b.excess > a.excess ? b : a));
  const { measured } = worst;
  const { labels, delivery } = scene.index;
  const { row } = measured;
  const track = measured.track ?? (row === undefined ? NO_TRACK : labels.cuboids.track[row]!);
  const camera = measured.camera ?? null;
  const [first, last] = [run[0]!.measured.frame, run.at(-1)!.measured.frame];
  const nameOf = (frame: number): string => delivery.frameIds.at(frame)!;
  const frame = nameOf(measured.frame);
  const object =
    row !== undefined
      ? labels.cuboids.id.at(row)!
      : measured.box2d !== undefined
        ? labels.boxes2d.id.at(measured.box2d)!
        : null;
  const says = measured.says ?? 'is';
  const code = measured.code ?? check.code;
  const subject = track !== NO_TRACK ? labels.tracks[track]! : (object ?? measured.subject ?? '');
  const cameraName = camera === null ? null : delivery.cameras[camera]!.name;
  const finding: CheckFinding = {
    id: [check.id, says, scene.scene.id, frame, cameraName ?? '', subject].join('|'),
    ...{ check: check.id, version: check.version, grade: worst.grade, code },
    severity: worst.grade === 'hard' ? scene.rules.severityOf(code) : 'minor',
    owner: measured.owner ?? 'vendor',
    ...{ scene: scene.scene.id, frame, object },
    track: track === NO_TRACK ? null : labels.tracks[track]!,
    camera: cameraName,
    className: row === undefined ? null : scene.classes[labels.cuboids.classIndex[row]!]!.name,
    annotator: row === undefined ? null : annotatorOf(labels.attributeSets[labels.cuboids.attributes[row]!]!),
    frames: run.length,
    firstFrame: nameOf(first),
    lastFrame: nameOf(last),
    limitKey: worst.limitKey,
    ...{ value: finiteOrLargest(measured.value), limit: finiteOrLargest(worst.limit) },
    score: scoreOf(worst, run.length, measured.trust ?? 1),
    ...{ says, params: tellableParams(measured.params ?? {}), explained: 0 },
    evidence: (measured.evidence?.() ?? []).filter(isDrawable),
  };
  return { finding, span: [first, last], camera, explains: measured.explains };
}
