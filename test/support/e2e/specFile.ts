/** QA specs for the browser suites: the shipped one with a scope and plans that suit a small delivery. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type QaSpec, qaSpecSchema } from '../../../shared/audit/qaSpec.ts';

const shipped = path.resolve(import.meta.dirname, '../../../assets/qa-spec.default.json');

export function shippedSpec(): QaSpec {
  return qaSpecSchema.parse(JSON.parse(readFileSync(shipped, 'utf8')));
}

/**
 * Everything within the range is inspected, labels and cells, so that what a delivery hides is surely in the sample.
 * The ISO plans are strict enough that the small lot is their sample.
 */
export function inspectEverything(maxRangeMeters: number): QaSpec {
  const spec = shippedSpec();
  const certain = { limitingRate: 0.001, confidence: 0.9999 };
  const strict = { scheme: 'iso2859-1', aql: '0.10', level: 'II', inspection: 'normal' } as const;
  return {
    ...spec,
    name: 'Everything within reach',
    scope: { ...spec.scope, maxRangeMeters },
    plans: [
      { scheme: 'c0', severity: 'critical', ...certain },
      { ...strict, severity: 'major' },
      { ...strict, severity: 'minor' },
    ],
    search: {
      cell: 'frame-sector-range',
      sectors: 4,
      rangeBandsMeters: [maxRangeMeters],
      plans: [
        { scheme: 'c0', severity: 'critical', ...certain },
        { ...strict, severity: 'major' },
      ],
    },
  };
}

/** A handful of labels and cells, for specs that are about something else. */
export function inspectFew(): QaSpec {
  const spec = shippedSpec();
  const few = {
    scheme: 'iso2859-1',
    severity: 'major',
    aql: '6.5',
    level: 'S-3',
    inspection: 'normal',
  } as const;
  return {
    ...spec,
    name: 'A handful',
    plans: [few],
    search: { ...spec.search, sectors: 1, rangeBandsMeters: [30], plans: [few] },
  };
}

/** Writes a spec where the app's file picker can take it from. */
export function writeSpec(folder: string, spec: QaSpec): string {
  const file = path.join(folder, 'qa-spec.json');
  writeFileSync(file, JSON.stringify(spec));
  return file;
}
