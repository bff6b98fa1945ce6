/**
 * How points are coloured: by height, intensity, distance, class of the label they lie in, or plain; the points of
 * the label under judgement stand out. All of it happens on the GPU, so a change of mode is a uniform write.
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
import { classRampBytes, pointClassRampBytes, rampBytes, rampSize } from '../colourMaps.ts';
import type { Palette } from '../palette.ts';

export const colourings = ['height', 'intensity', 'distance', 'class', 'segments', 'plain'] as const;
export type Colouring = (typeof colourings)[number];

const modeOf: Readonly<Record<Colouring, number>> = {
  plain: 0,
  height: 1,
  intensity: 2,
  distance: 3,
  class: 4,
  segments: 5,
};

/** Those a delivery has something to show for. */
export function colouringsOf(pointClasses: Delivery['pointClasses']): readonly Colouring[] {
  return pointClasses ? colourings : colourings.filter((colouring) => colouring !== 'segments');
}

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
uniform vec3 sensor;
uniform float pointPixels;
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
in vec3 position;
in float intensity;
in float member;
in float pointClass;
out vec3 colour;

void main() {
  vec4 inSpace = modelMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  gl_PointSize = pointPixels;
  // NaN is unequal to itself: such a row is no point at all.
  if (position.x != position.x || position.y != position.y || position.z != position.z) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  }
  float t = 0.0;
  if (mode == 1) t = (inSpace.z - heightSpan.x) / max(heightSpan.y - heightSpan.x, 1e-3);
  else if (mode == 2) t = sqrt(clamp(intensity / max(intensityTop, 1e-6), 0.0, 1.0));
  else if (mode == 3) t = sqrt(distance(inSpace.xy, sensor.xy) / distanceTop);
  vec3 shade = plain;
  if (mode == 4) shade = texture(classRamp, vec2((member + 0.5) / 256.0, 0.5)).rgb;
  else if (mode == 5) shade = texture(pointClassRamp, vec2((pointClass + 0.5) / 256.0, 0.5)).rgb;
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
  if (inLabel) gl_PointSize = pointPixels + 0.75;
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
    distanceTop: { value: 100 },
    sensor: { value: new Vector3() },
    pointPixels: { value: 2 },
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
  };
}

export interface Ramps {
  readonly values: DataTexture;
  readonly classes: DataTexture;
  readonly pointClasses: DataTexture;
}

export function createRamps(palette: Palette, named: Delivery['pointClasses'] = []): Ramps {
  const values = new DataTexture(rampBytes(...palette.ramp), rampSize, 1, RGBAFormat);
  const classes = new DataTexture(classRampBytes(palette.context), rampSize, 1, RGBAFormat);
  const pointClasses = new DataTexture(pointClassRampBytes(named, palette.context), rampSize, 1, RGBAFormat);
  for (const byCode of [classes, pointClasses]) byCode.minFilter = byCode.magFilter = NearestFilter;
  values.needsUpdate = classes.needsUpdate = pointClasses.needsUpdate = true;
  return { values, classes, pointClasses };
}

export function disposeRamps(ramps: Ramps): void {
  ramps.values.dispose();
  ramps.classes.dispose();
  ramps.pointClasses.dispose();
}

export function createPointsMaterial(): PointsMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms: createUniforms(),
  }) as PointsMaterial;
}

/** Colours of the theme; `contextHue` false keeps the chosen map at full strength. */
export function dressPoints(material: PointsMaterial, palette: Palette, ramps: Ramps): void {
  const { uniforms } = material;
  uniforms.background.value.fromArray(palette.background);
  uniforms.plain.value.fromArray(palette.context);
  uniforms.labelColour.value.fromArray(palette.labelPoints);
  uniforms.ramp.value = ramps.values;
  uniforms.classRamp.value = ramps.classes;
  uniforms.pointClassRamp.value = ramps.pointClasses;
}

export function setColouring(material: PointsMaterial, colouring: Colouring): void {
  material.uniforms.mode.value = modeOf[colouring];
}
