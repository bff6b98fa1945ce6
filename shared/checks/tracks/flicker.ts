/** FLICKER: one object under more than one class. */
import type { Check } from '../contract.ts';
import { classOfRow } from '../scene.ts';

export const flickerCheck: Check = {
  id: 'FLICKER',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids', 'tracks'],
  code: 'CLS',
  quantity: { unit: 'count', wrong: 'above', range: [0, 6] },
  limits: { all: { soft: 1, hard: null } },
  run(scene, sink) {
    for (const { moments, kind } of scene.tracks) {
      const names = moments.map(({ row }) => classOfRow(scene, row).name);
      const value = new Set(names).size;
      if (value === 1) {
        sink.measure({ frame: moments[0]!.frame, row: moments[0]!.row, value });
        continue;
      }
      for (const [at, { frame, row }] of moments.entries()) {
        if (names[at] === kind.name) continue;
        const params = {
          here: names[at]!,
          usual: kind.name,
          frames: names.filter((name) => name === names[at]).length,
        };
        sink.measure({ frame, row, value, params });
      }
    }
  },
};
