/**
 * All cuboids of a frame as one instanced draw, however many: twelve edges and a mark that shows the front. Poses
 * are written once a frame is shown; a change of selection or colour writes four bytes of one instance.
 */
import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  LineSegments,
  RawShaderMaterial,
} from 'three';
import { cornerSigns, cuboidEdges } from '../../../shared/geometry/cuboid.ts';
import type { CuboidColumns } from '../../../shared/model/labels.ts';
import { CuboidFlag } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { Rgb } from '../colourMaps.ts';

const vertexShader = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
in vec3 position;
in vec3 center;
in vec3 extent;
in vec4 rotation;
in vec4 tint;
out vec4 colour;
void main() {
  vec3 own = position * extent;
  vec3 turned = own + 2.0 * cross(rotation.xyz, cross(rotation.xyz, own) + rotation.w * own);
  gl_Position = projectionMatrix * viewMatrix * vec4(center + turned, 1.0);
  if (tint.a == 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  colour = tint;
}
`;

const fragmentShader = /* glsl */ `
precision mediump float;
in vec4 colour;
out vec4 pixel;
void main() {
  pixel = colour;
}
`;

const poseLength = 10;

/** Edges, a stem out of the front face and a chevron on the top that points forward; units of the cuboid's size. */
function baseLines(): Float32Array<ArrayBuffer> {
  const lines: number[] = [];
  for (const [from, to] of cuboidEdges) {
    for (const corner of [from, to]) lines.push(...cornerSigns[corner]!.map((sign) => sign / 2));
  }
  lines.push(0.5, 0, 0, 0.68, 0, 0);
  lines.push(0.28, 0.5, 0.5, 0.5, 0, 0.5, 0.28, -0.5, 0.5, 0.5, 0, 0.5);
  return Float32Array.from(lines);
}

export interface CuboidLines {
  readonly object: LineSegments;
  /** Instances drawn now. */
  readonly count: number;
  /** Shows the rows [from, to) of the columns, centres relative to `renderOrigin`; unusable rows are never drawn. */
  setRows(columns: CuboidColumns, from: number, to: number, renderOrigin: Vec3): void;
  /** Colour and opacity of one row; opacity 0 hides it. */
  setTint(row: number, colour: Rgb, opacity: number): void;
  dispose(): void;
}

export function createCuboidLines(): CuboidLines {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(baseLines(), 3));
  geometry.instanceCount = 0;
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    transparent: true,
    depthWrite: false,
  });
  const object = new LineSegments(geometry, material);
  object.frustumCulled = false;
  object.matrixAutoUpdate = false;
  object.matrixWorldAutoUpdate = false;
  object.renderOrder = 1;

  let capacity = 0;
  let first = 0;
  let count = 0;
  let poses = new InstancedInterleavedBuffer(new Float32Array(0), poseLength);
  let tints = new InstancedBufferAttribute(new Uint8Array(0), 4, true);

  function reserve(wanted: number): void {
    if (wanted <= capacity) return;
    capacity = Math.max(64, 2 ** Math.ceil(Math.log2(wanted)));
    // Attributes that are replaced would stay on the GPU until their geometry is disposed of.
    geometry.dispose();
    poses = new InstancedInterleavedBuffer(new Float32Array(capacity * poseLength), poseLength);
    poses.setUsage(DynamicDrawUsage);
    tints = new InstancedBufferAttribute(new Uint8Array(4 * capacity), 4, true);
    tints.setUsage(DynamicDrawUsage);
    geometry.setAttribute('center', new InterleavedBufferAttribute(poses, 3, 0));
    geometry.setAttribute('extent', new InterleavedBufferAttribute(poses, 3, 3));
    geometry.setAttribute('rotation', new InterleavedBufferAttribute(poses, 4, 6));
    geometry.setAttribute('tint', tints);
  }

  return {
    object,
    get count() {
      return count;
    },
    setRows(columns, from, to, renderOrigin) {
      reserve(Math.max(1, to - from));
      first = from;
      count = to - from;
      const out = poses.array;
      for (let row = from; row < to; row++) {
        const at = (row - from) * poseLength;
        const isUsable = (columns.flags[row]! & CuboidFlag.unusable) === 0;
        for (let axis = 0; axis < 3; axis++) {
          out[at + axis] = isUsable ? columns.center[3 * row + axis]! - renderOrigin[axis]! : 0;
          out[at + 3 + axis] = isUsable ? columns.size[3 * row + axis]! : 0;
        }
        for (let part = 0; part < 4; part++) out[at + 6 + part] = columns.rotation[4 * row + part]!;
      }
      poses.clearUpdateRanges();
      poses.addUpdateRange(0, count * poseLength);
      poses.needsUpdate = true;
      geometry.instanceCount = count;
      object.visible = count > 0;
    },
    setTint(row, colour, opacity) {
      const instance = row - first;
      if (instance < 0 || instance >= count) return;
      const bytes = tints.array;
      for (let channel = 0; channel < 3; channel++)
        bytes[4 * instance + channel] = Math.round(255 * colour[channel]!);
      bytes[4 * instance + 3] = Math.round(255 * opacity);
      tints.addUpdateRange(4 * instance, 4);
      tints.needsUpdate = true;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
