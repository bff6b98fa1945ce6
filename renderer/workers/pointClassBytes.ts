/** Point-wise classes of a sweep as the bytes that colour its points. */
import type { Problem } from '../../shared/base/problem.ts';
import type { SweepRef } from '../../shared/model/delivery.ts';
import type { CarrierTools } from '../../shared/readers/clouds/carrier.ts';
import { readPointClasses } from '../../shared/readers/clouds/pointClasses.ts';
import { pointClassCodes } from './protocol.ts';

export interface PointClassBytes {
  readonly classes: Uint8Array<ArrayBuffer> | null;
  readonly problems: readonly Problem[];
}

/** A sweep without classes, or with some that cannot be read, is still shown. */
export async function pointClassesOf(
  ref: SweepRef,
  count: number,
  tools: CarrierTools,
  classValues: readonly number[],
): Promise<PointClassBytes> {
  if (!ref.classes) return { classes: null, problems: [] };
  const read = await readPointClasses(ref.classes, count, tools, ref);
  if (!read.ok) return { classes: null, problems: [read.problem] };
  const codes = pointClassCodes(classValues);
  return { classes: Uint8Array.from(read.value.classes, (value) => codes.get(value) ?? 0), problems: [] };
}
