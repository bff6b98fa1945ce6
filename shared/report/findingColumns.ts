/** What lists say of a finding: its place and snapshot as text, one function a column. */
import type { MissedObject } from '../audit/events.ts';
import type { QaSpec } from '../audit/qaSpec.ts';
import { specDefect } from '../audit/specLookup.ts';
import type { Finding } from '../audit/state.ts';
import { yawFromQuaternion } from '../geometry/rotation.ts';
import type { Translate } from '../messages/translate.ts';
import type { Vec3 } from '../model/pose.ts';
import { correctionMeasures } from './corrections.ts';
import { measuredText } from './quantities.ts';

export type SpecLanguage = 'en' | 'zh';

/** The cuboid a finding is about: as the label stood, or as the auditor placed the missed object. */
export interface FindingBox {
  readonly center: Vec3;
  readonly size: Vec3;
  readonly yawRadians: number;
}

export function boxOf(finding: Finding): FindingBox | null {
  const cuboid = finding.evidence?.cuboid;
  if (cuboid) {
    return { center: cuboid.center, size: cuboid.size, yawRadians: yawFromQuaternion(cuboid.rotation) };
  }
  return finding.missed && boxOfMissed(finding.missed);
}

/** The box the auditor drew beside the label, which itself is never changed; null where none was drawn. */
export function proposedBox({ evidence }: Finding): FindingBox | null {
  const correction = evidence?.correction;
  if (!correction) return null;
  const { center, size, rotation } = correction;
  return { center, size, yawRadians: yawFromQuaternion(rotation) };
}

function boxOfMissed({ center, size, yaw }: MissedObject): FindingBox {
  return { center, size, yawRadians: yaw };
}

export interface ColumnContext {
  readonly translate: Translate;
  readonly spec: QaSpec | null;
  readonly language: SpecLanguage;
}

export type FindingColumn =
  | 'finding'
  | 'scene'
  | 'frame'
  | 'label'
  | 'track'
  | 'class'
  | 'centerX'
  | 'centerY'
  | 'centerZ'
  | 'length'
  | 'width'
  | 'height'
  | 'yaw'
  | 'source'
  | 'code'
  | 'meaning'
  | 'severity'
  | 'measured'
  | 'proposedX'
  | 'proposedY'
  | 'proposedZ'
  | 'proposedLength'
  | 'proposedWidth'
  | 'proposedHeight'
  | 'proposedYaw'
  | 'difference'
  | 'note'
  | 'picture'
  | 'status';

/** In the order lists show them. */
export const findingColumns: Readonly<
  Record<FindingColumn, (finding: Finding, context: ColumnContext) => string>
> = {
  finding: ({ id }) => id,
  scene: ({ scene }) => scene,
  frame: ({ frame }) => frame,
  label: ({ label }) => label ?? '',
  track: ({ track }) => track ?? '',
  class: ({ className }) => className ?? '',
  centerX: (finding) => meters(boxOf(finding)?.center[0]),
  centerY: (finding) => meters(boxOf(finding)?.center[1]),
  centerZ: (finding) => meters(boxOf(finding)?.center[2]),
  length: (finding) => meters(boxOf(finding)?.size[0]),
  width: (finding) => meters(boxOf(finding)?.size[1]),
  height: (finding) => meters(boxOf(finding)?.size[2]),
  yaw: (finding) => degrees(boxOf(finding)?.yawRadians),
  source: ({ source }, { translate }) => translate(`audit.source.${source}`),
  code: ({ defect }) => defect.code,
  meaning: ({ defect }, { spec, language }) => defectTitle(spec, defect.code, language),
  severity: ({ defect }, { translate }) => translate(`audit.severity.${defect.severity}`),
  measured: ({ defect }, { translate }) => (defect.measured ? measuredText(defect.measured, translate) : ''),
  proposedX: (finding) => meters(proposedBox(finding)?.center[0]),
  proposedY: (finding) => meters(proposedBox(finding)?.center[1]),
  proposedZ: (finding) => meters(proposedBox(finding)?.center[2]),
  proposedLength: (finding) => meters(proposedBox(finding)?.size[0]),
  proposedWidth: (finding) => meters(proposedBox(finding)?.size[1]),
  proposedHeight: (finding) => meters(proposedBox(finding)?.size[2]),
  proposedYaw: (finding) => degrees(proposedBox(finding)?.yawRadians),
  difference: ({ evidence }, { spec, translate }) =>
    correctionMeasures(evidence, spec)
      .map((measured) => measuredText(measured, translate))
      .join('; '),
  note: ({ defect }) => defect.note,
  picture: ({ evidence }) => (evidence?.picture ? `${evidence.picture}.png` : ''),
  status: ({ status }, { translate }) => translate(`audit.status.${status}`),
};

export const findingColumnNames = Object.keys(findingColumns) as FindingColumn[];

/** The spec's title of a defect; the code itself where the spec has none. */
export function defectTitle(spec: QaSpec | null, code: string, language: SpecLanguage): string {
  return (spec && specDefect(spec, code)?.title[language]) ?? code;
}

function meters(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(3);
}

function degrees(radians: number | undefined): string {
  return radians === undefined ? '' : ((radians * 180) / Math.PI).toFixed(1);
}
