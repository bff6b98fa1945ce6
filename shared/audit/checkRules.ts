/** A QA spec as the automatic checks ask it. */
import type { CheckRules } from '../checks/rules.ts';
import type { QaSpec } from './qaSpec.ts';
import { isInZone } from './scope.ts';
import { cuboidLimits, isIgnoreRegion, specClass, specDefect } from './specLookup.ts';

/** Where the spec does not say below how many points geometry is judged no more. */
const usualLeastPoints = 5;

export function checkRules(spec: QaSpec): CheckRules {
  const { scope } = spec;
  return {
    classOf(vendorName) {
      const listed = specClass(spec, vendorName);
      return {
        name: listed?.name ?? vendorName,
        isListed: listed !== null,
        typicalSize: listed?.typicalSize ?? null,
        requiredAttributes: (listed?.requiredAttributes ?? []).map(({ name, values }) => ({
          name,
          values: values ?? null,
        })),
      };
    },
    isObject: (vendorName) => !isIgnoreRegion(vendorName),
    takesUnlisted: scope.classes === 'all',
    maxRangeMeters: scope.maxRangeMeters,
    isIgnored: (x, y) => scope.ignoreZones.some((zone) => isInZone(zone, x, y)),
    tolerance(className, rangeMeters, size, points) {
      return cuboidLimits(spec, className, rangeMeters, size, points);
    },
    severityOf: (code) => specDefect(spec, code)?.severity ?? 'minor',
    leastPoints: spec.checks?.leastPoints ?? usualLeastPoints,
  };
}
