/** Follows clusters over the frames of a scene: the same thing without a label, standing or moving. */
import { transformPoint } from '../../geometry/matrix.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { CheckScene } from '../scene.ts';
import type { FoundCluster } from './clusters.ts';
import type { PointCluster } from './sceneScan.ts';

/** What is seen of a standing thing changes from frame to frame: its middle may move so far, metres. */
const standsWithin = 0.8;
/** Faster than this nothing is followed, m/s; and never farther than `mostStep` from one frame to the next, metres. */
const fastest = 15;
const mostStep = 4;
/** Without times frames are taken to be so far apart, seconds. */
const usualSeconds = 0.1;
/** How much longer a thing may look from one frame to the next, as a ratio. */
const mostGrowth = 2.5;

interface Thing {
  readonly number: number;
  readonly frames: number[];
}

interface Link {
  readonly cluster: FoundCluster;
  readonly frame: number;
  readonly place: Vec3;
  /** Clusters of one thing share it. */
  thing: Thing;
}

/** `found`: clusters by frame of the scene, in order; frames that were not read have none. */
export function linkClusters(
  scene: CheckScene,
  found: ReadonlyMap<number, readonly FoundCluster[]>,
): PointCluster[] {
  const links: Link[] = [];
  let before: Link[] = [];
  let lastAt = -1;
  for (const [frame, clusters] of found) {
    const at = frame - scene.scene.frameStart;
    const { worldFromSpace } = scene.frames[at]!;
    const here = clusters.map((cluster, nth): Link => {
      const { center } = cluster.box;
      const place = worldFromSpace ? transformPoint(worldFromSpace, center) : center;
      return { cluster, frame, place, thing: { number: links.length + nth, frames: [frame] } };
    });
    const seconds = lastAt < 0 ? 0 : scene.seconds[at]! - scene.seconds[lastAt]!;
    linkFrames(before, here, stepWithin(seconds > 0 ? seconds : usualSeconds));
    links.push(...here);
    before = here;
    lastAt = at;
  }
  return links.map(({ cluster, frame, thing: { number, frames } }) => ({
    ...{ ...cluster, frame, thing: number },
    alsoIn: frames.filter((other) => other !== frame),
  }));
}

const stepWithin = (seconds: number): number => Math.min(mostStep, standsWithin + fastest * seconds);

/** Nearest pairs first; each cluster goes on as one at most. */
function linkFrames(before: readonly Link[], here: readonly Link[], within: number): void {
  const pairs = before.flatMap((from) =>
    here.flatMap((to) => {
      const distance = Math.hypot(from.place[0] - to.place[0], from.place[1] - to.place[1]);
      return distance <= within && isAlike(from.cluster, to.cluster) ? [{ from, to, distance }] : [];
    }),
  );
  pairs.sort((a, b) => a.distance - b.distance);
  const taken = new Set<Link>();
  for (const { from, to } of pairs) {
    if (taken.has(from) || taken.has(to)) continue;
    taken.add(from).add(to);
    from.thing.frames.push(to.frame);
    to.thing = from.thing;
  }
}

function isAlike({ box: a }: FoundCluster, { box: b }: FoundCluster): boolean {
  const ratio = (a.size[0] + 0.5) / (b.size[0] + 0.5);
  return ratio < mostGrowth && ratio > 1 / mostGrowth;
}
