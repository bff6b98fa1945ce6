/** Decisions that hold for a whole document: which space its points and cuboids are given in, and its world. */
import type { OpenlabelDocument } from './document.ts';
import { parseObjectData } from './objectData.ts';
import type { FrameTransform } from './spaces.ts';
import { pairKey, Spaces } from './spaces.ts';

export interface ScenePlan {
  /** Name of the coordinate system that frames are given in. */
  readonly space: string;
  /** Lidar streams; the first is the one whose space is used. */
  readonly lidars: readonly string[];
  readonly cameras: readonly string[];
  /** Root system that stands for the world, or null. */
  readonly world: string | null;
  readonly tree: Spaces;
  /** Some label has a place among points: a delivery of pictures alone has none. */
  readonly isSpatial: boolean;
  /** Pairs of systems whose transform some frame gives: where another frame gives none, it is not known there. */
  readonly movingPairs: ReadonlySet<string>;
}

const WORLD_NAME = /(^|[^a-z])(odom|map|world|global|scene|geo|utm|wgs)/i;

function streamsOf(document: OpenlabelDocument, kind: 'lidar' | 'camera'): string[] {
  return [...document.streams].filter(([, stream]) => stream.kind === kind).map(([name]) => name);
}

const SPATIAL_KINDS = new Set(['cuboid', 'point3d', 'poly3d', 'mesh']);
/** A scene of meshes and a single cuboid is still given where its cuboid is. */
const CUBOID_WEIGHT = 1_000_000;

/** Coordinate systems that labels among points are written in, the most used first; '' where none is named. */
function spatialSystems(document: OpenlabelDocument): string[] {
  const counts = new Map<string, number>();
  const count = (data: Parameters<typeof parseObjectData>[0], fallback: string | null) => {
    for (const { kind, coordinateSystem } of parseObjectData(data).items) {
      if (!SPATIAL_KINDS.has(kind)) continue;
      const system = coordinateSystem ?? fallback ?? '';
      counts.set(system, (counts.get(system) ?? 0) + (kind === 'cuboid' ? CUBOID_WEIGHT : 1));
    }
  };
  for (const { data, coordinateSystem } of document.objects.values()) count(data, coordinateSystem);
  for (const frame of document.frames) {
    for (const [uid, data] of frame.objects) count(data, document.objects.get(uid)?.coordinateSystem ?? null);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** Points come from a lidar, so its system is the space; without one it is where the cuboids are, but no camera. */
function chooseSpace(
  document: OpenlabelDocument,
  lidars: readonly string[],
  cameras: readonly string[],
  used: readonly string[],
): string {
  const systems = document.coordinateSystems;
  const declared = lidars.find((name) => systems.has(name));
  if (declared !== undefined) return declared;
  if (lidars.length > 0 && systems.size === 0) return lidars[0]!;
  const inSpace = used.find((name) => !cameras.includes(name));
  if (inSpace !== undefined) return inSpace;
  const vehicle = [...systems].find(([, system]) => system.type.startsWith('local'))?.[0];
  return vehicle ?? lidars[0] ?? used[0] ?? 'lidar';
}

/** `transforms` of every frame, in the order of the document's frames. */
export function planScene(
  document: OpenlabelDocument,
  transforms: readonly (readonly FrameTransform[])[],
): ScenePlan {
  const lidars = streamsOf(document, 'lidar');
  const cameras = streamsOf(document, 'camera');
  const used = spatialSystems(document);
  const named = used.filter((name) => name !== '');
  const space = chooseSpace(document, lidars, cameras, named);
  const roots = [...document.coordinateSystems].filter(([, system]) => system.parent === '');
  const world = roots.find(([name, { type }]) => WORLD_NAME.test(type) || WORLD_NAME.test(name))?.[0] ?? null;
  const movingPairs = new Set(transforms.flat().map(({ source, target }) => pairKey(source, target)));
  const ordered = [...lidars].sort((a, b) => Number(b === space) - Number(a === space));
  return {
    space,
    lidars: ordered,
    cameras,
    world,
    tree: Spaces.ofTree(document.coordinateSystems),
    movingPairs,
    isSpatial: used.length > 0,
  };
}
