/**
 * Depth told by shading instead of colour: what has something nearer beside it on the screen is drawn darker (eye-dome
 * lighting; Boucheny, 2009). The points are drawn once into a target of their own and from there, shaded and with
 * their depth, into the view. Everything is made when it is first asked for and goes with `dispose`.
 */
import {
  AlwaysDepth,
  BufferAttribute,
  BufferGeometry,
  type Camera,
  DepthTexture,
  GLSL3,
  Mesh,
  NearestFilter,
  RawShaderMaterial,
  Scene,
  UnsignedIntType,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';

const vertexShader = /* glsl */ `
precision highp float;
in vec2 position;
out vec2 place;
void main() {
  place = 0.5 * position + 0.5;
  gl_Position = vec4(position, 0.0, 1.0);
}
`;

const fragmentShader = /* glsl */ `
precision highp float;
uniform highp sampler2D picture;
uniform highp sampler2D depths;
uniform vec2 step;
uniform vec2 depthTerms;
uniform float strength;
in vec2 place;
out vec4 pixel;

// Binary logarithm of the metres from the eye: a step counts by its share of the distance.
float logDistance(float depth) {
  return log2(depthTerms.y / (2.0 * depth - 1.0 + depthTerms.x));
}

const vec2 around[8] = vec2[8](
  vec2(1.0, 0.0), vec2(-1.0, 0.0), vec2(0.0, 1.0), vec2(0.0, -1.0),
  vec2(0.7, 0.7), vec2(-0.7, 0.7), vec2(0.7, -0.7), vec2(-0.7, -0.7)
);

void main() {
  float depth = texture(depths, place).r;
  // Nothing but the background.
  if (depth >= 1.0) discard;
  float own = logDistance(depth);
  float behind = 0.0;
  for (int at = 0; at < 8; at++) {
    float other = texture(depths, place + around[at] * step).r;
    if (other < 1.0) behind += min(0.25, max(0.0, own - logDistance(other)));
  }
  vec3 colour = texture(picture, place).rgb;
  pixel = vec4(colour * exp(-strength * behind), 1.0);
  gl_FragDepth = depth;
}
`;

/** How fast the shade deepens, a doubling of the distance counting 1. */
const strength = 9;
/** Neighbours are looked at this far away, CSS pixels. */
const reachPixels = 1.6;

export interface DepthEdges {
  /**
   * Draws the scene's points as `camera` sees them into the view whose viewport is set, `width` x `height` device
   * pixels. `pixelRatio`: device pixels a CSS pixel.
   */
  draw(
    renderer: WebGLRenderer,
    scene: Scene,
    camera: Camera,
    size: { readonly width: number; readonly height: number; readonly pixelRatio: number },
  ): void;
  dispose(): void;
}

export function createDepthEdges(): DepthEdges {
  let made: ReturnType<typeof makePass> | null = null;
  return {
    draw(renderer, scene, camera, { width, height, pixelRatio }) {
      made ??= makePass();
      const { target, uniforms } = made;
      if (target.width !== width || target.height !== height) target.setSize(width, height);
      renderer.setRenderTarget(target);
      renderer.clear(true, true, false);
      renderer.render(scene, camera);
      renderer.setRenderTarget(null);
      const reach = reachPixels * pixelRatio;
      uniforms.step.value.set(reach / width, reach / height);
      // Of a perspective projection: depth in [-1, 1] = (a z + b) / -z.
      const { elements } = camera.projectionMatrix;
      uniforms.depthTerms.value.set(elements[10]!, -elements[14]!);
      renderer.render(made.scene, camera);
    },
    dispose() {
      made?.dispose();
      made = null;
    },
  };
}

function makePass() {
  const target = new WebGLRenderTarget(1, 1, {
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    depthTexture: new DepthTexture(1, 1, UnsignedIntType),
  });
  const uniforms = {
    picture: { value: target.texture },
    depths: { value: target.depthTexture },
    step: { value: new Vector2() },
    depthTerms: { value: new Vector2() },
    strength: { value: strength },
  };
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms,
    depthFunc: AlwaysDepth,
  });
  const geometry = new BufferGeometry();
  // One triangle that covers the view.
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 3, -1, -1, 3]), 2));
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  scene.add(mesh);
  return {
    target,
    uniforms,
    scene,
    dispose() {
      geometry.dispose();
      material.dispose();
      target.depthTexture?.dispose();
      target.dispose();
    },
  };
}
