/** Which labels of different things may rightly stand in one place: riders and cycles, people in vehicles, trailers. */
import { type DeliveryIndex, type LabelTable, NO_TRACK } from '../../model/labels.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';

const isPerson = (name: string): boolean => name === 'pedestrian' || name === 'cyclist';
const isTrailer = (name: string): boolean => name === 'trailer';

function isCycle(name: string): boolean {
  return name === 'bicycle' || name === 'motorcycle';
}

export function isVehicle(name: string): boolean {
  const kind = motionLimits(name)?.kind;
  return (kind === 'car' || kind === 'heavy') && !isCycle(name);
}

/** Some deliveries hold the recording vehicle as an object like any other. */
export function isRecordingVehicle(className: string): boolean {
  return /^ego/i.test(className.trim());
}

/** Class names in the spec's words, in either order. */
export function mayShareGround(a: string, b: string): boolean {
  const either = (is: (name: string) => boolean, does: (name: string) => boolean): boolean =>
    (is(a) && does(b)) || (is(b) && does(a));
  return (
    either(isPerson, isCycle) ||
    // A stroller, a child in arms; a wheelchair.
    (isPerson(a) && isPerson(b) && a !== b) ||
    either(isPerson, isVehicle) ||
    either(isTrailer, isVehicle) ||
    // A cycle on a rack or in a bed.
    either(isCycle, isVehicle)
  );
}

/**
 * Whether the vendor's own attributes say that two labels are of one object by intent: one for each lidar (PandaSet
 * names the other label of the pair as its sibling).
 */
export function areSiblings({ labels }: DeliveryIndex, a: number, b: number): boolean {
  return namesSibling(labels, a, b) || namesSibling(labels, b, a);
}

function namesSibling({ attributeSets, cuboids, tracks }: LabelTable, row: number, other: number): boolean {
  const track = cuboids.track[other]!;
  const names = [cuboids.id.at(other)!, ...(track === NO_TRACK ? [] : [tracks[track]!])];
  return Object.entries(attributeSets[cuboids.attributes[row]!]!).some(
    ([name, value]) => siblingName.test(name) && typeof value === 'string' && names.includes(value),
  );
}

const siblingName = /(^|\.)sibling(_?id)?$/i;
