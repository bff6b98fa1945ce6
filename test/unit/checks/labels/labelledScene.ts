/** A delivery made label by label, and what one check says of it: what the tests of this room stand on. */
import defaultSpec from '../../../../assets/qa-spec.default.json' with { type: 'json' };
import { checkRules } from '../../../../shared/audit/checkRules.ts';
import { type QaSpec, qaSpecSchema } from '../../../../shared/audit/qaSpec.ts';
import type { Problem } from '../../../../shared/base/problem.ts';
import type { Check } from '../../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../../shared/checks/finding.ts';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import type { PriorsDocument } from '../../../../shared/checks/priors.ts';
import type { SceneScan } from '../../../../shared/checks/scan/sceneScan.ts';
import {
  type CheckContext,
  type CheckScene,
  sceneOfLabels,
  withScan,
} from '../../../../shared/checks/scene.ts';
import { type CheckSettings, shippedSettings } from '../../../../shared/checks/settings.ts';
import { shippedPriors } from '../../../../shared/checks/shippedPriors.ts';
import { createSink, type SinkResults } from '../../../../shared/checks/sink.ts';
import { quaternionFromYaw } from '../../../../shared/geometry/rotation.ts';
import type { Calibration, Delivery, Frame } from '../../../../shared/model/delivery.ts';
import type {
  AttributeSet,
  DeliveryIndex,
  LabelSource,
  LabelTable,
} from '../../../../shared/model/labels.ts';
import type { Mat4, Vec3 } from '../../../../shared/model/pose.ts';
import { LabelTableBuilder } from '../../../../shared/readers/labelTableBuilder.ts';
import { ProblemList } from '../../../../shared/readers/problemList.ts';

export interface MadeLabel {
  readonly frame?: number;
  readonly id: string;
  readonly className?: string;
  readonly track?: string;
  readonly center?: Vec3;
  readonly size?: Vec3;
  readonly yaw?: number;
  readonly attributes?: AttributeSet;
}

export interface MadeBox {
  readonly frame?: number;
  readonly id: string;
  readonly className?: string;
  readonly track?: string;
  readonly ltrb: readonly [number, number, number, number];
  readonly attributes?: AttributeSet;
}

export interface MadeScene {
  readonly frames?: number;
  readonly labels?: readonly MadeLabel[];
  readonly boxes?: readonly MadeBox[];
  readonly others?: readonly (LabelSource & {
    readonly labels?: readonly MadeLabel[];
    readonly boxes?: readonly MadeBox[];
  })[];
  /** One a frame; the vehicle stands where nothing is given. */
  readonly poses?: readonly Mat4[];
  readonly problems?: readonly Problem[];
  readonly space?: string;
  readonly sweepOf?: (frame: number) => string | null;
  readonly picture?: Pick<Calibration, 'width' | 'height'>;
}

export const car: Vec3 = [4.6, 1.95, 1.7];

export function tableOf(labels: readonly MadeLabel[], boxes: readonly MadeBox[], frames: number): LabelTable {
  const builder = new LabelTableBuilder(new ProblemList());
  for (const { frame = 0, id, className = 'car', track, center, size = car, yaw = 0, attributes } of labels) {
    builder.addCuboid({
      ...{ frame, id, className, track: track ?? null, center: center ?? [20, 0, 0.85], size },
      ...{ rotation: quaternionFromYaw(yaw), attributes: attributes ?? {}, path: 'labels.json' },
    });
  }
  for (const { frame = 0, id, className = 'car', track, ltrb, attributes } of boxes) {
    builder.addBox2d({
      ...{ frame, id, className, track: track ?? null, ltrb, camera: 0 },
      ...{ attributes: attributes ?? {}, path: 'labels.json' },
    });
  }
  return builder.build(frames);
}

export function indexOf(made: MadeScene): DeliveryIndex {
  const { frames: count = 1, labels = [], boxes = [], others = [], problems = [], poses } = made;
  const frames = Array.from({ length: count }, (_, index): Frame => {
    const sweep = made.sweepOf ? made.sweepOf(index) : null;
    return {
      ...{ id: String(index), scene: 0, index, space: made.space ?? 'lidar' },
      timestampNanos: String(1_700_000_000_000_000_000n + BigInt(index) * 100_000_000n),
      sweeps: sweep ? [{ root: 'sensors', path: sweep, lidar: 'top', encoding: 'pcd' }] : [],
      images: [{ root: 'sensors', path: `${index}.jpg`, camera: 0, calibration: 0, timestampNanos: null }],
      ...(poses && { worldFromSpace: poses[index]! }),
    };
  });
  const delivery: Delivery = {
    ...{ format: 'openlabel', scenes: [{ id: 'one', frameStart: 0, frameCount: count }], frames },
    frameIds: frames.map(({ id }) => id),
    ...{ lidars: [{ name: 'top' }], cameras: [{ name: 'front' }], labelFiles: ['labels.json'] },
    calibrations: [
      {
        camera: 0,
        model: { kind: 'pinhole', fx: 1000, fy: 1000, cx: 960, cy: 540, distortion: [] },
        cameraFromSpace: [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1],
        ...made.picture,
      },
    ],
  };
  return {
    ...{ delivery, labels: tableOf(labels, boxes, count), source: { name: 'vendor', kind: 'vendor' } },
    others: others.map(({ name, kind, labels: of = [], boxes: flat = [] }) => ({
      ...{ name, kind, labels: tableOf(of, flat, count) },
    })),
    problems,
  };
}

export interface Given {
  readonly spec?: (spec: QaSpec) => QaSpec;
  readonly settings?: Partial<CheckSettings>;
  readonly priors?: PriorsDocument;
  readonly scan?: (scene: CheckScene) => ScanUsed;
}

export function contextOf({ spec = (as) => as, settings, priors = shippedPriors }: Given = {}): CheckContext {
  return {
    rules: checkRules(spec(qaSpecSchema.parse(defaultSpec))),
    settings: { ...shippedSettings, ...settings },
    priors,
  };
}

export function sceneOf(made: MadeScene, given: Given = {}): CheckScene {
  const scene = sceneOfLabels(indexOf(made), 0, contextOf(given));
  return given.scan ? withScan(scene, given.scan(scene) as SceneScan) : scene;
}

/** What the checks of this room ask of a scan. */
type ScanUsed = Pick<SceneScan, 'inside' | 'shell'>;

/** A scan that says the same number of points of every row, or a row's own by its id. */
export function scanOf(points: number | Readonly<Record<string, number>>): NonNullable<Given['scan']> {
  return ({ index, rowFrom, rowTo }) => {
    const count = rowTo - rowFrom;
    const of = (row: number): number =>
      typeof points === 'number' ? points : (points[index.labels.cuboids.id.at(rowFrom + row)!] ?? 0);
    return {
      inside: Int32Array.from({ length: count }, (_, row) => of(row)),
      shell: new Int32Array(count),
    };
  };
}

export function measuredBy(check: Check, made: MadeScene, given: Given = {}): SinkResults {
  const scene = sceneOf(made, given);
  const lack = lackOf(check, scene);
  if (lack !== null) throw new Error(`skipped: ${lack}`);
  const sink = createSink(check, scene);
  check.run(scene, sink);
  return sink.results();
}

export function findingsOf(check: Check, made: MadeScene, given: Given = {}): CheckFinding[] {
  return measuredBy(check, made, given).findings.map(({ finding }) => finding);
}

/** The pose of a vehicle that stands at x, y of the world and faces along x. */
export function poseAt(x: number, y = 0): Mat4 {
  return [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, 0, 0, 0, 0, 1];
}
