/** Where the vehicle was at every reading, and where each sensor sits on it: matrices out of the tables' numbers. */
import { invertRigid, matrixFromPose, multiply } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4 } from '../../model/pose.ts';
import { VectorField } from '../tables/fields.ts';
import { TokenField } from '../tables/tokenFields.ts';
import { NO_TOKEN } from '../tables/tokenTable.ts';
import type { Readings } from './readings.ts';
import type { Mounting } from './smallTables.ts';
import type { TableReader, TroubleCounts } from './tableReader.ts';

/** A pose as the tables write it (quaternion w, x, y, z); null where its numbers are no pose. */
function poseMatrix(rotation: ArrayLike<number>, translation: ArrayLike<number>, row = 0): Mat4 | null {
  const at = 4 * row;
  const unit = normalizeQuaternion([
    rotation[at + 1] ?? Number.NaN,
    rotation[at + 2] ?? Number.NaN,
    rotation[at + 3] ?? Number.NaN,
    rotation[at] ?? Number.NaN,
  ]);
  const tx = translation[3 * row] ?? Number.NaN;
  const ty = translation[3 * row + 1] ?? Number.NaN;
  const tz = translation[3 * row + 2] ?? Number.NaN;
  if (unit === null || !Number.isFinite(tx + ty + tz)) return null;
  return matrixFromPose(unit, [tx, ty, tz]);
}

export class Poses {
  readonly #readings: Readings;
  readonly #mountings: readonly Mounting[];
  /** Ego from sensor, by mounting; made when first asked for. */
  readonly #egoFromSensor: (Mat4 | null)[] = [];
  readonly #rowOfToken: Int32Array;
  readonly #rotation: VectorField;
  readonly #translation: VectorField;

  private constructor(
    readings: Readings,
    mountings: readonly Mounting[],
    rowOfToken: Int32Array,
    rotation: VectorField,
    translation: VectorField,
  ) {
    this.#readings = readings;
    this.#mountings = mountings;
    this.#rowOfToken = rowOfToken;
    this.#rotation = rotation;
    this.#translation = translation;
  }

  /** Reads the ego poses that `readings` refer to; the others are left out. */
  static async read(
    reader: TableReader,
    troubles: TroubleCounts,
    readings: Readings,
    mountings: readonly Mounting[],
  ): Promise<Poses> {
    const token = new TokenField(readings.poseTokens, 'referring');
    const rotation = new VectorField(4);
    const translation = new VectorField(3);
    const rowOfToken = new Int32Array(readings.poseTokens.size).fill(-1);
    await reader.read('ego_pose', {
      fields: { token, rotation, translation },
      keep: (row, position) => {
        const number = token.values[row]!;
        if (number === NO_TOKEN) return false;
        if (rowOfToken[number]! >= 0) {
          troubles.count('nuscenes-token-repeated', 'ego_pose', 'token', position);
          return false;
        }
        rowOfToken[number] = row;
        return true;
      },
    });
    // Millions of names that nobody asks for again.
    readings.poseTokens.forget();
    return new Poses(readings, mountings, rowOfToken, rotation, translation);
  }

  /** Null where the mounting's numbers are no pose. */
  egoFromSensor(mounting: number): Mat4 | null {
    const known = this.#egoFromSensor[mounting];
    if (known !== undefined) return known;
    const { rotation, translation } = this.#mountings[mounting]!;
    const matrix = poseMatrix(rotation, translation);
    this.#egoFromSensor[mounting] = matrix;
    return matrix;
  }

  /** Whether `worldFromSensor` has an answer, without making it. */
  isPlaced(reading: number): boolean {
    const row = this.#rowOf(reading);
    if (row < 0 || this.egoFromSensor(this.#readings.mounting[reading]!) === null) return false;
    const [rotation, translation] = [this.#rotation.values, this.#translation.values];
    let [squares, sum] = [0, 0];
    for (let i = 4 * row; i < 4 * row + 4; i++) squares += rotation[i]! * rotation[i]!;
    for (let i = 3 * row; i < 3 * row + 3; i++) sum += translation[i]!;
    return squares > 0 && Number.isFinite(squares) && Number.isFinite(sum);
  }

  #rowOf(reading: number): number {
    const token = this.#readings.pose[reading]!;
    return token === NO_TOKEN ? -1 : this.#rowOfToken[token]!;
  }

  /** World from the sensor's own axes at the reading's own time; null where a pose is missing or unusable. */
  worldFromSensor(reading: number): Mat4 | null {
    const row = this.#rowOf(reading);
    if (row < 0) return null;
    const worldFromEgo = poseMatrix(this.#rotation.values, this.#translation.values, row);
    const egoFromSensor = this.egoFromSensor(this.#readings.mounting[reading]!);
    return worldFromEgo && egoFromSensor && multiply(worldFromEgo, egoFromSensor);
  }

  /** `to`'s axes at its time from `from`'s axes at its own. */
  between(to: number, from: number): Mat4 | null {
    const worldFromTo = this.worldFromSensor(to);
    const worldFromFrom = this.worldFromSensor(from);
    return worldFromTo && worldFromFrom && multiply(invertRigid(worldFromTo), worldFromFrom);
  }
}
