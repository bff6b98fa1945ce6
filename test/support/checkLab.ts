/**
 * Deliveries on which the automatic checks are measured: made worlds and real samples, opened as the product opens
 * them, spoiled in memory with the truth kept, and checked.
 *
 * Seeds below `tuningSeedsEnd` are for tuning limits on; figures are made with seeds from `figureSeedsFrom` on, so that
 * no figure is of a world that anyone looked at while tuning.
 */
import defaultSpec from '../../assets/qa-spec.default.json' with { type: 'json' };
import { checkRules } from '../../shared/audit/checkRules.ts';
import { type QaSpec, qaSpecSchema } from '../../shared/audit/qaSpec.ts';
import type { Folder } from '../../shared/base/bytes.ts';
import {
  checksInForce,
  concludeResults,
  resultsOf,
  type SweepSource,
} from '../../shared/checks/checkScene.ts';
import { addResults, type CheckResults } from '../../shared/checks/results.ts';
import { scanScene } from '../../shared/checks/scan/scanScene.ts';
import { type CheckContext, type CheckScene, sceneOfLabels, withScan } from '../../shared/checks/scene.ts';
import { shippedSettings } from '../../shared/checks/settings.ts';
import { shippedPriors } from '../../shared/checks/shippedPriors.ts';
import { groundFlags } from '../../shared/geometry/ground.ts';
import { buildSweepGrid } from '../../shared/geometry/sweepGrid.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { createBufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import { LABEL_RANGE_METERS } from '../../shared/synth/labels/truth.ts';
import { type SynthOptions, synthOptions } from '../../shared/synth/options.ts';
import { GroundMap } from '../../shared/synth/spoil/groundMap.ts';
import type { Spoiled, SpoilPlan } from '../../shared/synth/spoil/plan.ts';
import { spoilDelivery } from '../../shared/synth/spoil/spoilDelivery.ts';
import { synthesise } from '../../shared/synth/synthesise.ts';
import { memoryFolder } from './memoryFolder.ts';
import { openFolder } from './openReading.ts';

export const tuningSeedsEnd = 1000;
export const figureSeedsFrom = 5000;

/** A delivery whose labels are taken for right. */
export interface LabWorld {
  readonly name: string;
  readonly index: DeliveryIndex;
  readonly folder: Folder;
  readonly context: CheckContext;
  /** Lidar points inside each cuboid row; negative = not counted. */
  readonly points: Int32Array;
  /** By frame; null where no sweep shows any. */
  readonly grounds: readonly (GroundMap | null)[];
  /** What the checks say of it as it is. */
  readonly results: CheckResults;
}

/** Two streets, one of each width, as seen by a 40-ring lidar and three cameras for 2.4 s. */
export const labOptions: Partial<SynthOptions> = {
  scenes: 2,
  frames: 24,
  defects: 0,
  cameras: 3,
  imageWidth: 480,
  imageHeight: 300,
  lidar: { rings: 40, columns: 1200, rangeMeters: 100 },
};

/** The files of a made delivery without faults. */
export async function madeFiles(given: Partial<SynthOptions>): Promise<Map<string, Uint8Array>> {
  const options = synthOptions({ ...labOptions, ...given });
  if (!options.ok) throw new Error(JSON.stringify(options.problem));
  const files = new Map<string, Uint8Array>();
  await synthesise(options.value, {
    write: (path, bytes) => {
      files.set(path, bytes.slice());
      return Promise.resolve();
    },
  });
  return files;
}

/** Labels of made worlds end at a known range, which the agreement then names. */
export function madeWorld(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<LabWorld> {
  return labWorld(name, memoryFolder(Object.fromEntries(files)), labContext(LABEL_RANGE_METERS));
}

/** A real delivery, judged by the default spec as far as its labels go. */
export function realWorld(name: string, folder: Folder): Promise<LabWorld> {
  return labWorld(name, folder, labContext(null));
}

/** The default spec, widened to every class of the delivery, with what ships beside it. */
export function labContext(maxRangeMeters: number | null): CheckContext {
  const shipped = qaSpecSchema.parse(defaultSpec);
  const spec: QaSpec = { ...shipped, scope: { ...shipped.scope, classes: 'all', maxRangeMeters } };
  return { rules: checkRules(spec), settings: shippedSettings, priors: shippedPriors };
}

async function labWorld(name: string, folder: Folder, context: CheckContext): Promise<LabWorld> {
  const index = await openFolder(folder);
  const { results, scenes } = await checked(index, folder, context);
  const points = new Int32Array(index.labels.cuboids.count).fill(-1);
  for (const { scan, rowFrom } of scenes) if (scan) points.set(scan.inside, rowFrom);
  const grounds: (GroundMap | null)[] = [];
  for (let frame = 0; frame < index.delivery.frames.length; frame++)
    grounds.push(await groundOf(index, frame, sweepsOf(folder)));
  return { name, index, folder, context, points, grounds, results };
}

/** All scenes of a delivery, one after the other, and what concludes them. */
export async function checked(
  index: DeliveryIndex,
  folder: Folder,
  context: CheckContext,
): Promise<{ results: CheckResults; scenes: CheckScene[] }> {
  const parts: CheckResults[] = [];
  const scenes: CheckScene[] = [];
  for (let at = 0; at < index.delivery.scenes.length; at++) {
    const ofLabels = sceneOfLabels(index, at, context);
    const scene = withScan(ofLabels, await scanScene(ofLabels, sweepsOf(folder)));
    scenes.push(scene);
    parts.push(resultsOf(scene, checksInForce(context)));
  }
  return { results: concludeResults(addResults(parts), context), scenes };
}

/** The world with faults, and what the checks say of it. */
export async function spoiledAndChecked(
  { index, folder, context, points, grounds }: LabWorld,
  plan: SpoilPlan,
): Promise<{ spoiled: Spoiled; results: CheckResults }> {
  const { rules } = context;
  const spoiled = spoilDelivery(index, plan, { rules, points, ground: (frame) => grounds[frame] ?? null });
  const { results } = await checked(spoiled.index, folder, context);
  return { spoiled, results };
}

const pool = createBufferPool();
const codecs = { wasm: () => Promise.reject(new Error('these sweeps need no codec')) };

export function sweepsOf(folder: Folder): SweepSource {
  return {
    read: (ref) => readPoints(ref, { open: ({ path }) => folder.open(path), pool, codecs }),
    release: ({ interleaved }) => pool.release(interleaved.buffer),
  };
}

async function groundOf(index: DeliveryIndex, frame: number, source: SweepSource): Promise<GroundMap | null> {
  const map = new GroundMap();
  let read = 0;
  for (const ref of index.delivery.frames.at(frame)!.sweeps) {
    const reading = await source.read(ref);
    if (!reading.ok) continue;
    const { sweep } = reading.value;
    const { flags } = groundFlags(buildSweepGrid(sweep), sweep.count, ref.spaceFromPoints ?? null);
    map.add(sweep, flags, ref.spaceFromPoints ?? null);
    source.release(sweep);
    read++;
  }
  return read === 0 ? null : map;
}
