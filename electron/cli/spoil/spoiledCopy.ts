/** A spoiled copy of a delivery's labels: faults put in, written as OpenLABEL, read back, and the truth beside it. */
import path from 'node:path';
import { checkRules } from '../../../shared/audit/checkRules.ts';
import type { Frame } from '../../../shared/model/delivery.ts';
import { CuboidFlag, type DeliveryIndex } from '../../../shared/model/labels.ts';
import { isCloudPath } from '../../../shared/readers/paths.ts';
import type { Spoiled, SpoilPlan } from '../../../shared/synth/spoil/plan.ts';
import { spoilDelivery } from '../../../shared/synth/spoil/spoilDelivery.ts';
import { encodeSpoilTruth, type OpenedWith } from '../../../shared/synth/spoil/truthDocument.ts';
import { writtenRecords } from '../../../shared/synth/spoil/writtenRecords.ts';
import { Losses } from '../../../shared/writers/losses.ts';
import { writers } from '../../../shared/writers/writeLabels.ts';
import { sha256Hex } from '../../services/hashes.ts';
import type { CommandContext, OptionValues } from '../command.ts';
import { specOption } from '../documents.ts';
import { type CommandDelivery, withDelivery } from '../openForCommand.ts';
import { writeInto } from '../outFolder.ts';
import { sweepFacts } from './sweepFacts.ts';

export interface CopyInput {
  readonly delivery: CommandDelivery;
  readonly plan: SpoilPlan;
  readonly values: OptionValues;
  readonly out: string;
  /** Where the sensor data lies that the copy is read with; null = in the copy's own folder. */
  readonly sensors: string | null;
}

export interface CopySummary {
  readonly frames: number;
  readonly cuboids: number;
  /** Mistakes made; one may stand in many labels. */
  readonly faults: number;
  /** Labels that are wrong, one per frame and object. */
  readonly defects: number;
  readonly left: Spoiled['left'];
  readonly open: readonly OpenedWith[];
}

/** Writes `labels/` and `truth.json` below `out`. */
export async function writeSpoiledCopy(input: CopyInput, context: CommandContext): Promise<CopySummary> {
  const { delivery, plan, out, sensors } = input;
  const rules = checkRules(await specOption(input.values));
  const facts = await sweepFacts(delivery, plan, context);
  const holder = delivery.index.delivery.frames.map(isPlain).every(Boolean)
    ? 'openlabel'
    : 'openlabel-beside';
  const spoiled = spoilDelivery(delivery.index, plan, { rules, ...facts, holder });
  const files = await writeLabels(spoiled, out, context);
  const asked = { values: sensors === null ? {} : { sensors }, positionals: [out] };
  return withDelivery(asked, context, async ({ index: copy }) => {
    const scenes = new Map(copy.delivery.scenes.map(({ id }, at) => [id, at]));
    const sceneOf = files.map((file) => scenes.get(path.basename(file, '.json'))!);
    const defects = writtenRecords(spoiled.truth, spoiled.index, copy, sceneOf);
    const open = waysToOpen(delivery.index, copy, out, sensors);
    const { left } = spoiled;
    await writeInto(out, 'truth.json', [encodeSpoilTruth({ plan, open, left, defects })]);
    return {
      frames: copy.delivery.frames.length,
      cuboids: copy.labels.cuboids.count,
      faults: new Set(defects.map(({ fault }) => fault)).size,
      defects: defects.length,
      left,
      open,
    };
  });
}

/** Paths of the files, one a scene, in the order of the delivery's scenes. */
async function writeLabels(
  { index, truth }: Spoiled,
  out: string,
  { signal, output, t }: CommandContext,
): Promise<string[]> {
  // Writers leave out what has no place; here that is the fault.
  const flags = index.labels.cuboids.flags.slice();
  for (const { kind, row } of truth)
    if (kind === 'schema' && row !== null) flags[row]! &= ~CuboidFlag.unusable;
  const labels = { ...index.labels, cuboids: { ...index.labels.cuboids, flags } };
  const written: string[] = [];
  const parts = writers.openlabel({ index: { ...index, labels }, losses: new Losses(), sha256: sha256Hex });
  for (const file of parts) {
    signal.throwIfAborted();
    await writeInto(out, `labels/${file.path}`, file.parts);
    written.push(file.path);
    output.progress(t('progress.converting'), written.length, index.delivery.scenes.length);
  }
  return written;
}

/** Whether the sweeps of a frame need no more than their files: OpenLABEL names files and nothing of how they are read. */
function isPlain({ sweeps }: Frame): boolean {
  return sweeps.every(
    ({ path: file, spaceFromPoints, part, companions }) =>
      isCloudPath(file) && !spaceFromPoints && !part && !companions,
  );
}

/** The copy opens alone where it found the sweeps of every frame; laid beside the delivery it can always be judged. */
function waysToOpen(
  { delivery: { frames } }: DeliveryIndex,
  copy: DeliveryIndex,
  out: string,
  sensors: string | null,
): OpenedWith[] {
  if (sensors === null) return [{ path: 'copy' }];
  const isWhole = frames
    .map((frame) => isPlain(frame) && frame.sweeps.length)
    .every((count, at) => count === copy.delivery.frames.at(at)!.sweeps.length);
  const beside = { path: 'delivery', compare: 'copy', labels: path.basename(out) } as const;
  return isWhole ? [{ path: 'copy', sensors: 'delivery' }, beside] : [beside];
}
