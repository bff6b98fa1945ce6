/** Which prior holds for a class: what was learned, once enough objects stand behind it, and until then the shipped. */
import type { ClassPrior, PriorsDocument, Spread } from './priors.ts';

/** Objects of a class from which on its own lots say more than the shipped priors. */
export const enoughObjects = 200;

/** Share of the shipped spread that a learned one keeps at least: one site's lots are more alike than the next one's. */
const leastShare = 0.5;

/** Null where nothing is known of the class, learned or shipped. `className` in the spec's words. */
export function usedPrior(
  priors: PriorsDocument,
  shipped: PriorsDocument,
  className: string,
): ClassPrior | null {
  const learned = ownPrior(priors, className);
  const usual = ownPrior(shipped, className);
  if (!learned) return usual;
  const isLearned = priors.learnedFrom.length > 0;
  const hasEnough = learned.size.every(({ objects }) => objects >= enoughObjects);
  if (isLearned && !hasEnough) return usual;
  if (!isLearned || !usual) return learned;
  const [length, width, height] = learned.size.map((spread, axis) => widened(spread, usual.size[axis]!));
  return { ...learned, size: [length!, width!, height!] };
}

/** `constructor` and its like are no classes, whatever a vendor calls them. */
function ownPrior({ classes }: PriorsDocument, className: string): ClassPrior | null {
  return Object.hasOwn(classes, className) ? classes[className]! : null;
}

function widened(learned: Spread, usual: Spread): Spread {
  const least = (leastShare * learned.median * usual.mad) / usual.median;
  return { ...learned, mad: Math.max(learned.mad, least) };
}
