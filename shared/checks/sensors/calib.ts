/**
 * CALIB: extrinsics that are no rigid motion, lenses whose numbers cannot be, cameras that look elsewhere than their
 * 2D boxes say, and cameras that all their objects together show to be turned or shifted. Told once for each camera,
 * with what it made of the single labels.
 */

import { groupedBy } from '../../base/groupedBy.ts';
import { effectiveCalibration } from '../../geometry/imageCalibration.ts';
import { rayThroughPixel } from '../../geometry/lens.ts';
import { rigidDeviation, transformPoint } from '../../geometry/matrix.ts';
import { imageSizeOf } from '../../geometry/projector.ts';
import type { CameraModel } from '../../model/camera.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { median } from '../../scoring/boxResiduals.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { type CameraVerdict, cameraVerdicts, isSupported } from './cameraVerdicts.ts';
import { type CameraView, cameraViews, partnerRow } from './cameraViews.ts';
import { boxOf, isAtBorder } from './shownObjects.ts';

const degree = Math.PI / 180;
/** A shift is told by the angle it makes at this distance, metres. */
const leverMeters = 20;
/** Fewer boxes, or of fewer objects, do not show where a camera looks. */
const leastBoxes = 8;
const leastObjects = 5;
/** A turn stands out from what the fit itself may be off by. */
const leastErrors = 3;

export const calibCheck: Check = {
  id: 'CALIB',
  version: 1,
  looksAt: 'camera',
  needs: ['cameras'],
  code: 'CALIB',
  quantity: { unit: 'rad', wrong: 'above', range: [0, 0.2] },
  limits: {
    /** Of the axes from being square. */
    rigid: { soft: 1e-3, hard: 1e-2 },
    /** Of the optical axis from the picture's middle; half a turn for a lens that is none. */
    lens: { soft: 20 * degree, hard: 40 * degree },
    /** Between where a box is seen and where its cuboid stands, for half of them. */
    aim: { soft: 5 * degree, hard: 15 * degree },
    /** That all objects of the camera ask for. */
    turn: { soft: 0.4 * degree, hard: 1 * degree },
  },
  run(scene, sink) {
    measureStated(scene, sink);
    const verdicts = cameraVerdicts(scene);
    const aims = measureAim(scene, sink);
    for (const one of verdicts) if (!aims.has(one.camera)) measureVerdict(one, sink);
  },
};

/** What the numbers of each picture's calibration are, by themselves. */
function measureStated({ frames, scene, index }: CheckScene, sink: CheckSink): void {
  const lensSeen = new Set<number>();
  for (const [at, { images }] of frames.entries()) {
    for (const image of images) {
      const calibration = effectiveCalibration(index.delivery, image);
      if (!calibration) continue;
      const { camera } = image;
      const subject = { frame: scene.frameStart + at, camera, owner: 'data' } as const;
      const explains = { checks: ['PROJ'], camera } as const;
      const isNew = !lensSeen.has(image.calibration);
      if (isNew || image.cameraFromSpace) {
        const value = rigidDeviation(calibration.cameraFromSpace);
        const params = { deviation: Number(value.toPrecision(2)) };
        sink.measure({ ...subject, value, limitKey: 'rigid', says: 'rigid', params, explains });
      }
      const size = imageSizeOf(calibration);
      const value = isNew ? lensDeviation(calibration.model, size) : null;
      lensSeen.add(image.calibration);
      if (value === null) continue;
      const params = { degrees: Math.round(value / degree) };
      const says = value === Math.PI ? 'noLens' : 'lens';
      sink.measure({ ...subject, value, limitKey: 'lens', says, params, explains });
    }
  }
}

/** Radians; null for a model that is not known. */
function lensDeviation(model: CameraModel, size: readonly [number, number] | undefined): number | null {
  if (model.kind === 'unknown') return null;
  const { cx, cy } = model;
  const numbers =
    model.kind === 'f-theta'
      ? [cx, cy, ...model.angleToPixels, ...model.pixelsToAngle, ...model.linear]
      : [cx, cy, model.fx, model.fy, ...model.distortion];
  if (!numbers.every(Number.isFinite)) return Math.PI;
  const focal = model.kind === 'f-theta' ? (model.angleToPixels[1] ?? 0) : Math.min(model.fx, model.fy);
  if (!(focal > 0)) return Math.PI;
  if (!size) return 0;
  return Math.atan(Math.hypot(cx - size[0] / 2, cy - size[1] / 2) / focal);
}

/** Median over objects of the angle from box to cuboid, by camera; answers which cameras are beyond their limit. */
function measureAim(scene: CheckScene, sink: CheckSink): Set<number> {
  const off = new Set<number>();
  const { soft } = limitsInForce(calibCheck, scene.settings, 'aim');
  for (const [camera, views] of groupedBy(cameraViews(scene), (view) => view.camera)) {
    const angles = views.flatMap((view) => aimsOf(scene, view));
    const objects = groupedBy(angles, ({ object }) => object);
    if (angles.length < leastBoxes || objects.size < leastObjects) continue;
    const value = median([...objects.values()].map((of) => median(of.map(({ angle }) => angle))));
    if (soft !== null && value > soft) off.add(camera);
    sink.measure({
      ...{ frame: views[0]!.frame, camera, value, limitKey: 'aim', says: 'aim', owner: 'data' },
      params: { degrees: Math.round(value / degree), objects: objects.size },
      explains: { checks: ['PROJ'], camera },
    });
  }
  return off;
}

/** Of boxes that are not cut by the border: angle from the box's middle to the nearest that the cuboid reaches. */
function aimsOf(
  scene: CheckScene,
  view: CameraView,
): { readonly object: string | number; readonly angle: number }[] {
  const { center, size, track } = scene.index.labels.cuboids;
  const { model, cameraFromSpace } = view.calibration;
  return view.boxes.flatMap((box) => {
    const row = partnerRow(scene, box);
    const [left, top, right, bottom] = boxOf(scene, box);
    if (row < 0 || !scene.isJudged(row) || isAtBorder([left, top, right, bottom], view)) return [];
    const ray = rayThroughPixel(model, [(left + right) / 2, (top + bottom) / 2]);
    const at = 3 * row;
    const place = transformPoint(cameraFromSpace, [center[at]!, center[at + 1]!, center[at + 2]!]);
    if (!ray) return [];
    const distance = Math.hypot(...place);
    const radius = Math.hypot(size[at]!, size[at + 1]!, size[at + 2]!) / 2;
    const along = (ray[0] * place[0] + ray[1] * place[1] + ray[2] * place[2]) / distance;
    const apart = Math.acos(Math.min(1, Math.max(-1, along)));
    const angle = Math.max(0, apart - Math.atan2(radius, distance));
    return Number.isNaN(angle)
      ? []
      : [{ object: track[row] === NO_TRACK ? `row ${row}` : track[row]!, angle }];
  });
}

function measureVerdict(one: CameraVerdict, sink: CheckSink): void {
  const { camera, frame, verdict, summary } = one;
  const { fit, suspicion } = verdict;
  const subject = { frame, camera, limitKey: 'turn', owner: 'data' } as const;
  const explains = { checks: ['PROJ'], camera } as const;
  if (suspicion === 'inverted') {
    sink.measure({ ...subject, value: Math.PI, says: 'inverted', explains });
    return;
  }
  if (!fit) return;
  const isTurned = suspicion === 'calibration' || suspicion === 'sync-and-calibration';
  const isClear = fit.rotation.some((turn, at) => Math.abs(turn) > leastErrors * fit.rotationError[at]!);
  const turn = Math.hypot(...fit.rotation);
  const shift = Math.hypot(...fit.translation);
  const tenths = (radians: number): number => Math.round((10 * radians) / degree) / 10;
  sink.measure({
    ...subject,
    value: isTurned && isClear && isSupported(one) ? Math.max(turn, shift / leverMeters) : 0,
    says: shift > 0 ? 'shifted' : 'turned',
    params: {
      ...{ degrees: tenths(turn), x: tenths(fit.rotation[0]), y: tenths(fit.rotation[1]) },
      ...{ z: tenths(fit.rotation[2]), centimeters: Math.round(100 * shift) },
      objects: summary?.count ?? 0,
    },
    explains,
  });
}
