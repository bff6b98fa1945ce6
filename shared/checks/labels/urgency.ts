/** How much a disagreement about a place matters: what is near, ahead of the vehicle or vulnerable comes first. */
import { motionLimits } from '../../scoring/motionLimits.ts';

/** Ahead of the vehicle and as wide as its lane and the two beside it, metres. */
const zone = { ahead: 50, aside: 6, around: 15 } as const;
/** Beyond this range nothing is urgent, metres. */
const farMeters = 100;

/**
 * 0.5..1, to scale a score with. `heading` is the way the vehicle faces in the space of x and y, or null where it is not
 * known: then only nearness counts.
 */
export function urgencyOf(x: number, y: number, className: string, heading: number | null): number {
  const range = Math.hypot(x, y);
  const nearness = 1 - Math.min(1, range / farMeters);
  const ahead = heading === null ? 0 : x * Math.cos(heading) + y * Math.sin(heading);
  const aside = heading === null ? 0 : Math.abs(y * Math.cos(heading) - x * Math.sin(heading));
  const isInWay = heading !== null && ahead > 0 && ahead < zone.ahead && aside < zone.aside;
  const kind = motionLimits(className)?.kind;
  const isVulnerable = kind === 'pedestrian' || kind === 'cycle';
  const urgency =
    0.5 + 0.2 * nearness + (isInWay || range < zone.around ? 0.2 : 0) + (isVulnerable ? 0.1 : 0);
  return Math.min(1, urgency);
}
