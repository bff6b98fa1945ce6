/** Which files a frame of a delivery is made of. */
import type { FileRef, Frame } from '../../shared/model/delivery.ts';

/** What is shown of a frame, and what it cannot be shown without. */
export function filesOfFrame({ sweeps, images, radars = [], between = [] }: Frame): FileRef[] {
  const clouds = [...sweeps, ...radars, ...between];
  return [...clouds.flatMap((sweep) => [sweep, ...(sweep.companions ?? [])]), ...images];
}
