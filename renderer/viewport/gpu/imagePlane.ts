/** A camera picture as a textured quad, and lidar points laid over it by depth. Coordinates are image pixels. */
import {
  BufferAttribute,
  BufferGeometry,
  type DataTexture,
  GLSL3,
  LinearFilter,
  Mesh,
  NoColorSpace,
  Points,
  RawShaderMaterial,
  Texture,
} from 'three';
import type { ProjectedPoints } from '../../workers/protocol.ts';

const quadVertex = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 size;
in vec2 position;
out vec2 place;
void main() {
  place = position;
  gl_Position = projectionMatrix * viewMatrix * vec4(position * size - 0.5, 0.0, 1.0);
}
`;

const quadFragment = /* glsl */ `
precision mediump float;
uniform sampler2D picture;
uniform float strength;
uniform float brightness;
uniform float contrast;
uniform vec3 background;
in vec2 place;
out vec4 pixel;
void main() {
  // Contrast turns about middle grey; brightness before it, so that a dark picture is lifted and then spread.
  vec3 seen = clamp((texture(picture, place).rgb * brightness - 0.5) * contrast + 0.5, 0.0, 1.0);
  pixel = vec4(mix(background, seen, strength), 1.0);
}
`;

const pointsVertex = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform float pointPixels;
uniform float farthest;
uniform sampler2D ramp;
in vec3 position;
out vec3 colour;
void main() {
  gl_Position = projectionMatrix * viewMatrix * vec4(position.xy, 0.0, 1.0);
  gl_PointSize = pointPixels;
  colour = texture(ramp, vec2(1.0 - clamp(sqrt(position.z / farthest), 0.002, 0.998), 0.5)).rgb;
}
`;

const pointsFragment = /* glsl */ `
precision mediump float;
in vec3 colour;
out vec4 pixel;
void main() {
  pixel = vec4(colour, 1.0);
}
`;

/** An image on the GPU. The bitmap is closed once it is uploaded. */
export interface ImageTexture {
  readonly texture: Texture;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  dispose(): void;
}

export function createImageTexture(bitmap: ImageBitmap): ImageTexture {
  const texture = new Texture(bitmap);
  const { width, height } = bitmap;
  texture.colorSpace = NoColorSpace;
  texture.generateMipmaps = false;
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.flipY = false;
  texture.needsUpdate = true;
  texture.onUpdate = () => bitmap.close();
  return {
    texture,
    width,
    height,
    bytes: 4 * width * height,
    dispose() {
      texture.dispose();
      bitmap.close();
    },
  };
}

export interface PictureTone {
  readonly strength: number;
  readonly brightness: number;
  readonly contrast: number;
}

export interface ImagePlane {
  readonly quad: Mesh;
  readonly points: Points;
  show(image: ImageTexture): void;
  /** `brightness` and `contrast` multiply: 1 = as the picture is. `strength`: share that is not `background`. */
  setTone(tone: PictureTone, background: readonly [number, number, number]): void;
  setPoints(projected: ProjectedPoints | null): void;
  setPointStyle(pixels: number, farthestMeters: number, ramp: DataTexture): void;
  dispose(): void;
}

export function createImagePlane(): ImagePlane {
  const quadGeometry = new BufferGeometry();
  quadGeometry.setAttribute(
    'position',
    new BufferAttribute(new Float32Array([0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1]), 2),
  );
  const quadUniforms = {
    picture: { value: null as Texture | null },
    size: { value: [1, 1] },
    strength: { value: 1 },
    brightness: { value: 1 },
    contrast: { value: 1 },
    background: { value: [0, 0, 0] },
  };
  const quadMaterial = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: quadVertex,
    fragmentShader: quadFragment,
    uniforms: quadUniforms,
    depthTest: false,
    depthWrite: false,
    side: 2,
  });
  const pointUniforms = {
    pointPixels: { value: 2 },
    farthest: { value: 80 },
    ramp: { value: null as DataTexture | null },
  };
  const pointMaterial = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: pointsVertex,
    fragmentShader: pointsFragment,
    uniforms: pointUniforms,
    depthTest: false,
    depthWrite: false,
  });
  const quad = new Mesh(quadGeometry, quadMaterial);
  const points = new Points(new BufferGeometry(), pointMaterial);
  quad.visible = false;
  points.visible = false;
  for (const object of [quad, points]) {
    object.frustumCulled = false;
    object.matrixAutoUpdate = false;
    object.matrixWorldAutoUpdate = false;
  }
  points.renderOrder = 1;

  return {
    quad,
    points,
    show(image) {
      quadUniforms.picture.value = image.texture;
      quadUniforms.size.value = [image.width, image.height];
      quad.visible = true;
    },
    setTone({ strength, brightness, contrast }, background) {
      quadUniforms.strength.value = strength;
      quadUniforms.brightness.value = brightness;
      quadUniforms.contrast.value = contrast;
      quadUniforms.background.value = [...background];
    },
    setPoints(projected) {
      points.geometry.dispose();
      points.geometry = new BufferGeometry();
      points.visible = projected !== null && projected.count > 0;
      if (projected) points.geometry.setAttribute('position', new BufferAttribute(projected.points, 3));
    },
    setPointStyle(pixels, farthestMeters, ramp) {
      pointUniforms.pointPixels.value = pixels;
      pointUniforms.farthest.value = farthestMeters;
      pointUniforms.ramp.value = ramp;
    },
    dispose() {
      quadGeometry.dispose();
      quadMaterial.dispose();
      points.geometry.dispose();
      pointMaterial.dispose();
    },
  };
}
