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
import { median } from '../../scoring/boxResiduals.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { type CameraVerdict, cameraVerdicts } from './cameraVerdicts.ts';
import { cameraViews, partnerRow } from './cameraViews.ts';

const degree = Math.PI / 180;
/** A shift is told by the angle it makes at this distance, metres. */
const leverMeters = 20;
/** Fewer boxes do not show where a camera looks. */
const leastBoxes = 8;
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
    turn: { soft: 0.3 * degree, hard: 1 * degree },
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

/** Median angle between box and cuboid, by camera; answers which cameras are beyond their limit. */
function measureAim(scene: CheckScene, sink: CheckSink): Set<number> {
  const { center } = scene.index.labels.cuboids;
  const { ltrb } = scene.index.labels.boxes2d;
  const off = new Set<number>();
  for (const [camera, views] of groupedBy(cameraViews(scene), (view) => view.camera)) {
    const angles: number[] = [];
    for (const { boxes, calibration } of views) {
      for (const box of boxes) {
        const row = partnerRow(scene, box);
        if (row < 0 || !scene.isJudged(row)) continue;
        const middle = [
          (ltrb[4 * box]! + ltrb[4 * box + 2]!) / 2,
          (ltrb[4 * box + 1]! + ltrb[4 * box + 3]!) / 2,
        ] as const;
        const ray = rayThroughPixel(calibration.model, middle);
        const place = transformPoint(calibration.cameraFromSpace, [
          center[3 * row]!,
          center[3 * row + 1]!,
          center[3 * row + 2]!,
        ]);
        if (!ray) continue;
        const along = (ray[0] * place[0] + ray[1] * place[1] + ray[2] * place[2]) / Math.hypot(...place);
        const angle = Math.acos(Math.min(1, Math.max(-1, along)));
        if (!Number.isNaN(angle)) angles.push(angle);
      }
    }
    if (angles.length < leastBoxes) continue;
    const value = median(angles);
    const { soft } = limitsInForce(calibCheck, scene.settings, 'aim');
    if (soft !== null && value > soft) off.add(camera);
    sink.measure({
      ...{ frame: views[0]!.frame, camera, value, limitKey: 'aim', says: 'aim', owner: 'data' },
      params: { degrees: Math.round(value / degree), boxes: angles.length },
      explains: { checks: ['PROJ'], camera },
    });
  }
  return off;
}

function measureVerdict({ camera, frame, verdict, summary }: CameraVerdict, sink: CheckSink): void {
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
    value: isTurned && isClear ? Math.max(turn, shift / leverMeters) : 0,
    says: shift > 0 ? 'shifted' : 'turned',
    params: {
      ...{ degrees: tenths(turn), x: tenths(fit.rotation[0]), y: tenths(fit.rotation[1]) },
      ...{ z: tenths(fit.rotation[2]), centimeters: Math.round(100 * shift) },
      objects: summary?.count ?? 0,
    },
    explains,
  });
}
