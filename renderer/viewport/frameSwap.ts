/** Puts a frame into the drawn space: gathers what the ring holds of it, and hands it over. Nothing is loaded here. */
import type { Problem } from '../../shared/base/problem.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { type LabelPointsAsset, type LateAsset, lateKey, type SweepAsset } from './assets/assetKinds.ts';
import type { AssetRing } from './assets/assetRing.ts';
import type { Cloud } from './clouds.ts';
import type { EngineState } from './engineState.ts';
import type { FrameKeys } from './frameKeys.ts';
import type { SweepPoints } from './gpu/sweepPoints.ts';
import { lateKinds } from './prefetchPlan.ts';
import type { Shown, ViewportFacts } from './shown.ts';
import type { Space } from './space.ts';

export interface FrameSwapNeeds {
  readonly index: DeliveryIndex;
  readonly ring: AssetRing;
  readonly keys: FrameKeys;
  readonly space: Space;
  readonly state: Pick<EngineState, 'options'>;
}

export interface FrameInSpace {
  /** What is known about the frame now that it is there. */
  readonly facts: Pick<
    ViewportFacts,
    'problems' | 'sweepCount' | 'pointCount' | 'spans' | 'groundPoints' | 'gaps'
  >;
  /** Points that a view without a budget draws. */
  readonly drawnPoints: number;
}

interface HeldSweep {
  readonly key: string;
  readonly role: Cloud['role'];
  readonly lidar: string;
  readonly points: SweepPoints;
}

const noPoints = new Uint32Array(0);

/** The function that puts what is shown into the space; what failed to load is left out and named in its facts. */
export function createFrameSwap({
  index,
  ring,
  keys,
  space,
  state,
}: FrameSwapNeeds): (shown: Shown) => FrameInSpace {
  const { cuboids } = index.labels;

  function heldOf(clouds: readonly Cloud[]): HeldSweep[] {
    return clouds.flatMap(({ key, role, ref }) => {
      const asset = ring.get(key) as SweepAsset | null;
      return asset ? [{ key, role, lidar: ref.lidar, points: asset.points }] : [];
    });
  }

  function labelPointsOf({ frame, row }: Shown, clouds: readonly Cloud[]): LabelPointsAsset | null {
    return row === null ? null : (ring.get(keys.near(frame, row, clouds)) as LabelPointsAsset | null);
  }

  /** Hands what was found out about points to those that are drawn; answers how many lie on the ground. */
  function setLate(frame: number, clouds: readonly Cloud[], drawn: readonly HeldSweep[]): number {
    let groundPoints = 0;
    for (const kind of lateKinds(state.options)) {
      const late = ring.get(lateKey(kind, frame, clouds)) as LateAsset | null;
      for (const { key, points } of drawn) {
        const bytes = late?.bytesOf.get(key);
        if (bytes) points.setLate(kind, bytes);
        groundPoints += late?.counts.get(key) ?? 0;
      }
    }
    return groundPoints;
  }

  function problemsOf(clouds: readonly Cloud[], held: readonly HeldSweep[]): Problem[] {
    const failed = clouds.flatMap(({ key }): Problem[] => {
      const problem = ring.problem(key);
      return problem ? [problem] : [];
    });
    return [...failed, ...held.flatMap(({ points }) => points.loaded.problems)];
  }

  return (shown) => {
    const { frame, row, cell } = shown;
    const clouds = keys.clouds(frame);
    const held = heldOf(clouds);
    const { hiddenLidars } = state.options;
    const drawn = held.filter(({ role, lidar }) => role === 'radar' || !hiddenLidars.includes(lidar));
    const labelPoints = labelPointsOf(shown, clouds);
    space.setSweeps(
      drawn.map(({ key, points }) => ({ points, follow: labelPoints?.follow.get(key) ?? null })),
      [0, 0, 0],
    );
    for (const { key, points } of held) {
      if (labelPoints) points.setNear(labelPoints.near.get(key) ?? noPoints);
    }
    const groundPoints = setLate(frame, clouds, drawn);
    space.setCuboids(cuboids, cuboids.frameStart[frame]!, cuboids.frameStart[frame + 1]!);
    space.setCell(cell);
    space.setLabel(row === null ? null : cuboidAt(index.labels, row));
    const own = held.filter(({ role }) => role === 'lidar');
    return {
      facts: {
        problems: problemsOf(clouds, held),
        sweepCount: index.delivery.frames.at(frame)!.sweeps.length,
        pointCount: own.reduce((sum, { points }) => sum + points.loaded.sweep.finiteCount, 0),
        spans: space.spans,
        groundPoints,
        gaps: labelPoints?.gaps ?? null,
      },
      drawnPoints: drawn.reduce((sum, { points }) => sum + points.loaded.sweep.count, 0),
    };
  };
}
