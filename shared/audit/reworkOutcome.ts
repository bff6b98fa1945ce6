/**
 * What became of findings in a new submission, from the labels alone: each is fixed, remains, or was changed in a way
 * that only a person can judge; and what was changed although nobody had asked.
 */
import { groupedBy } from '../base/groupedBy.ts';
import { positionsOf } from '../model/frames.ts';
import { cuboidAt } from '../model/labelRow.ts';
import type { DeliveryIndex, LabelTable } from '../model/labels.ts';
import type { LabelChange, LabelChanges } from '../scoring/labelChanges.ts';
import { groundDistance, type LabelSets, overlapOf } from '../scoring/labelSets.ts';
import { correctionReached } from './correctionReached.ts';
import type { QaSpec } from './qaSpec.ts';
import type { Finding } from './state.ts';

export type FindingOutcome = 'fixed' | 'remaining' | 'unclear';

export interface ReworkOutcome {
  readonly findings: readonly { readonly finding: Finding; readonly outcome: FindingOutcome }[];
  /** Changes of labels that no finding is about. */
  readonly introduced: readonly LabelChange[];
}

/** A redelivery laid beside what it replaces: `index` is the old delivery. */
export interface Redelivery {
  readonly index: DeliveryIndex;
  readonly now: LabelTable;
  readonly sets: LabelSets;
  readonly diff: LabelChanges;
}

/** A new label this near to a place where one was missing is taken for it, metres on the ground. */
const missedMeters = 2;
/** Two labels of a class on one object. */
const duplicateOverlap = 0.5;
const duplicateMeters = 0.3;

export function reworkOutcome(
  redelivery: Redelivery,
  findings: readonly Finding[],
  spec: QaSpec | null,
): ReworkOutcome {
  const places = placesOf(redelivery);
  const asked = new Set<LabelChange>();
  const judged = findings.map((finding) => {
    const { outcome, changes } = judge(finding, places, redelivery, spec);
    for (const change of changes) asked.add(change);
    return { finding, outcome };
  });
  return { findings: judged, introduced: redelivery.diff.changes.filter((change) => !asked.has(change)) };
}

interface Places {
  readonly frames: ReadonlyMap<string, number>;
  /** Old position by `<frame index> <label id>`. */
  readonly old: ReadonlyMap<string, number>;
  readonly changesOfOld: ReadonlyMap<number, readonly LabelChange[]>;
  readonly nowOfOld: ReadonlyMap<number, number>;
}

function placesOf({ index, sets, diff }: Redelivery): Places {
  const { rows, frame } = sets.reference;
  const ids = Array.from(rows, (row, at) => [`${frame[at]} ${index.labels.cuboids.id.at(row)}`, at] as const);
  return {
    frames: positionsOf(index.delivery.frameIds),
    old: new Map(ids),
    changesOfOld: groupedBy(diff.changes, ({ old }) => old),
    nowOfOld: new Map(diff.pairs.map(({ reference, candidate }) => [reference, candidate])),
  };
}

interface Judged {
  readonly outcome: FindingOutcome;
  /** Changes that the finding asked for. */
  readonly changes: readonly LabelChange[];
}

function judge(finding: Finding, places: Places, redelivery: Redelivery, spec: QaSpec | null): Judged {
  const frame = places.frames.get(finding.frame);
  // Boxes in pictures are compared apart from cuboids; what became of one is for a person to see.
  if (finding.evidence?.box2d && !finding.evidence.cuboid) return { outcome: 'unclear', changes: [] };
  if (finding.missed) return judgeMissed(finding.missed.center, frame, redelivery);
  const old = frame === undefined ? undefined : places.old.get(`${frame} ${finding.label}`);
  if (old === undefined) return judgeTrack(finding, redelivery);
  const own = isOfTrack(finding) ? ofTrack(finding, redelivery) : (places.changesOfOld.get(old) ?? []);
  const now = places.nowOfOld.get(old);
  return { outcome: outcomeOf(finding, { old, now, own }, redelivery, spec), changes: own };
}

/** One label: its old position, its new one where it is still there, and what changed on it. */
interface Label {
  readonly old: number;
  readonly now: number | undefined;
  /** Of its whole track where the finding is about that. */
  readonly own: readonly LabelChange[];
}

function outcomeOf(
  finding: Finding,
  { old, now, own }: Label,
  redelivery: Redelivery,
  spec: QaSpec | null,
): FindingOutcome {
  const { code } = finding.defect;
  const isGone = now === undefined;
  switch (code) {
    case 'GHOST':
      return isGone ? 'fixed' : 'remaining';
    case 'DUP':
      return isGone || !hasDouble(redelivery.sets, now) ? 'fixed' : 'remaining';
    case 'CLS':
    case 'SUBCLS':
      return isGone || own.some(({ kind }) => kind === 'reclassified') ? 'fixed' : 'remaining';
    case 'POS':
    case 'DIM':
    case 'YAW':
    case 'FLIP':
    case 'TILT':
      if (isGone) return 'unclear';
      return geometryOutcome(finding, redelivery, now, own, spec);
    default:
      return own.length > 0 || attributesChanged(redelivery, old, now) ? 'unclear' : 'remaining';
  }
}

/** Against the box the auditor drew where there is one, else against what she measured. */
function geometryOutcome(
  finding: Finding,
  { now: table, sets }: Redelivery,
  now: number,
  own: readonly LabelChange[],
  spec: QaSpec | null,
): FindingOutcome {
  const { evidence, defect } = finding;
  if (evidence?.correction && spec) {
    const label = cuboidAt(table, sets.candidate.rows[now]!);
    if (correctionReached(evidence, label, spec)) return 'fixed';
  }
  const kinds: readonly string[] =
    defect.code === 'POS' || defect.code === 'DIM' ? ['moved', 'resized'] : ['turned'];
  const most = Math.max(0, ...own.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  if (most === 0) return defect.code === 'TILT' ? 'unclear' : 'remaining';
  if (defect.code === 'FLIP') return most > Math.PI / 2 ? 'fixed' : 'unclear';
  return 'unclear';
}

function hasDouble(sets: LabelSets, now: number): boolean {
  const { place, classIndex } = sets.candidate;
  const itself: LabelSets = { ...sets, reference: sets.candidate };
  return place.some((of, at) => {
    if (at === now || of !== place[now] || classIndex[at] !== classIndex[now]) return false;
    return groundDistance(itself, now, at) < duplicateMeters || overlapOf(itself, now, at) > duplicateOverlap;
  });
}

function attributesChanged({ index, now, sets }: Redelivery, old: number, at: number | undefined): boolean {
  if (at === undefined) return true;
  const text = (table: LabelTable, row: number): string =>
    JSON.stringify(table.attributeSets[table.cuboids.attributes[row]!]);
  return text(index.labels, sets.reference.rows[old]!) !== text(now, sets.candidate.rows[at]!);
}

function judgeMissed(
  center: readonly [number, number, number],
  frame: number | undefined,
  { sets, diff }: Redelivery,
): Judged {
  const { frame: frames, numbers } = sets.candidate;
  const near = diff.changes.find(({ kind, now }) => {
    if (kind !== 'added' || frames[now] !== frame) return false;
    return Math.hypot(numbers[7 * now]! - center[0], numbers[7 * now + 1]! - center[1]) <= missedMeters;
  });
  return { outcome: near ? 'fixed' : 'remaining', changes: near ? [near] : [] };
}

/** A finding on a track, or on a label that was not in the old delivery. */
function judgeTrack(finding: Finding, redelivery: Redelivery): Judged {
  const changes = ofTrack(finding, redelivery);
  return { outcome: changes.length > 0 || finding.track === null ? 'unclear' : 'remaining', changes };
}

/** Errors of a track are mended on any of its labels. */
function isOfTrack({ defect }: Finding): boolean {
  return ['IDSW', 'FRAG', 'MERGE', 'IDREUSE', 'GAP', 'LATE', 'EARLY', 'JIT'].includes(defect.code);
}

function ofTrack(finding: Finding, { index, sets, diff }: Redelivery): LabelChange[] {
  const track = finding.track === null ? -1 : index.labels.tracks.indexOf(finding.track);
  return track < 0 ? [] : diff.changes.filter(({ old }) => old >= 0 && sets.reference.track[old] === track);
}
