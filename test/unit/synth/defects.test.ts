import { describe, expect, it } from 'vitest';
import { DEFECT_KINDS, type DefectRecord } from '../../../shared/synth/labels/defectKinds.ts';
import type { SynthOptions } from '../../../shared/synth/options.ts';
import { cuboidsOf, hashOf, json, makeDelivery, type OpenLabelFile } from './makeDelivery.ts';

interface TruthFile {
  seed: number;
  byKind: Record<string, number>;
  defects: DefectRecord[];
}

const base: Partial<SynthOptions> = { scenes: 2, frames: 4, cameras: 1, imageWidth: 96, imageHeight: 64 };

/** Every difference between two label files of the same world, as `kind scene frame object`. */
function differences(clean: OpenLabelFile, spoiled: OpenLabelFile, scene: string): string[] {
  const found: string[] = [];
  for (const frame of Object.keys(clean.openlabel.frames).map(Number)) {
    const [before, after] = [cuboidsOf(clean, frame), cuboidsOf(spoiled, frame)];
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const [a, b] = [before.get(id), after.get(id)];
      const where = `${scene} ${frame} ${id}`;
      if (!b) found.push(`missing ${where}`);
      else if (!a) found.push(`ghost ${where}`);
      else if (clean.openlabel.objects[id]!.type !== spoiled.openlabel.objects[id]!.type)
        found.push(`wrong-class ${where}`);
      else if (JSON.stringify(a) !== JSON.stringify(b)) found.push(`moved ${where}`);
    }
  }
  return found.sort();
}

function recorded(records: readonly DefectRecord[], scene: string): string[] {
  const name = ({ kind }: DefectRecord) =>
    ['missing', 'ghost', 'wrong-class'].includes(kind) ? kind : 'moved';
  return records
    .filter((record) => record.scene === scene)
    .map((record) => `${name(record)} ${scene} ${record.frame} ${record.object}`)
    .sort();
}

const specs: SynthOptions['defects'][] = [
  0.01,
  0.3,
  { missing: 2, ghost: 3, 'wrong-class': 2, shifted: 2, resized: 2, turned: 2, empty: 2 },
];

describe.each(specs)('defects %j', (defects) => {
  it('are exactly the differences to the delivery made without them', async () => {
    const [clean, spoiled] = [await makeDelivery(base), await makeDelivery({ ...base, defects })];
    const truth = json<TruthFile>(spoiled, 'truth.json');
    for (const scene of ['scene-0001', 'scene-0002']) {
      const path = `labels/${scene}.json`;
      const found = differences(json<OpenLabelFile>(clean, path), json<OpenLabelFile>(spoiled, path), scene);
      expect(found).toEqual(recorded(truth.defects, scene));
    }
  });

  it('leave the sensor data untouched', async () => {
    const [clean, spoiled] = [await makeDelivery(base), await makeDelivery({ ...base, defects })];
    expect(hashOf(spoiled, 'sensors/')).toBe(hashOf(clean, 'sensors/'));
  });

  it('record the true cuboid, the delivered one and by how much they differ', async () => {
    const [clean, spoiled] = [await makeDelivery(base), await makeDelivery({ ...base, defects })];
    for (const record of json<TruthFile>(spoiled, 'truth.json').defects) {
      const path = `labels/${record.scene}.json`;
      const before = cuboidsOf(json<OpenLabelFile>(clean, path), record.frame).get(record.object);
      const after = cuboidsOf(json<OpenLabelFile>(spoiled, path), record.frame).get(record.object);
      expect(record.truth?.center).toEqual(before?.center);
      expect(record.delivered?.center).toEqual(after?.center);
      expect(record.delivered?.size).toEqual(after?.size);
      const { truth, delivered, amount } = record;
      if (record.kind === 'empty') expect(after!.points).toBe(0);
      if (record.kind === 'shifted' && amount && 'meters' in amount) {
        const moved = Math.hypot(...truth!.center.map((value, axis) => value - delivered!.center[axis]!));
        expect(moved).toBeCloseTo(Math.abs(amount.meters), 2);
        expect(Math.abs(amount.meters)).toBeGreaterThan(0.15);
      }
      if (record.kind === 'turned' && amount && 'radians' in amount) {
        const turn = delivered!.yaw - truth!.yaw - amount.radians;
        expect(Math.abs(Math.sin(turn / 2))).toBeLessThan(1e-5);
      }
    }
  });
});

describe('what was asked for', () => {
  it('is made: each kind as often as its count, each fault within one scene', async () => {
    const spec = specs[2] as Record<string, number>;
    const files = await makeDelivery({ ...base, defects: spec });
    const { defects } = json<TruthFile>(files, 'truth.json');
    for (const kind of DEFECT_KINDS) {
      const faults = new Set(defects.filter((d) => d.kind === kind).map((d) => `${d.scene} ${d.fault}`));
      expect([kind, faults.size]).toEqual([kind, spec[kind]]);
    }
  });

  it('has one missing, one ghost and one shifted label at any rate above 0, and none at 0', async () => {
    const { byKind } = json<TruthFile>(await makeDelivery({ ...base, defects: 0.01 }), 'truth.json');
    for (const kind of ['missing', 'ghost', 'shifted']) expect(byKind[kind]).toBeGreaterThan(0);
    expect(json<TruthFile>(await makeDelivery(base), 'truth.json').defects).toEqual([]);
  });

  it('comes near the rate', async () => {
    const files = await makeDelivery({ ...base, frames: 8, scenes: 3, cameras: 0, defects: 0.2 });
    const { defects } = json<TruthFile>(files, 'truth.json');
    let labels = 0;
    for (const scene of ['scene-0001', 'scene-0002', 'scene-0003']) {
      const file = json<OpenLabelFile>(files, `labels/${scene}.json`);
      for (const frame of Object.keys(file.openlabel.frames)) labels += cuboidsOf(file, Number(frame)).size;
    }
    expect(defects.length / labels).toBeGreaterThan(0.1);
    expect(defects.length / labels).toBeLessThan(0.35);
  });
});
