/**
 * One sweep on the GPU: its bytes as one interleaved buffer, drawn whole, or only the part near a label by an index
 * into the same buffer. A sweep of millions is cut into parts that are uploaded one after another; the worker has put
 * its points in such an order that the first parts alone already show all of it, only thinner. The window's copy of
 * the bytes goes back to the worker once the GPU has them.
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
import { type LoadedSweep, pointsAPart } from '../../workers/protocol.ts';

export interface SweepPart {
  readonly whole: Points;
  /** The points named by `setNear`; empty until then. */
  readonly near: Points;
  readonly isUploaded: boolean;
}

export interface SweepPoints {
  readonly parts: readonly SweepPart[];
  readonly loaded: LoadedSweep;
  readonly bytes: number;
  /** Places the points relative to `renderOrigin` (frame's space less that origin). */
  place(renderOrigin: Vec3): void;
  /** Indices of points, ascending. */
  setNear(indices: Uint32Array<ArrayBuffer>): void;
  dispose(): void;
}

export interface SweepMaterials {
  readonly whole: Material;
  readonly near: Material;
}

const translation = ([x, y, z]: Vec3, sign: 1 | -1): Mat4 => [
  ...[1, 0, 0, sign * x],
  ...[0, 1, 0, sign * y],
  ...[0, 0, 1, sign * z],
  ...[0, 0, 0, 1],
];

/** `giveBack` gets the sweep's own buffer as soon as all of it is uploaded. */
export function createSweepPoints(
  loaded: LoadedSweep,
  spaceFromPoints: Mat4 | null,
  materials: SweepMaterials,
  giveBack: (buffer: ArrayBuffer) => void,
): SweepPoints {
  const { sweep } = loaded;
  let waiting = Math.max(1, Math.ceil(sweep.count / pointsAPart));
  const parts = Array.from({ length: waiting }, (_, at) =>
    createPart(loaded, at * pointsAPart, materials, () => {
      waiting--;
      if (waiting === 0) giveBack(sweep.interleaved.buffer);
    }),
  );
  return {
    parts,
    loaded,
    bytes: sweep.count * (4 * sweep.strideFloats + 1 + (loaded.pointClasses ? 1 : 0)),
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
      for (const { whole, near } of parts) {
        for (const points of [whole, near]) points.matrixWorld.copy(rowMajor(toSpace));
      }
    },
    setNear(indices) {
      let from = 0;
      for (const [at, part] of parts.entries()) {
        const end = (at + 1) * pointsAPart;
        let to = from;
        while (to < indices.length && indices[to]! < end) to++;
        part.setNear(indices.subarray(from, to), at * pointsAPart);
        from = to;
      }
    },
    dispose() {
      for (const part of parts) part.dispose();
      // A sweep that was never drawn whole still holds the worker's buffer.
      if (waiting > 0) giveBack(sweep.interleaved.buffer);
    },
  };
}

const nothing = new Float32Array(0);
const noBytes = new Uint8Array(0);

function createPart(
  { sweep, membership, pointClasses }: LoadedSweep,
  first: number,
  materials: SweepMaterials,
  onUploaded: () => void,
) {
  const count = Math.max(0, Math.min(pointsAPart, sweep.count - first));
  const stride = sweep.strideFloats;
  const rows = sweep.interleaved.subarray(first * stride, (first + count) * stride);
  const interleaved = new InterleavedBuffer(rows, stride);
  let isUploaded = false;
  interleaved.onUpload(() => {
    interleaved.array = nothing;
    if (isUploaded) return;
    isUploaded = true;
    onUploaded();
  });
  const byteAttribute = (bytes: Uint8Array<ArrayBuffer>): BufferAttribute => {
    const attribute = new BufferAttribute(bytes.subarray(first, first + count), 1);
    attribute.onUpload(() => {
      attribute.array = noBytes;
    });
    return attribute;
  };
  const members = byteAttribute(membership);
  const classes = pointClasses && byteAttribute(pointClasses);
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
  wholeGeometry.setDrawRange(0, count);
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
    get isUploaded() {
      return isUploaded;
    },
    setNear(indices: Uint32Array<ArrayBuffer>, offset: number): void {
      dropNear();
      const geometry = new BufferGeometry();
      fill(geometry);
      const own = offset === 0 ? indices : indices.map((index) => index - offset);
      geometry.setIndex(new BufferAttribute(own, 1));
      near.geometry = geometry;
      near.visible = indices.length > 0;
    },
    dispose(): void {
      dropNear();
      wholeGeometry.dispose();
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
