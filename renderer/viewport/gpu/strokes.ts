/**
 * Lines of a stated width in pixels, solid or dashed: the selected label, its tolerance shell, measures, cell
 * borders. Each is an instanced quad that the GPU turns towards the viewer; every view draws all of its strokes in
 * one call and leaves out those meant for others. For the few lines that matter: hundreds, not thousands.
 */
import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  RawShaderMaterial,
  Vector2,
} from 'three';
import type { Rgb } from '../colourMaps.ts';

/** Which views a stroke shows in; add them up. */
export const StrokeView = {
  top: 1,
  side: 8,
  end: 16,
  /** All three close views. */
  close: 25,
  context: 2,
  image: 4,
  everywhere: 31,
} as const;

const vertexShader = /* glsl */ `
precision highp float;
precision highp int;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 viewport;
uniform float pixelRatio;
uniform int view;
in vec2 position;
in vec3 start;
in vec3 end;
in vec4 tint;
in vec3 style;
out vec4 colour;
out float along;
out float across;
flat out float dash;
flat out float halfLine;
void main() {
  colour = tint;
  dash = style.y * pixelRatio;
  vec4 a = viewMatrix * vec4(start, 1.0);
  vec4 b = viewMatrix * vec4(end, 1.0);
  bool isPerspective = projectionMatrix[3][3] == 0.0;
  const float near = -0.05;
  bool isHidden = (int(style.z) & view) == 0 || (isPerspective && a.z > near && b.z > near);
  if (isPerspective && a.z > near) a = mix(a, b, (near - a.z) / (b.z - a.z));
  if (isPerspective && b.z > near) b = mix(b, a, (near - b.z) / (a.z - b.z));
  vec4 clipA = projectionMatrix * a;
  vec4 clipB = projectionMatrix * b;
  vec2 pixelA = (clipA.xy / clipA.w) * viewport * 0.5;
  vec2 pixelB = (clipB.xy / clipB.w) * viewport * 0.5;
  vec2 way = pixelB - pixelA;
  float span = length(way);
  vec2 forward = span > 1e-4 ? way / span : vec2(1.0, 0.0);
  vec2 aside = vec2(-forward.y, forward.x);
  halfLine = max(style.x * pixelRatio, 1.0) * 0.5;
  // Half a pixel more on each side, in which the line fades out: smooth edges without multisampling.
  float halfWidth = halfLine + 0.5;
  // Ends reach half a width further, so that corners close.
  float reach = position.x * (span + 2.0 * halfLine) - halfLine;
  vec2 pixel = pixelA + forward * reach + aside * position.y * halfWidth;
  along = reach;
  across = position.y * halfWidth;
  vec4 clip = position.x < 0.5 ? clipA : clipB;
  gl_Position = isHidden ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(pixel / (viewport * 0.5) * clip.w, clip.z, clip.w);
  if (!isPerspective) gl_Position.z = 0.0;
}
`;

const fragmentShader = /* glsl */ `
precision mediump float;
in vec4 colour;
in float along;
in float across;
flat in float dash;
flat in float halfLine;
out vec4 pixel;
void main() {
  if (dash > 0.0 && mod(along, 2.0 * dash) > dash) discard;
  pixel = vec4(colour.rgb, colour.a * clamp(halfLine + 0.5 - abs(across), 0.0, 1.0));
}
`;

export interface StrokeStyle {
  readonly colour: Rgb;
  readonly opacity?: number;
  /** CSS pixels. */
  readonly width?: number;
  /** Length of a dash and of a gap, CSS pixels; 0 = solid. */
  readonly dash?: number;
  /** Sum of `StrokeView`. */
  readonly views?: number;
}

const strokeLength = 13;

export interface Strokes {
  readonly object: Mesh;
  readonly count: number;
  /** Takes all strokes away. */
  clear(): void;
  /** Keeps the first `most` strokes: what was drawn after them takes its leave, to be drawn anew. */
  keepFirst(most: number): void;
  /** Adds one from (ax, ay, az) to (bx, by, bz). */
  add(ax: number, ay: number, az: number, bx: number, by: number, bz: number, style: StrokeStyle): void;
  /** Tells the shader which view draws next and its size in device pixels. */
  use(view: number, width: number, height: number, pixelRatio: number): void;
  dispose(): void;
}

export function createStrokes(): Strokes {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute(
    'position',
    new BufferAttribute(new Float32Array([0, -1, 1, -1, 1, 1, 0, -1, 1, 1, 0, 1]), 2),
  );
  geometry.instanceCount = 0;
  const viewport = new Vector2(1, 1);
  const uniforms = { viewport: { value: viewport }, pixelRatio: { value: 1 }, view: { value: 1 } };
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms,
    transparent: true,
    depthTest: false,
    depthWrite: false,
    // The quad's winding follows the line's direction, and image views count y downwards.
    side: 2,
  });
  const object = new Mesh(geometry, material);
  object.frustumCulled = false;
  object.matrixAutoUpdate = false;
  object.matrixWorldAutoUpdate = false;
  object.renderOrder = 2;
  let capacity = 0;
  let count = 0;
  let data = new InstancedInterleavedBuffer(new Float32Array(0), strokeLength);

  function reserve(wanted: number): void {
    if (wanted <= capacity) return;
    const before = data.array;
    capacity = Math.max(64, 2 * capacity, wanted);
    geometry.dispose();
    const grown = new Float32Array(capacity * strokeLength);
    grown.set(before as Float32Array);
    data = new InstancedInterleavedBuffer(grown, strokeLength);
    data.setUsage(DynamicDrawUsage);
    geometry.setAttribute('start', new InterleavedBufferAttribute(data, 3, 0));
    geometry.setAttribute('end', new InterleavedBufferAttribute(data, 3, 3));
    geometry.setAttribute('tint', new InterleavedBufferAttribute(data, 4, 6));
    geometry.setAttribute('style', new InterleavedBufferAttribute(data, 3, 10));
  }
  reserve(64);

  function keepFirst(most: number): void {
    count = Math.min(count, most);
    geometry.instanceCount = count;
    object.visible = count > 0;
  }

  return {
    object,
    get count() {
      return count;
    },
    clear: () => keepFirst(0),
    keepFirst,
    add(ax, ay, az, bx, by, bz, style) {
      reserve(count + 1);
      const out = data.array;
      const at = count * strokeLength;
      out[at] = ax;
      out[at + 1] = ay;
      out[at + 2] = az;
      out[at + 3] = bx;
      out[at + 4] = by;
      out[at + 5] = bz;
      out[at + 6] = style.colour[0];
      out[at + 7] = style.colour[1];
      out[at + 8] = style.colour[2];
      out[at + 9] = style.opacity ?? 1;
      out[at + 10] = style.width ?? 1.5;
      out[at + 11] = style.dash ?? 0;
      out[at + 12] = style.views ?? StrokeView.everywhere;
      count++;
      geometry.instanceCount = count;
      object.visible = true;
      data.needsUpdate = true;
    },
    use(view, width, height, pixelRatio) {
      uniforms.view.value = view;
      uniforms.pixelRatio.value = pixelRatio;
      viewport.set(width, height);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
