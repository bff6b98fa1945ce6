/** Point-wise classes of a sweep as the bytes that colour its points. */
import type { Problem } from '../../shared/base/problem.ts';
import type { SweepRef } from '../../shared/model/delivery.ts';
import type { CarrierTools } from '../../shared/readers/clouds/carrier.ts';
import { readPointClasses } from '../../shared/readers/clouds/pointClasses.ts';
import { pointClassCode } from './protocol.ts';

export interface PointClassBytes {
  readonly classes: Uint8Array<ArrayBuffer> | null;
  readonly problems: readonly Problem[];
}

/** A sweep without classes, or with some that cannot be read, is still shown. */
export async function pointClassesOf(
  ref: SweepRef,
  count: number,
  tools: CarrierTools,
): Promise<PointClassBytes> {
  if (!ref.classes) return { classes: null, problems: [] };
  const read = await readPointClasses(ref.classes, count, tools, ref);
  if (!read.ok) return { classes: null, problems: [read.problem] };
  return { classes: Uint8Array.from(read.value.classes, pointClassCode), problems: [] };
}
