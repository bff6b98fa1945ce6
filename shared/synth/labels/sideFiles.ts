/** The two files beside a made delivery: what was ordered, and what is wrong with it. */
import { type CameraSpec, LIDAR_NAME } from '../camera/rig.ts';
import type { SynthOptions } from '../options.ts';
import { CLASS_NAMES } from '../world/actor.ts';
import { DEFECT_KINDS, type DefectRecord } from './defectKinds.ts';

/** Bumped whenever the same seed would give other bytes. */
export const GENERATOR = 'assay-synth/1';

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}

/** What a client would have asked for: scenes and frames, classes, sensors. */
export function encodeOrder(
  options: SynthOptions,
  scenes: readonly string[],
  cameras: readonly CameraSpec[],
): Uint8Array {
  return encode({
    schema: 'assay-order/1',
    scenes: scenes.map((id) => ({ id, frames: options.frames })),
    classes: CLASS_NAMES,
    sensors: { lidar: [LIDAR_NAME], camera: cameras.map(({ name }) => name) },
  });
}

/** Every fault in every frame, with the options and the seed that make the same delivery again. */
export function encodeTruth(options: SynthOptions, defects: readonly DefectRecord[]): Uint8Array {
  const byKind = Object.fromEntries(
    DEFECT_KINDS.map((kind) => [kind, defects.filter((d) => d.kind === kind).length]),
  );
  return encode({
    schema: 'assay-truth/1',
    generator: GENERATOR,
    seed: options.seed,
    options,
    byKind,
    defects,
  });
}
