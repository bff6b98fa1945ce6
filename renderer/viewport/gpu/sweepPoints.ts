/**
 * One sweep on the GPU: its bytes as one interleaved buffer, drawn whole, or only the part near a label by an index
 * into the same buffer. The window's copy of the bytes goes back to the worker once the GPU has them.
 */
import {
  BufferAttribute,
  BufferGeometry,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  type Material,
  Matrix4,
  Points,
} from 'three';
import { multiply } from '../../../shared/geometry/matrix.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import type { LoadedSweep } from '../../workers/protocol.ts';

export interface SweepPoints {
  readonly whole: Points;
  /** The part named by `setNear`; empty until then. */
  readonly near: Points;
  readonly loaded: LoadedSweep;
  readonly bytes: number;
  /** Places the points relative to `renderOrigin` (frame's space less that origin). */
  place(renderOrigin: Vec3): void;
  setNear(indices: Uint32Array<ArrayBuffer>): void;
  dispose(): void;
}

const translation = ([x, y, z]: Vec3, sign: 1 | -1): Mat4 => [
  ...[1, 0, 0, sign * x],
  ...[0, 1, 0, sign * y],
  ...[0, 0, 1, sign * z],
  ...[0, 0, 0, 1],
];

const nothing = new Float32Array(0);
const noBytes = new Uint8Array(0);

/** `giveBack` gets the sweep's own buffer as soon as it is uploaded. */
export function createSweepPoints(
  loaded: LoadedSweep,
  spaceFromPoints: Mat4 | null,
  materials: { readonly whole: Material; readonly near: Material },
  giveBack: (buffer: ArrayBuffer) => void,
): SweepPoints {
  const { sweep } = loaded;
  const rows = sweep.interleaved.subarray(0, sweep.count * sweep.strideFloats);
  const interleaved = new InterleavedBuffer(rows, sweep.strideFloats);
  const members = new BufferAttribute(loaded.membership, 1);
  interleaved.onUpload(() => {
    interleaved.array = nothing;
    giveBack(sweep.interleaved.buffer);
  });
  const classes = loaded.pointClasses && new BufferAttribute(loaded.pointClasses, 1);
  classes?.onUpload(() => {
    classes.array = noBytes;
  });
  members.onUpload(() => {
    members.array = noBytes;
  });

  const fill = (geometry: BufferGeometry): void => {
    geometry.setAttribute('position', new InterleavedBufferAttribute(interleaved, 3, sweep.position));
    if (sweep.intensity >= 0) {
      geometry.setAttribute('intensity', new InterleavedBufferAttribute(interleaved, 1, sweep.intensity));
    }
    geometry.setAttribute('member', members);
    if (classes) geometry.setAttribute('pointClass', classes);
  };
  const wholeGeometry = new BufferGeometry();
  fill(wholeGeometry);
  wholeGeometry.setDrawRange(0, sweep.count);
  const whole = prepared(new Points(wholeGeometry, materials.whole));
  const near = prepared(new Points(new BufferGeometry(), materials.near));
  near.visible = false;

  const dropNear = (): void => {
    // The two geometries share their attributes; only the index is the near part's own.
    for (const name of Object.keys(near.geometry.attributes)) near.geometry.deleteAttribute(name);
    near.geometry.dispose();
  };

  return {
    whole,
    near,
    loaded,
    bytes: sweep.count * (4 * sweep.strideFloats + 1),
    place(renderOrigin) {
      const toSpace = spaceFromPoints
        ? multiply(multiply(translation(renderOrigin, -1), spaceFromPoints), translation(sweep.origin, 1))
        : translation(
            [
              sweep.origin[0] - renderOrigin[0],
              sweep.origin[1] - renderOrigin[1],
              sweep.origin[2] - renderOrigin[2],
            ],
            1,
          );
      for (const points of [whole, near]) {
        points.matrixWorld.copy(rowMajor(toSpace));
      }
    },
    setNear(indices) {
      dropNear();
      const geometry = new BufferGeometry();
      fill(geometry);
      geometry.setIndex(new BufferAttribute(indices, 1));
      near.geometry = geometry;
      near.visible = indices.length > 0;
    },
    dispose() {
      dropNear();
      wholeGeometry.dispose();
      // A sweep that was never drawn still holds the worker's buffer.
      if (interleaved.array.length > 0) giveBack(sweep.interleaved.buffer);
    },
  };
}

/** Drawn where we say, culled by nobody: its matrices are written by `place`. */
function prepared(points: Points): Points {
  points.frustumCulled = false;
  points.matrixAutoUpdate = false;
  points.matrixWorldAutoUpdate = false;
  return points;
}

const scratch = new Matrix4();

export function rowMajor(m: Mat4): Matrix4 {
  return scratch.fromArray(m as number[]).transpose();
}
