/**
 * Old findings in a new submission: where the label a finding was about is now. Vendors renumber labels, so an id
 * is believed only where the label still stands about where it stood.
 */
import { positionsOf } from '../model/frames.ts';
import { cuboidAt } from '../model/labelRow.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { Vec3 } from '../model/pose.ts';
import type { AuditState, Finding } from './state.ts';

/** A label of the same id further away than this, in metres, is another object. */
const sameIdMeters = 5;
/** The nearest label counts as the old one's successor up to here, in metres. */
const nearestMeters = 2;

export interface OldFinding {
  /** `<old audit>/<finding>`: how `finding.verified` names it. */
  readonly reference: string;
  readonly finding: Finding;
  /** Row of `cuboids` it is about now, or -1. */
  readonly row: number;
  /** Index of its frame in the new delivery, or -1 where the frame is gone. */
  readonly frame: number;
  readonly how: 'label' | 'track' | 'nearest' | 'none';
  /** Between the old centre and the new one, metres; null where either is unknown. */
  readonly distanceMeters: number | null;
}

/** Findings of the lot resubmitted that stood in the end, each with its place in the new delivery. */
export function findingsToVerify(old: AuditState, index: DeliveryIndex): OldFinding[] {
  const frames = positionsOf(index.delivery.frameIds);
  return old.findings
    .filter(({ status }) => status !== 'overturned' && status !== 'verified')
    .map((finding) => {
      const frame = frames.get(finding.frame) ?? -1;
      return { reference: `${old.audit}/${finding.id}`, finding, frame, ...place(finding, frame, index) };
    });
}

type Place = Pick<OldFinding, 'row' | 'how' | 'distanceMeters'>;

function place(finding: Finding, frame: number, index: DeliveryIndex): Place {
  const none: Place = { row: -1, how: 'none', distanceMeters: null };
  if (frame < 0) return none;
  const { frameStart } = index.labels.cuboids;
  const center = finding.evidence?.cuboid?.center ?? finding.missed?.center ?? null;
  const candidates = [];
  for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row += 1) {
    const cuboid = cuboidAt(index.labels, row);
    if (!cuboid.isUsable) continue;
    candidates.push({ row, cuboid, distanceMeters: center && distance(center, cuboid.center) });
  }
  const isNear = ({ distanceMeters }: { distanceMeters: number | null }): boolean =>
    distanceMeters === null || distanceMeters <= sameIdMeters;
  const byLabel = candidates.find(
    (it) => finding.label !== null && it.cuboid.id === finding.label && isNear(it),
  );
  const byTrack = candidates.find(
    (it) => finding.track !== null && it.cuboid.track === finding.track && isNear(it),
  );
  const nearest = candidates
    .filter((it) => it.distanceMeters !== null && it.distanceMeters <= nearestMeters)
    .sort((a, b) => a.distanceMeters! - b.distanceMeters!)[0];
  const found = byLabel ?? byTrack ?? nearest;
  if (!found) return none;
  const how = found === byLabel ? 'label' : found === byTrack ? 'track' : 'nearest';
  return { row: found.row, how, distanceMeters: found.distanceMeters };
}

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
