/** Every format labels can be written in. */
import type { Target, WriteLabels } from './contract.ts';
import { writeKitti } from './kitti.ts';
import { writeNuscenes } from './nuscenes.ts';
import { writeOpenlabel } from './openlabel.ts';

export const writers: Readonly<Record<Target, WriteLabels>> = {
  openlabel: writeOpenlabel,
  kitti: writeKitti,
  nuscenes: writeNuscenes,
};
