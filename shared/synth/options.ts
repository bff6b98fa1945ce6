/** What can be asked of the generator, and within which bounds. */
import { done, failed, type Result } from '../base/problem.ts';
import { MAX_CAMERAS } from './camera/rig.ts';
import { DEFECT_KINDS, type DefectSpec } from './labels/defectKinds.ts';
import type { LidarSpec } from './lidar/beams.ts';
import { type EffectLevels, effectNames } from './lidar/effects.ts';

export interface SynthOptions {
  readonly scenes: number;
  /** Frames per scene, ten a second. */
  readonly frames: number;
  /** Whole number; the same seed and options give the same bytes on every machine. */
  readonly seed: number;
  readonly defects: DefectSpec;
  readonly lidar: LidarSpec;
  /** Weather, mirrors and undergrowth, each 0 to 1; absent = none. */
  readonly effects?: EffectLevels;
  /** How many of the rig's cameras take pictures; 0 gives sweeps and labels alone. */
  readonly cameras: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly jpegQuality: number;
}

/** What a newcomer opens: under a minute to make on one core, under 50 MB on disk. */
export const samplePreset: SynthOptions = {
  scenes: 2,
  frames: 18,
  seed: 8,
  defects: 0.04,
  lidar: { rings: 40, columns: 1200, rangeMeters: 110 },
  cameras: 5,
  imageWidth: 896,
  imageHeight: 560,
  jpegQuality: 84,
};

interface Bound {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
}

/**
 * The preset with what is given put in its place, or the problem `synth-option-out-of-range` (params `name`, `value`,
 * `low`, `high`) for the first number outside its bounds, both ends included.
 */
export function synthOptions(given: Partial<SynthOptions> = {}): Result<SynthOptions> {
  const options: SynthOptions = { ...samplePreset, ...given };
  const whole = (name: string, value: number, low: number, high: number): Bound => ({
    name,
    value,
    low,
    high,
    isWhole: true,
  });
  const { lidar, defects } = options;
  const bounds: Bound[] = [
    whole('scenes', options.scenes, 1, 10_000),
    whole('frames', options.frames, 1, 1_000),
    whole('seed', options.seed, 0, 4_294_967_295),
    whole('cameras', options.cameras, 0, MAX_CAMERAS),
    whole('imageWidth', options.imageWidth, 64, 4_096),
    whole('imageHeight', options.imageHeight, 64, 4_096),
    whole('jpegQuality', options.jpegQuality, 10, 95),
    whole('rings', lidar.rings, 4, 256),
    whole('columns', lidar.columns, 60, 7_200),
    { name: 'range', value: lidar.rangeMeters, low: 10, high: 200, isWhole: false },
  ];
  for (const name of effectNames)
    bounds.push({ name, value: options.effects?.[name] ?? 0, low: 0, high: 1, isWhole: false });
  if (typeof defects === 'number')
    bounds.push({ name: 'defects', value: defects, low: 0, high: 1, isWhole: false });
  else for (const kind of DEFECT_KINDS) bounds.push(whole(kind, defects[kind] ?? 0, 0, 1_000_000));
  for (const { name, value, low, high, isWhole } of bounds) {
    if (value >= low && value <= high && (!isWhole || Number.isInteger(value))) continue;
    return failed({
      code: 'synth-option-out-of-range',
      severity: 'error',
      path: '',
      params: { name, value: String(value), low, high },
    });
  }
  return done(options);
}
