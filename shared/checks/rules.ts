/** What the checks need to know of the agreement a delivery is judged by. `audit/checkRules.ts` makes it of a QA spec. */
import type { Vec3 } from '../model/pose.ts';
import type { FindingSeverity } from './contract.ts';

export interface CheckClass {
  /** The spec's own name, or the vendor's where the spec does not list it. */
  readonly name: string;
  readonly isListed: boolean;
  /** Mean length, width, height of the class in the spec, metres; null where it is not listed. */
  readonly typicalSize: Vec3 | null;
  /** Attributes every label of the class must have, each with the values it may take; null = any. */
  readonly requiredAttributes: readonly {
    readonly name: string;
    readonly values: readonly string[] | null;
  }[];
}

export interface CheckTolerance {
  readonly centerMeters: number;
  /** Along length, width, height. */
  readonly sizeMeters: Vec3;
  readonly yawRadians: number;
}

export interface CheckRules {
  classOf(vendorName: string): CheckClass;
  /** False for regions that are no object (DontCare). */
  isObject(vendorName: string): boolean;
  /** Unlisted classes are judged as well. */
  readonly takesUnlisted: boolean;
  /** Ground distance of the farthest label in scope, metres; null = no limit. */
  readonly maxRangeMeters: number | null;
  /** Whether a place of the frame's space lies in a zone that is not judged. */
  isIgnored(x: number, y: number): boolean;
  /** What the spec tolerates of a label of the class; null where it says nothing. `points` null = not counted. */
  tolerance(className: string, rangeMeters: number, size: Vec3, points: number | null): CheckTolerance | null;
  /** Severity of a defect code in the spec; `minor` where the spec does not list it. */
  severityOf(code: string): FindingSeverity;
  /** Below so many points only existence, class and coarse heading are judged. */
  readonly leastPoints: number;
}
