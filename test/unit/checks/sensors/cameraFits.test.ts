/** PROJ and CALIB: single labels that do not fit, and cameras that no label is to blame for. */
import { describe, expect, test } from 'vitest';
import { calibCheck } from '../../../../shared/checks/sensors/calib.ts';
import { projCheck } from '../../../../shared/checks/sensors/proj.ts';
import { reliedOn } from '../../../../shared/checks/systematic.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { boxOfTrack, checked, drivenIndex, told, withBoxes, withCalibration } from './drivenIndex.ts';

const plain = drivenIndex();
const degree = Math.PI / 180;

/** The box of a track is moved by a share of its width in the frames [first, last]. */
function shifted(track: string, share: number, first: number, last: number): DeliveryIndex {
  return withBoxes(plain, ({ ltrb }) => {
    for (let frame = first; frame <= last; frame++) {
      const at = 4 * boxOfTrack(plain, track, frame);
      const pixels = share * (ltrb[at + 2]! - ltrb[at]!);
      ltrb[at]! += pixels;
      ltrb[at + 2]! += pixels;
    }
  });
}

function projFindings(index: DeliveryIndex) {
  return checked(index, [projCheck]).findings;
}

describe('a 2D box', () => {
  test('that fits its cuboid is no finding, nor is one that is off by a few pixels', () => {
    expect(told(plain)).toEqual([]);
    expect(projFindings(shifted('car 2', 0.1, 0, 15))).toEqual([]);
  });

  test('that is off all along is one finding', () => {
    expect(projFindings(shifted('car 2', 0.4, 0, 15))).toMatchObject([
      {
        track: 'car 2',
        camera: 'camera 0',
        firstFrame: '0',
        lastFrame: '15',
        code: 'BOX2D',
        owner: 'vendor',
      },
    ]);
  });

  test('that is off in one frame has left its course, its cuboid has not', () => {
    expect(projFindings(shifted('car 2', 0.5, 8, 8))).toMatchObject([
      { says: 'box', code: 'BOX2D', frame: '8', frames: 1 },
    ]);
  });

  test('whose cuboid has left its course is not the one to blame', () => {
    const { cuboids } = plain.labels;
    const center = cuboids.center.slice();
    const row = plain.labels.boxes2d.cuboid[boxOfTrack(plain, 'car 2', 8)]!;
    center[3 * row + 1]! += 2;
    const index = { ...plain, labels: { ...plain.labels, cuboids: { ...cuboids, center } } };
    expect(projFindings(index)).toMatchObject([{ says: 'cuboid', code: 'POS', track: 'car 2', frame: '8' }]);
  });

  test('linked to another object is told by the one that it fits', () => {
    const index = withBoxes(plain, ({ cuboid, track }) => {
      const [a, b] = [boxOfTrack(plain, 'car 2', 3), boxOfTrack(plain, 'car 17', 3)];
      [cuboid[a], cuboid[b]] = [cuboid[b]!, cuboid[a]!];
      [track[a], track[b]] = [track[b]!, track[a]!];
    });
    const found = projFindings(index);
    expect(found.map(({ says, code, track }) => `${says} ${code} ${track}`).sort()).toEqual([
      'link LINK car 17',
      'link LINK car 2',
    ]);
  });
});

describe('a camera that is turned', () => {
  test.each([
    ['down', [0.5, 0, 0]],
    ['sideways', [0, 1, 0]],
    ['sideways', [0, -2, 0]],
    ['about its axis', [0, 0, 2]],
  ] as const)('%s is told once, and no label is blamed', (_, degrees) => {
    const [x, y, z] = degrees;
    const { findings, checks } = checked(drivenIndex({ rotation: [x * degree, y * degree, z * degree] }));
    expect(findings).toMatchObject([
      { check: 'CALIB', says: 'turned', code: 'CALIB', owner: 'data', camera: 'camera 0' },
    ]);
    for (const [axis, value] of Object.entries({ x, y, z })) {
      expect(Math.abs((findings[0]!.params[axis] as number) - value)).toBeLessThan(0.25);
    }
    expect(findings[0]!.explained).toBe(checks.find(({ id }) => id === 'PROJ')!.explained);
  });

  test('by thirty degrees is seen by where its boxes are', () => {
    const found = checked(drivenIndex({ rotation: [0, 30 * degree, 0] })).findings;
    expect(found.map(({ check, says }) => `${check} ${says}`)).toEqual(['CALIB aim']);
    expect(found[0]!.grade).toBe('hard');
  });

  test('is not one whose labels are off, each its own way', () => {
    expect(told(drivenIndex({ shiftedTrack: 1.5 }))).toEqual(['PROJ apart']);
  });

  test('puts in doubt what was seen through it', () => {
    const index = drivenIndex({ rotation: [0, degree, 0] });
    const relied = reliedOn(index, checked(index).findings[0]!);
    expect(relied.size).toBe(new Set(index.labels.boxes2d.cuboid).size);
    expect(relied).toContain('0|car 2');
    expect(reliedOn(plain, checked(shifted('car 2', 0.4, 0, 15)).findings[0]!).size).toBe(0);
  });
});

describe('the numbers of a calibration', () => {
  const lens = { kind: 'pinhole', fx: 1000, fy: 1000, cx: 959.5, cy: 539.5, distortion: [] } as const;

  function calibFindings(index: DeliveryIndex): string[] {
    return checked(index, [calibCheck]).findings.map(({ says, grade }) => `${says} ${grade}`);
  }

  test.each([
    ['no focal length', { ...lens, fx: 0 }, 'noLens hard'],
    ['a negative one', { ...lens, fy: -1000 }, 'noLens hard'],
    ['no number', { ...lens, cx: Number.NaN }, 'noLens hard'],
    ['an axis far beside the picture', { ...lens, cx: 4000 }, 'lens hard'],
  ])('may not be %s', (_, model, says) => {
    expect(calibFindings(withCalibration(plain, { model }))).toContain(says);
  });

  test('may not stretch the space', () => {
    const { cameraFromSpace } = plain.delivery.calibrations[0]!;
    const stretched = cameraFromSpace.map((value, at) => (at < 3 ? 1.02 * value : value));
    expect(calibFindings(withCalibration(plain, { cameraFromSpace: stretched }))).toContain('rigid hard');
  });
});
