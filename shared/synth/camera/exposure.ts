/** Takes the pictures of one rig: one instant per camera, with the shadows of that instant. */
import { multiply } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import { cos, sin, square } from '../portableMath.ts';
import { worldBox } from '../world/actor.ts';
import type { Placement } from '../world/motion.ts';
import type { Instance } from '../world/scenery.ts';
import type { World } from '../world/world.ts';
import { EGO_MIDDLE } from '../world/world.ts';
import { ContactMap, type Footprint } from './contactMap.ts';
import { makeView, type Picture, shade } from './render.ts';
import type { CameraSpec } from './rig.ts';
import { SunMap } from './sunMap.ts';
import { type StraightFrame, straightFrame, type View } from './view.ts';
import { GRID, type ObjectCoverage, VisibilityBuffer } from './visibility.ts';

/** Nothing farther is drawn; the haze and the rows of houses hide the end. */
const SIGHT_METERS = 230;
/** Actors farther than this are a handful of pixels. */
const ACTOR_SIGHT_METERS = 160;

export interface Exposure {
  /** Its bytes are reused by the next exposure. */
  readonly picture: Picture;
  readonly view: View;
  /** Per labelled object in view: samples it covers alone, and samples left after occlusion. */
  readonly coverage: ReadonlyMap<number, ObjectCoverage>;
  /** The object at a pixel of the straight picture, 0 for scenery and sky. Good until the next exposure. */
  objectAt(u: number, v: number): number;
}

/** Renderer of one scene. Holds its large buffers from frame to frame. */
export class Photographer {
  readonly #world: World;
  readonly #sunMap: SunMap;
  readonly #contactMap = new ContactMap();
  readonly #frames = new Map<string, StraightFrame>();
  readonly #buffers = new Map<string, VisibilityBuffer>();
  readonly #straight = new Map<string, Picture>();
  #nearScenery: Instance[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#sunMap = new SunMap(world.daylight.sun);
  }

  /** Once per frame: what is near enough to matter, and the shade it throws. */
  prepare(time: number): void {
    const { x, y } = this.#world.egoAt(time);
    this.#nearScenery = this.#world.scenery.filter((instance) => isNear(instance, x, y));
    const casters = this.#nearScenery.filter(({ mesh }) => mesh.bounds[5] > 0.2);
    this.#sunMap.center(x, y, casters);
  }

  expose(camera: CameraSpec, time: number): Exposure {
    const world = this.#world;
    const ego = world.egoAt(time);
    const movers = actorInstances(world, time, ego);
    this.#sunMap.expose([...movers, world.egoInstanceAt(time)]);
    this.#contactMap.draw(ego.x, ego.y, footprints(world, time, ego));
    const frame = this.#frameOf(camera);
    const buffer = this.#bufferOf(frame);
    const view = makeView(frame, multiply(worldFromVehicle(ego), camera.vehicleFromCamera));
    const instances = [...this.#nearScenery, ...movers];
    buffer.render(instances, view);
    const straight = this.#pictureOf(frame);
    const light = { daylight: world.daylight, sunMap: this.#sunMap, contactMap: this.#contactMap };
    shade(straight, buffer, instances, view, world.road, light);
    return {
      picture: frame.lookup ? throughLens(straight, frame.lookup, camera) : straight,
      view,
      coverage: new Map(buffer.coverage),
      objectAt: (u, v) => {
        const number = buffer.owner[GRID * v * buffer.columns + GRID * u]!;
        return number < 0 ? 0 : instances[buffer.instanceOf[number]!]!.object;
      },
    };
  }

  #frameOf(camera: CameraSpec): StraightFrame {
    const known = this.#frames.get(camera.name);
    if (known) return known;
    const frame = straightFrame(camera.model, camera.width, camera.height);
    this.#frames.set(camera.name, frame);
    return frame;
  }

  #bufferOf(frame: StraightFrame): VisibilityBuffer {
    const key = `${frame.width}x${frame.height}`;
    const buffer = this.#buffers.get(key) ?? new VisibilityBuffer(frame.width, frame.height);
    this.#buffers.set(key, buffer);
    return buffer;
  }

  #pictureOf({ width, height }: StraightFrame): Picture {
    const key = `${width}x${height}`;
    const picture = this.#straight.get(key) ?? { width, height, rgb: new Uint8Array(3 * width * height) };
    this.#straight.set(key, picture);
    return picture;
  }
}

function isNear({ mesh, place }: Instance, x: number, y: number): boolean {
  const [minX, minY, , maxX, maxY] = mesh.bounds;
  const middleX = (minX + maxX) / 2;
  const middleY = (minY + maxY) / 2;
  const c = cos(place.yaw);
  const s = sin(place.yaw);
  const dx = place.x + c * middleX - s * middleY - x;
  const dy = place.y + s * middleX + c * middleY - y;
  return dx * dx + dy * dy < SIGHT_METERS * SIGHT_METERS;
}

export function worldFromVehicle({ x, y, z, yaw }: Placement): Mat4 {
  const c = cos(yaw);
  const s = sin(yaw);
  return [c, -s, 0, x, s, c, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
}

/** The actors in sight as they stand at a time. */
export function actorInstances(world: World, time: number, ego: Placement): Instance[] {
  const instances: Instance[] = [];
  for (const actor of world.actors) {
    const place = actor.placeAt(time);
    const away = square(place.x - ego.x) + square(place.y - ego.y);
    if (away > ACTOR_SIGHT_METERS * ACTOR_SIGHT_METERS) continue;
    instances.push({ mesh: actor.meshAt(time), place, palette: actor.palette, object: actor.id });
  }
  return instances;
}

function footprints(world: World, time: number, ego: Placement): Footprint[] {
  const prints: Footprint[] = [
    {
      x: ego.x + EGO_MIDDLE * cos(ego.yaw),
      y: ego.y + EGO_MIDDLE * sin(ego.yaw),
      yaw: ego.yaw,
      length: 4.6,
      width: 1.8,
      clearance: 0.2,
    },
  ];
  for (const actor of world.actors) {
    const { center, size, yaw } = worldBox(actor, time);
    if (square(center[0] - ego.x) + square(center[1] - ego.y) > 70 * 70) continue;
    const isVehicle = size[0] > 3;
    const [length, width] = isVehicle ? [size[0] - 0.15, size[1] - 0.1] : [size[0] * 0.5, size[1] * 0.6];
    prints.push({ x: center[0], y: center[1], yaw, length, width, clearance: isVehicle ? 0.2 : 1 });
  }
  return prints;
}

/** Looks each pixel of the real lens up in the straight picture, between its four neighbours. */
function throughLens(straight: Picture, lookup: Float32Array, { width, height }: CameraSpec): Picture {
  const rgb = new Uint8Array(3 * width * height);
  const source = straight.rgb;
  const stride = 3 * straight.width;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const u = lookup[2 * pixel]!;
    const v = lookup[2 * pixel + 1]!;
    const column = Math.max(0, Math.min(straight.width - 2, Math.floor(u)));
    const row = Math.max(0, Math.min(straight.height - 2, Math.floor(v)));
    const fu = u - column;
    const fv = v - row;
    const at = row * stride + 3 * column;
    for (let k = 0; k < 3; k++) {
      const low = source[at + k]! * (1 - fu) + source[at + 3 + k]! * fu;
      const high = source[at + stride + k]! * (1 - fu) + source[at + stride + 3 + k]! * fu;
      rgb[3 * pixel + k] = Math.round(low * (1 - fv) + high * fv);
    }
  }
  return { width, height, rgb };
}
