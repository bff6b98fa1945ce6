/**
 * A sample of a Segments.ai release as frames: single clouds and images, sequences, and multi-sensor sequences, whose
 * sensors' frames belong together by their place in the sequence.
 */
import type { JsonRecord } from '../jsonValues.ts';
import { asRecord, asText } from '../jsonValues.ts';
import { nameOf, recordsOf } from '../toolExports/fields.ts';

/** What one sensor adds to an instant. */
export interface SensorFrame {
  /** '' for a sample that has no named sensors. */
  readonly sensor: string;
  readonly attributes: JsonRecord;
  /** `annotations` and what stands beside them, by label set. */
  readonly labels: ReadonlyMap<string, JsonRecord>;
}

export interface SampleFrame {
  readonly key: string;
  readonly parts: readonly SensorFrame[];
}

export interface Sample {
  readonly name: string;
  readonly isSequence: boolean;
  readonly frames: readonly SampleFrame[];
}

/** Attributes of a sample or label, by sensor: one unnamed sensor where there are none. */
function bySensor(attributes: JsonRecord | null): Map<string, JsonRecord> {
  if (!attributes) return new Map();
  if (!Array.isArray(attributes.sensors)) return new Map([['', attributes]]);
  return new Map(
    recordsOf(attributes.sensors).flatMap((sensor) => {
      const own = asRecord(sensor.attributes);
      return own ? [[asText(sensor.name) ?? '', own] as const] : [];
    }),
  );
}

const framesOf = (attributes: JsonRecord) =>
  Array.isArray(attributes.frames) ? recordsOf(attributes.frames) : [attributes];

export function sampleFrom(record: JsonRecord): Sample {
  const name = nameOf(record.name) ?? nameOf(record.uuid) ?? '';
  const sensors = bySensor(asRecord(record.attributes));
  const labelSets = Object.entries(asRecord(record.labels) ?? {}).map(([set, label]) => {
    const attributes = asRecord(asRecord(label)?.attributes);
    return [set, bySensor(attributes)] as const;
  });
  const isSequence = [...sensors.values()].some(({ frames }) => Array.isArray(frames));
  const parts = [...sensors].map(([sensor, attributes]) => ({
    sensor,
    frames: framesOf(attributes),
    labels: labelSets.map(([set, own]) => [set, framesOf(own.get(sensor) ?? {})] as const),
  }));
  const count = Math.max(0, ...parts.map(({ frames }) => frames.length));
  const frames = Array.from({ length: count }, (_, i): SampleFrame => {
    const present = parts.filter((part) => part.frames[i] !== undefined);
    const own = present.map((part) => ({
      sensor: part.sensor,
      attributes: part.frames[i]!,
      labels: new Map(part.labels.flatMap(([set, all]) => (all[i] ? [[set, all[i]] as const] : []))),
    }));
    const named = own.map(({ attributes }) => nameOf(attributes.name)).find((key) => key !== null);
    return { key: named ?? (isSequence ? String(i) : name), parts: own };
  });
  return { name, isSequence, frames };
}
