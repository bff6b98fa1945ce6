/** The checks of tracks on made worlds, as they are and with faults put in, and on real labels. */
import { describe, expect, test } from 'vitest';
import { resultsOf } from '../../../../shared/checks/checkScene.ts';
import type { CheckFinding } from '../../../../shared/checks/finding.ts';
import { scanScene } from '../../../../shared/checks/scan/scanScene.ts';
import { type CheckScene, sceneOfLabels, withScan } from '../../../../shared/checks/scene.ts';
import { trackChecks } from '../../../../shared/checks/tracks/trackChecks.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { SpoilKind } from '../../../../shared/synth/spoil/kinds.ts';
import { usualSpans } from '../../../../shared/synth/spoil/plan.ts';
import { spoilDelivery } from '../../../../shared/synth/spoil/spoilDelivery.ts';
import { labContext, madeFiles, sweepsOf } from '../../../support/checkLab.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { openFolder } from '../../../support/openReading.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

const context = labContext(80);
const lidar = { rings: 24, columns: 600, rangeMeters: 100 };
const files = await madeFiles({ seed: 31, scenes: 1, frames: 24, cameras: 0, lidar });
const folder = memoryFolder(Object.fromEntries(files));
const index = await openFolder(folder);
const clean = await scannedScene(index);

async function scannedScene(of: DeliveryIndex): Promise<CheckScene> {
  const labels = sceneOfLabels(of, 0, context);
  return withScan(labels, await scanScene(labels, sweepsOf(folder)));
}

const said = (scene: CheckScene): readonly CheckFinding[] => resultsOf(scene, trackChecks).findings;

describe('a made world', () => {
  test('as it is says nothing, though much is measured', () => {
    const { checks, findings, objects } = resultsOf(clean, trackChecks);
    expect(objects).toBeGreaterThan(500);
    expect(checks.every(({ ran }) => ran === 1)).toBe(true);
    expect(checks.reduce((sum, { measured }) => sum + measured, 0)).toBeGreaterThan(3000);
    expect(findings).toEqual([]);
  });

  test.each([
    ['track-switch', 'IDSW'],
    ['fragment', 'IDSW'],
    ['gap', 'GAP'],
    ['late-start', 'GAP'],
    ['early-end', 'GAP'],
    ['class-flicker', 'FLICKER'],
    ['frozen-copy', 'COPY'],
  ] as const satisfies readonly (readonly [SpoilKind, string])[])(
    '%s is found by %s',
    async (kind, check) => {
      const points = new Int32Array(index.labels.cuboids.count).fill(-1);
      points.set(clean.scan!.inside, clean.rowFrom);
      const plan = {
        seed: 3,
        amount: { [kind]: 2 },
        kinds: 'all',
        sizes: 'gross',
        isMixed: false,
        spans: usualSpans,
      } as const;
      const { index: spoiled, truth } = spoilDelivery(index, plan, { rules: context.rules, points });
      expect(truth.length).toBeGreaterThan(0);
      const wrong = new Set(truth.flatMap(({ track, amount }) => [track, amount?.trueTrack ?? track]));
      const findings = said(await scannedScene(spoiled));
      expect(findings.some((finding) => finding.check === check)).toBe(true);
      expect(findings.filter(({ track }) => !wrong.has(track))).toEqual([]);
    },
  );
});

describeWithSharedData('PandaSet', 'data/pandaset-002', () => {
  test('moving things keep in frame 1 the pose of frame 0: told, and hardly anything else', async () => {
    const real = await openFolder(diskFolder(sharedData('data/pandaset-002')));
    const findings = said(sceneOfLabels(real, 0, labContext(null)));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(8);
    expect(findings.every(({ firstFrame }) => firstFrame === '01' || firstFrame === '02')).toBe(true);
  });
});

describeWithSharedData('Argoverse 2', 'data/argoverse2', () => {
  test('of more than ten thousand labels a handful is told', async () => {
    const real = await openFolder(diskFolder(sharedData('data/argoverse2')));
    const { findings, objects } = resultsOf(sceneOfLabels(real, 0, labContext(null)), trackChecks);
    expect(objects).toBeGreaterThan(10_000);
    expect(findings.length).toBeLessThan(objects / 500);
    expect(findings.every(({ grade }) => grade === 'soft')).toBe(true);
  });
});
