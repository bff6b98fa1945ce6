/** A unit's name in a line: its class and track, or what else it is. */
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import { trackName } from '../../viewport/trackName.ts';

export function unitName({ className, track, label, frame, scene, kind }: DrawnUnit): string {
  if (kind === 'scene') return scene;
  if (kind === 'frame') return frame;
  return [className, track === null ? label : trackName(track)].filter((part) => part !== null).join(' ');
}
