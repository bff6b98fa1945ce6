/** Makes the frames of one scene out of the columns, each time one of them is asked for. */
import { identityMatrix, invertRigid } from '../../geometry/matrix.ts';
import type { Frame, ImageRef, PointClassRef, SweepEncoding, SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { PointClassFiles } from './pointClassFiles.ts';
import type { Poses } from './poses.ts';
import type { Readings } from './readings.ts';
import type { Samples } from './samples.ts';
import type { SensorFiles } from './sensorFiles.ts';
import type { SensorRig } from './sensorRig.ts';
import { NO_READING } from './sensorRig.ts';

/** Space of a frame that no lidar belongs to: cuboids as the tables have them. */
const GLOBAL = 'global';
const LIDAR = 'lidar';

/** A picture further away in time than this shows another instant. */
const NEAREST_MICROS = 60_000;

/** One instant of the delivery: a sample, or a sweep between two of them. */
export interface Moment {
  /** Row of `sample`; of a sweep in between -1. */
  readonly sample: number;
  /** Reading whose axes are the frame's space, or NO_READING. */
  readonly reference: number;
}

export interface SceneSources {
  readonly samples: Samples;
  readonly readings: Readings;
  readonly poses: Poses;
  readonly rig: SensorRig;
  readonly files: SensorFiles;
  readonly classes: PointClassFiles | null;
  /** How each lidar channel's bare clouds are laid out. */
  readonly encodings: ReadonlyMap<string, SweepEncoding>;
}

export class SceneFrames {
  readonly #sources: SceneSources;

  constructor(sources: SceneSources) {
    this.#sources = sources;
  }

  /** Token of the sample, or of the sweep. */
  idOf({ sample, reference }: Moment): string {
    const { samples, readings } = this.#sources;
    return sample >= 0
      ? samples.rows.tokens.text(samples.rows.fields.token.values[sample]!)
      : readings.tokens.text(readings.token[reference]!);
  }

  timeOf({ sample, reference }: Moment): string | null {
    const { samples, readings } = this.#sources;
    return sample >= 0 ? samples.time.nanosAt(sample) : readings.time.nanosAt(reference);
  }

  /** When its points were taken, microseconds; of a sample without a lidar the sample's own time. */
  microsOf({ sample, reference }: Moment): number {
    const { samples, readings } = this.#sources;
    return reference === NO_READING ? samples.time.micros[sample]! : readings.time.micros[reference]!;
  }

  /** The scene's instants in order of time: its samples, and with `between` the sweeps of the same lidar among them. */
  momentsOf(scene: number, between: boolean): Moment[] {
    const { samples, readings, rig } = this.#sources;
    const rows = samples.order.subarray(samples.sceneStart[scene]!, samples.sceneStart[scene + 1]!);
    const keys = Array.from(rows, (sample): Moment => ({ sample, reference: rig.reference[sample]! }));
    if (!between) return keys;
    const first = keys.find(({ reference }) => reference !== NO_READING);
    if (!first) return keys;
    const { channel } = rig.mountings[readings.mounting[first.reference]!]!;
    const sweeps = this.#readingsOf(rows)
      .filter(
        (row) => readings.isKey[row] === 0 && rig.mountings[readings.mounting[row]!]!.channel === channel,
      )
      .map((reference): Moment => ({ sample: -1, reference }));
    const at = (moment: Moment) => this.microsOf(moment);
    // Sweeps before the first sample and after the last lie between no two labels.
    const [start, end] = [at(keys[0]!), at(keys.at(-1)!)];
    const inner = sweeps.filter((moment) => at(moment) > start && at(moment) < end);
    return [...keys, ...inner].sort((a, b) => at(a) - at(b));
  }

  /** All frames of a scene; `idPrefix` stands before each token. */
  framesOf(scene: number, index: number, moments: readonly Moment[], idPrefix: string): Frame[] {
    const { samples } = this.#sources;
    const rows = samples.order.subarray(samples.sceneStart[scene]!, samples.sceneStart[scene + 1]!);
    const all = this.#readingsOf(rows);
    return moments.map((moment, i) => this.#frame(moment, moments[i - 1], all, index, i, idPrefix));
  }

  #readingsOf(samples: Int32Array): number[] {
    const { readings } = this.#sources;
    const rows: number[] = [];
    for (const sample of samples) {
      for (let i = readings.start[sample]!; i < readings.start[sample + 1]!; i++)
        rows.push(readings.rows[i]!);
    }
    return rows;
  }

  #frame(
    moment: Moment,
    before: Moment | undefined,
    all: readonly number[],
    scene: number,
    index: number,
    idPrefix: string,
  ): Frame {
    const { sample, reference } = moment;
    const { poses } = this.#sources;
    const isBetween = sample < 0;
    const own = isBetween ? this.#nearest(reference, all) : this.#keyReadings(sample);
    const sweeps = own.filter((row) => this.#modality(row) === 'lidar');
    const worldFromSpace = reference === NO_READING ? identityMatrix : poses.worldFromSensor(reference);
    const between = isBetween || !before ? [] : this.#between(reference, before.reference, all);
    const radars = this.#sweepRefs(
      own.filter((row) => this.#modality(row) === 'radar'),
      reference,
    );
    return {
      id: idPrefix + this.idOf(moment),
      scene,
      index,
      timestampNanos: this.timeOf(moment),
      space: reference === NO_READING ? GLOBAL : LIDAR,
      // The reference first: it is the sweep the space is named after.
      sweeps: this.#sweepRefs(
        sweeps.sort((a, b) => Number(b === reference) - Number(a === reference)),
        reference,
      ),
      images: own.flatMap((row) => this.#image(row, reference)),
      ...(radars.length > 0 ? { radars } : {}),
      ...(between.length > 0 ? { between: this.#sweepRefs(between, reference) } : {}),
      ...(isBetween ? { isBetween: true } : {}),
      ...(worldFromSpace ? { worldFromSpace } : {}),
    };
  }

  #modality(row: number) {
    const { rig, readings } = this.#sources;
    return rig.mountings[readings.mounting[row]!]!.modality;
  }

  /** The sample's key readings, one a channel. */
  #keyReadings(sample: number): number[] {
    const { readings, rig } = this.#sources;
    const rows: number[] = [];
    const seen = new Set<string>();
    for (let i = readings.start[sample]!; i < readings.start[sample + 1]!; i++) {
      const row = readings.rows[i]!;
      const { channel } = rig.mountings[readings.mounting[row]!]!;
      if (readings.isKey[row] === 0 || seen.has(channel)) continue;
      seen.add(channel);
      rows.push(row);
    }
    return rows.sort((a, b) => this.#rank(a) - this.#rank(b));
  }

  #rank(row: number): number {
    const { readings, rig } = this.#sources;
    return rig.mountings[readings.mounting[row]!]!.rank;
  }

  /** The sweep, and of every other sensor what it took nearest in time. */
  #nearest(reference: number, all: readonly number[]): number[] {
    const { readings } = this.#sources;
    const { micros } = readings.time;
    const best = new Map<number, number>();
    for (const row of all) {
      const rank = this.#rank(row);
      const distance = Math.abs(micros[row]! - micros[reference]!);
      const known = best.get(rank);
      if (!(distance <= NEAREST_MICROS)) continue;
      if (known === undefined || distance < Math.abs(micros[known]! - micros[reference]!))
        best.set(rank, row);
    }
    best.set(this.#rank(reference), reference);
    return [...best].sort(([a], [b]) => a - b).map(([, row]) => row);
  }

  /** Sweeps of every lidar after the frame before and before this one. */
  #between(reference: number, before: number, all: readonly number[]): number[] {
    if (reference === NO_READING || before === NO_READING) return [];
    const { readings } = this.#sources;
    const { micros } = readings.time;
    const [start, end] = [micros[before]!, micros[reference]!];
    return all
      .filter((row) => {
        const at = micros[row]!;
        return readings.isKey[row] === 0 && this.#modality(row) === 'lidar' && at > start && at < end;
      })
      .sort((a, b) => micros[a]! - micros[b]!);
  }

  /** Readings without a file or a place are left out: both were told when the delivery was indexed. */
  #sweepRefs(rows: readonly number[], reference: number): SweepRef[] {
    const { readings, rig, files, encodings, poses } = this.#sources;
    return rows.flatMap((row) => {
      const file = files.find(readings.path.pathAt(row));
      if (!file) return [];
      const { channel, modality } = rig.mountings[readings.mounting[row]!]!;
      const spaceFromPoints =
        row === reference
          ? null
          : reference === NO_READING
            ? poses.worldFromSensor(row)
            : poses.between(reference, row);
      if (row !== reference && spaceFromPoints === null) return [];
      const isBare = modality === 'lidar' && !file.path.toLowerCase().endsWith('.pcd');
      const timestampNanos = readings.time.nanosAt(row);
      const classes = modality === 'lidar' ? this.#classes(row) : null;
      return [
        {
          ...file,
          lidar: channel,
          encoding: isBare ? (encodings.get(channel) ?? 'bin5') : 'pcd',
          ...(spaceFromPoints ? { spaceFromPoints } : {}),
          ...(timestampNanos === null ? {} : { timestampNanos }),
          ...(classes ? { classes } : {}),
        },
      ];
    });
  }

  #classes(row: number): PointClassRef | null {
    const { classes, readings, files } = this.#sources;
    const path = classes?.paths.get(readings.token[row]!);
    const file = path === undefined ? null : files.find(path);
    return classes && file ? { ...file, encoding: classes.encoding } : null;
  }

  #image(row: number, reference: number): ImageRef[] {
    const { readings, rig, files } = this.#sources;
    const mounting = readings.mounting[row]!;
    if (rig.camera[mounting]! < 0) return [];
    const file = files.find(readings.path.pathAt(row));
    if (!file) return [];
    const cameraFromSpace = this.#cameraFromSpace(row, reference);
    return [
      {
        ...file,
        camera: rig.camera[mounting]!,
        calibration: rig.calibration[mounting]!,
        timestampNanos: readings.time.nanosAt(row),
        ...(cameraFromSpace ? { cameraFromSpace } : {}),
      },
    ];
  }

  #cameraFromSpace(row: number, reference: number): Mat4 | null {
    const { poses } = this.#sources;
    if (reference !== NO_READING) return poses.between(row, reference);
    const worldFromCamera = poses.worldFromSensor(row);
    return worldFromCamera && invertRigid(worldFromCamera);
  }
}
