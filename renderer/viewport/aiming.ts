/** Where the views of points look when something else is shown. */
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { cellOrbit } from './cellLook.ts';
import type { EngineView } from './engineContract.ts';
import type { Shown } from './shown.ts';
import { CloseView } from './views/closeView.ts';
import { birdsEye } from './views/contextView.ts';
import { ImageView } from './views/imageView.ts';

export interface Aim {
  readonly shown: Shown;
  /** What was on screen until now; null for a view's first picture. */
  readonly before: Shown | null;
  /** The label in the drawn space. */
  readonly label: CuboidShape | null;
  /** The sensor's own place and its place on the ground, in the drawn space. */
  readonly sensor: Vec3;
  readonly sensorOnGround: Vec3;
}

/** Close views stand on the label; the 3D view eases to it, and jumps only where everything is another. */
export function aimView(view: EngineView, { shown, before, label, sensor, sensorOnGround }: Aim): void {
  if (view instanceof ImageView) return;
  if (view instanceof CloseView) {
    view.show(label && { shape: label, toleranceMeters: shown.toleranceMeters });
    return;
  }
  const isFirst = before === null;
  if (isFirst) view.orbit = { ...birdsEye, distance: label ? 55 : 90 };
  if (shown.cell) view.orbit = cellOrbit(shown.cell, sensorOnGround);
  else if (label) view.lookAt(label.center, performance.now(), !isFirst);
  else if (isFirst || before.frame !== shown.frame) view.lookAt(sensor, performance.now(), false);
}
