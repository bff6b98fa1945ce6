/**
 * A camera whose matrices are written outright: an orthographic one looking along a label's own axis, a perspective
 * one around a place, or one that counts image pixels. Axes are given in the space that is drawn.
 */
import { Camera, Matrix4 } from 'three';
import type { Ray } from '../../../shared/geometry/ray.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';

export interface Axes {
  readonly right: Vec3;
  readonly up: Vec3;
  /** Towards the viewer. */
  readonly back: Vec3;
}

export class ViewCamera extends Camera {
  #isPerspective = false;

  constructor() {
    super();
    this.matrixAutoUpdate = false;
    this.matrixWorldAutoUpdate = false;
  }

  /** Shows `width` x `height` metres around `center`, and `depth` metres before and behind it. */
  setOrthographic(center: Vec3, axes: Axes, width: number, height: number, depth: number): void {
    this.#place(center, axes);
    this.projectionMatrix.makeOrthographic(-width / 2, width / 2, height / 2, -height / 2, -depth, depth);
    this.projectionMatrixInverse.copy(this.projectionMatrix).invert();
    this.#isPerspective = false;
  }

  setPerspective(eye: Vec3, axes: Axes, tangent: number, aspect: number, near: number, far: number): void {
    this.#place(eye, axes);
    const top = near * tangent;
    this.projectionMatrix.makePerspective(-top * aspect, top * aspect, top, -top, near, far);
    this.projectionMatrixInverse.copy(this.projectionMatrix).invert();
    this.#isPerspective = true;
  }

  /** Image pixels: u to the right, v downwards; the picture's [left, top, right, bottom] fills the view. */
  setPixels(left: number, top: number, right: number, bottom: number): void {
    this.#place([0, 0, 0], pixelAxes);
    this.projectionMatrix.makeOrthographic(left, right, top, bottom, -1, 1);
    this.projectionMatrixInverse.copy(this.projectionMatrix).invert();
    this.#isPerspective = false;
  }

  /** The ray through a place of the view given in [-1, 1], y upwards; starts at the near plane. */
  rayAt(x: number, y: number): Ray {
    const near = unproject(this, x, y, -1);
    const far = unproject(this, x, y, 1);
    const direction: Vec3 = [far[0] - near[0], far[1] - near[1], far[2] - near[2]];
    const length = Math.hypot(...direction);
    return {
      origin: near,
      direction: [direction[0] / length, direction[1] / length, direction[2] / length],
    };
  }

  /** Place in the view, [-1, 1] both ways; null behind a perspective camera. */
  project([x, y, z]: Vec3): readonly [number, number] | null {
    const m = scratch.multiplyMatrices(this.projectionMatrix, this.matrixWorldInverse).elements;
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    if (this.#isPerspective && w <= 0) return null;
    return [
      (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w,
      (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w,
    ];
  }

  #place([x, y, z]: Vec3, { right, up, back }: Axes): void {
    this.matrixWorld.set(
      ...([right[0], up[0], back[0], x] as const),
      ...([right[1], up[1], back[1], y] as const),
      ...([right[2], up[2], back[2], z] as const),
      ...([0, 0, 0, 1] as const),
    );
    this.matrixWorldInverse.copy(this.matrixWorld).invert();
  }
}

const pixelAxes: Axes = { right: [1, 0, 0], up: [0, 1, 0], back: [0, 0, 1] };
const scratch = new Matrix4();

function unproject(camera: Camera, x: number, y: number, z: number): Vec3 {
  const m = scratch.multiplyMatrices(camera.matrixWorld, camera.projectionMatrixInverse).elements;
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  return [
    (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w,
    (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w,
    (m[2]! * x + m[6]! * y + m[10]! * z + m[14]!) / w,
  ];
}
