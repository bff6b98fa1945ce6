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

/** What is known of each point only once somebody asks for it: one attribute each, `itemSize` bytes a point. */
const lateAttributes = {
  /** 1 = the point is ground. */
  ground: { itemSize: 1, isNormalized: false },
  /** Red, green, blue of the pixel that sees the point; alpha 255 where none does. */
  picture: { itemSize: 4, isNormalized: true },
} as const;
export type LateAttribute = keyof typeof lateAttributes;

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
  /**
   * Places the points relative to `renderOrigin` (frame's space less that origin). `follow` moves those near the label
   * once more, within the frame's space: along with an object that moves; null = they stand with the others.
   */
  place(renderOrigin: Vec3, follow?: Mat4 | null): void;
  /** Gives the points what was found out later. Once: it follows from the sweep and its frame, which do not change. */
  setLate(name: LateAttribute, bytes: Uint8Array<ArrayBuffer>): void;
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
  const late = new Set<LateAttribute>();
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
    bytes: sweep.count * (4 * sweep.strideFloats + 2 + (loaded.pointClasses ? 1 : 0)),
    place(renderOrigin, follow = null) {
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
      const nearToSpace = follow
        ? multiply(
            multiply(multiply(translation(renderOrigin, -1), follow), translation(renderOrigin, 1)),
            toSpace,
          )
        : toSpace;
      for (const { whole, near } of parts) {
        whole.matrixWorld.copy(rowMajor(toSpace));
        near.matrixWorld.copy(rowMajor(nearToSpace));
      }
    },
    setLate(name, bytes) {
      if (late.has(name)) return;
      late.add(name);
      for (const part of parts) part.setLate(name, bytes);
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
  { sweep, membership, instances, pointClasses }: LoadedSweep,
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
  const byteAttribute = (
    bytes: Uint8Array<ArrayBuffer>,
    itemSize = 1,
    isNormalized = false,
  ): BufferAttribute => {
    const own = bytes.subarray(itemSize * first, itemSize * (first + count));
    const attribute = new BufferAttribute(own, itemSize, isNormalized);
    attribute.onUpload(() => {
      attribute.array = noBytes;
    });
    return attribute;
  };
  const members = byteAttribute(membership);
  const objects = byteAttribute(instances);
  const classes = pointClasses && byteAttribute(pointClasses);
  const late = new Map<LateAttribute, BufferAttribute>();
  const fill = (geometry: BufferGeometry): void => {
    const { position, intensity, ring, time = -1 } = sweep;
    geometry.setAttribute('position', new InterleavedBufferAttribute(interleaved, 3, position));
    for (const [name, offset] of [
      ['intensity', intensity],
      ['ring', ring],
      ['seconds', time],
    ] as const) {
      if (offset >= 0) geometry.setAttribute(name, new InterleavedBufferAttribute(interleaved, 1, offset));
    }
    geometry.setAttribute('member', members);
    geometry.setAttribute('instance', objects);
    if (classes) geometry.setAttribute('pointClass', classes);
    for (const [name, attribute] of late) geometry.setAttribute(name, attribute);
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
    setLate(name: LateAttribute, bytes: Uint8Array<ArrayBuffer>): void {
      const { itemSize, isNormalized } = lateAttributes[name];
      const attribute = byteAttribute(bytes, itemSize, isNormalized);
      const { index } = near.geometry;
      late.set(name, attribute);
      wholeGeometry.setAttribute(name, attribute);
      if (index) near.geometry.setAttribute(name, attribute);
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
