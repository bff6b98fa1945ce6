/**
 * How points are drawn: what colours them, how large they are, which of them are left out; the points of the label
 * under judgement stand out. All of it happens on the GPU, so a change of mode is a uniform write.
 */
import {
  DataTexture,
  GLSL3,
  Matrix4,
  NearestFilter,
  RawShaderMaterial,
  RGBAFormat,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import type { Delivery } from '../../../shared/model/delivery.ts';
import { classRampBytes, instanceRampBytes, pointClassRampBytes } from '../classColours.ts';
import { type Colouring, distanceTopMeters, modeOf } from '../colourings.ts';
import { rampBytes, rampSize, usedPart } from '../colourMaps.ts';
import type { Palette } from '../palette.ts';

const vertexShader = /* glsl */ `
precision highp float;
precision highp int;
uniform mat4 modelMatrix;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform mat4 labelFromSpace;
uniform vec3 labelHalf;
uniform float hasLabel;
uniform int mode;
uniform vec2 heightSpan;
uniform float intensityTop;
uniform float distanceTop;
uniform vec2 ringSpan;
uniform vec2 timeSpan;
uniform vec3 sensor;
uniform float pointPixels;
uniform float pointMeters;
uniform float leastPixels;
uniform float halfHeight;
uniform float hideGround;
uniform mat4 clipFromSpace;
uniform vec3 clipHalf;
uniform float contextStrength;
uniform float memberStrength;
uniform vec4 cell;
uniform float outsideStrength;
uniform vec3 background;
uniform vec3 plain;
uniform vec3 labelColour;
uniform sampler2D ramp;
uniform sampler2D classRamp;
uniform sampler2D pointClassRamp;
uniform sampler2D instanceRamp;
in vec3 position;
in float intensity;
in float ring;
in float seconds;
in float member;
in float pointClass;
in float instance;
in float ground;
// Alpha is 1 where no camera sees the point, which is what a sweep without this attribute gives, too.
in vec4 picture;
out vec3 colour;

void main() {
  vec4 inSpace = modelMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  // A metre is as many pixels as the projection makes of it here: w is 1 in an orthographic view.
  float size = pointPixels;
  if (pointMeters > 0.0) {
    size = max(leastPixels, pointMeters * projectionMatrix[1][1] * halfHeight / gl_Position.w);
  }
  gl_PointSize = size;
  float t = 0.0;
  if (mode == 1) t = (inSpace.z - heightSpan.x) / max(heightSpan.y - heightSpan.x, 1e-3);
  else if (mode == 2) t = sqrt(clamp(intensity / max(intensityTop, 1e-6), 0.0, 1.0));
  else if (mode == 3) t = sqrt(distance(inSpace.xy, sensor.xy) / distanceTop);
  else if (mode == 6) t = (ring - ringSpan.x) / max(ringSpan.y - ringSpan.x, 1e-6);
  else if (mode == 7) t = (seconds - timeSpan.x) / max(timeSpan.y - timeSpan.x, 1e-9);
  vec3 shade = plain;
  if (mode == 4) shade = texture(classRamp, vec2((member + 0.5) / 256.0, 0.5)).rgb;
  else if (mode == 5) shade = texture(pointClassRamp, vec2((pointClass + 0.5) / 256.0, 0.5)).rgb;
  else if (mode == 8) shade = texture(instanceRamp, vec2((instance + 0.5) / 256.0, 0.5)).rgb;
  else if (mode == 9) shade = mix(picture.rgb, 0.5 * (plain + background), picture.a);
  else if (mode != 0) shade = texture(ramp, vec2(clamp(t, 0.002, 0.998), 0.5)).rgb;
  vec3 own = abs((labelFromSpace * inSpace).xyz);
  bool inLabel = hasLabel > 0.5 && all(lessThanEqual(own, labelHalf));
  float strength = contextStrength * (member > 0.5 ? memberStrength : 1.0);
  // cell: range from, range to, middle angle, half width; outside of it the points step back.
  vec2 away = inSpace.xy - sensor.xy;
  float range = length(away);
  float turn = atan(away.y, away.x) - cell.z;
  turn = abs(turn - 6.2831853 * floor(turn / 6.2831853 + 0.5));
  if (range < cell.x || range >= cell.y || turn > cell.w) strength *= outsideStrength;
  colour = inLabel ? labelColour : mix(background, shade, strength);
  if (inLabel) gl_PointSize = size + 0.75;
  bool isClipped = any(greaterThan(abs((clipFromSpace * inSpace).xyz), clipHalf));
  bool isHidden = isClipped || (hideGround > 0.5 && ground > 0.5 && !inLabel);
  // NaN is unequal to itself: such a row is no point at all.
  if (position.x != position.x || position.y != position.y || position.z != position.z || isHidden) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  }
}
`;

const fragmentShader = /* glsl */ `
precision mediump float;
in vec3 colour;
out vec4 pixel;
void main() {
  pixel = vec4(colour, 1.0);
}
`;

export type PointsMaterial = RawShaderMaterial & { uniforms: ReturnType<typeof createUniforms> };

function createUniforms() {
  return {
    labelFromSpace: { value: new Matrix4() },
    labelHalf: { value: new Vector3() },
    hasLabel: { value: 0 },
    mode: { value: 1 },
    heightSpan: { value: new Vector2(-2, 6) },
    intensityTop: { value: 1 },
    distanceTop: { value: distanceTopMeters },
    ringSpan: { value: new Vector2(0, 1) },
    timeSpan: { value: new Vector2(0, 1) },
    sensor: { value: new Vector3() },
    pointPixels: { value: 2 },
    /** Diameter in metres; 0 = pixels. */
    pointMeters: { value: 0 },
    leastPixels: { value: 1 },
    /** Of the view drawn, device pixels. */
    halfHeight: { value: 1 },
    hideGround: { value: 0 },
    clipFromSpace: { value: new Matrix4() },
    clipHalf: { value: new Vector3(1e9, 1e9, 1e9) },
    contextStrength: { value: 1 },
    memberStrength: { value: 1 },
    cell: { value: new Vector4(0, 1e9, 0, 7) },
    outsideStrength: { value: 1 },
    background: { value: new Vector3() },
    plain: { value: new Vector3() },
    labelColour: { value: new Vector3() },
    ramp: { value: null as DataTexture | null },
    classRamp: { value: null as DataTexture | null },
    pointClassRamp: { value: null as DataTexture | null },
    instanceRamp: { value: null as DataTexture | null },
  };
}

/** The colours that points are looked up in, one texel a step or code. */
export interface Ramps {
  readonly values: DataTexture;
  readonly classes: DataTexture;
  readonly pointClasses: DataTexture;
  readonly instances: DataTexture;
}

export function createRamps(palette: Palette, named: Delivery['pointClasses'] = []): Ramps {
  const { colourMap, unlabelled, isDark } = palette;
  const strip = (bytes: Uint8Array<ArrayBuffer>): DataTexture => {
    const texture = new DataTexture(bytes, rampSize, 1, RGBAFormat);
    texture.minFilter = texture.magFilter = NearestFilter;
    texture.needsUpdate = true;
    return texture;
  };
  return {
    values: strip(rampBytes(colourMap, ...usedPart(colourMap, isDark))),
    classes: strip(classRampBytes(unlabelled, isDark)),
    pointClasses: strip(pointClassRampBytes(named, unlabelled, isDark)),
    instances: strip(instanceRampBytes(unlabelled, isDark)),
  };
}

export function disposeRamps(ramps: Ramps): void {
  for (const texture of Object.values(ramps) as DataTexture[]) texture.dispose();
}

export function createPointsMaterial(): PointsMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms: createUniforms(),
  }) as PointsMaterial;
}

/** Colours of the theme. */
export function dressPoints(material: PointsMaterial, palette: Palette, ramps: Ramps): void {
  const { uniforms } = material;
  uniforms.background.value.fromArray(palette.background);
  uniforms.plain.value.fromArray(palette.context);
  uniforms.labelColour.value.fromArray(palette.labelPoints);
  uniforms.ramp.value = ramps.values;
  uniforms.classRamp.value = ramps.classes;
  uniforms.pointClassRamp.value = ramps.pointClasses;
  uniforms.instanceRamp.value = ramps.instances;
}

export function setColouring(material: PointsMaterial, colouring: Colouring): void {
  material.uniforms.mode.value = modeOf[colouring];
}
