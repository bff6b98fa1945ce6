/** Entries of the record as the review screen makes them: verdicts with their evidence, findings beside the unit. */
import type { DefectEntry, DrawnUnit, EventDraft, Evidence } from '../../../shared/audit/events.ts';
import type { DefectSeverity, QaSpec, SpecDefect } from '../../../shared/audit/qaSpec.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { FaceFinding } from './faceFindings.ts';
import type { Measured, UnitDraft } from './unitDraft.ts';

export type Verdict = Extract<EventDraft, { type: 'verdict.given' }>['data']['verdict'];

/** Codes that a face's gap is evidence for. */
const geometricCodes = new Set(['POS', 'DIM']);

/** Codes that are about an angle: among several measures by hand one of an angle says more than a length. */
const angularCodes = new Set(['YAW', 'FLIP', 'TILT']);

/**
 * What is measured for a code: what the auditor measured by hand, the last one in the code's own unit before the
 * last of any; else the worst face where the code is about geometry.
 */
export function measuredFor(
  code: string,
  worst: FaceFinding | null,
  byHand: UnitDraft['measures'],
): Measured {
  const unit = angularCodes.has(code) ? 'rad' : 'm';
  const measured = byHand.findLast((measure) => measure.unit === unit) ?? byHand.at(-1);
  if (measured) return measured;
  if (!worst || !geometricCodes.has(code)) return null;
  return {
    quantity: `${worst.face}-gap`,
    value: round(worst.meters),
    limit: worst.limitMeters === null ? null : round(worst.limitMeters),
    unit: 'm',
  };
}

export function defectEntry(
  defect: SpecDefect,
  severity: DefectSeverity | null,
  note: string,
  measured: Measured,
): DefectEntry {
  return { code: defect.code, severity: severity ?? defect.severity, note, measured };
}

/** Defects of the spec that a label can have, those with a digit first and in its order. */
export function labelDefects(spec: QaSpec, owner: SpecDefect['owner']): SpecDefect[] {
  const order = (defect: SpecDefect): number => (defect.digit === null ? 100 : defect.digit);
  return spec.defects
    .filter((defect) => defect.owner === owner && defect.where !== 'cell')
    .sort((a, b) => order(a) - order(b));
}

export interface EvidenceParts {
  readonly frame: number;
  readonly row: number | null;
  readonly box: number | null;
  readonly pointsInside: number | null;
  readonly pose: { readonly position: Vec3; readonly target: Vec3 } | null;
  readonly picture: string | null;
  readonly draft: Pick<UnitDraft, 'correction' | 'measures'>;
}

/** The label as it stands now, so that the finding survives a redelivery. */
export function evidenceOf(index: DeliveryIndex, parts: EvidenceParts): Evidence {
  const frame = index.delivery.frames.at(parts.frame)!;
  const cuboid = parts.row === null ? null : cuboidAt(index.labels, parts.row);
  const box = parts.box === null ? null : box2dAt(index.labels, parts.box);
  return {
    frame: frame.id,
    cuboid: cuboid?.isUsable
      ? {
          space: frame.space,
          className: cuboid.className,
          track: cuboid.track,
          center: [...cuboid.center],
          size: [...cuboid.size],
          rotation: [...cuboid.rotation],
          attributes: { ...cuboid.attributes },
          pointsInside: parts.pointsInside,
        }
      : null,
    box2d: box && {
      camera: index.delivery.cameras[box.camera]!.name,
      className: box.className,
      track: box.track,
      ltrb: [...box.ltrb],
      attributes: { ...box.attributes },
    },
    camera: parts.pose && { position: roundAll(parts.pose.position), target: roundAll(parts.pose.target) },
    picture: parts.picture,
    ...(parts.draft.correction ? { correction: parts.draft.correction } : {}),
    ...(parts.draft.measures.length > 0 ? { measures: [...parts.draft.measures] } : {}),
  };
}

export function verdictDraft(
  unit: DrawnUnit,
  verdict: Verdict,
  defects: readonly DefectEntry[],
  comment: string,
  evidence: Evidence | null,
  durationMs: number,
  isSecondLook: boolean,
): EventDraft {
  return {
    type: 'verdict.given',
    data: { unit: unit.id, verdict, defects: [...defects], comment, evidence, durationMs, isSecondLook },
  };
}

/** Millimetres are as fine as anything here is known. */
function round(meters: number): number {
  return Math.round(meters * 1000) / 1000;
}

function roundAll([x, y, z]: Vec3): [number, number, number] {
  return [round(x), round(y), round(z)];
}
