import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { openArrow } from '../../../shared/readers/arrow/arrowTable.ts';
import { MemorySource } from '../../support/memoryFolder.ts';

const log = '/work/shared/data/argoverse2/sensor/val/7fab2350-7eaf-3b7e-a39d-6937a4c1bede/';
it('x', async () => {
  for (const f of [
    'annotations',
    'city_SE3_egovehicle',
    'calibration/intrinsics',
    'calibration/egovehicle_SE3_sensor',
    'sensors/lidar/315966265259836000',
  ]) {
    const bytes = readFileSync(log + f + '.feather');
    const t = await openArrow(new MemorySource(bytes), f);
    if (!t.ok) {
      console.log(t);
      continue;
    }
    console.log(f, t.value.rows, t.value.fields.map((x) => x.name + ':' + JSON.stringify(x.type)).join(' '));
    for (let k = 0; k < 5; k++) {
      const t0 = performance.now();
      const c = await t.value.columns(t.value.fields.map((x) => x.name));
      if (k === 4) console.log(performance.now() - t0, 'ms');
      if (k == 4) {
        if (!c.ok) console.log(c);
        else for (const [n, v] of c.value) console.log(n, v.values.slice(0, 3), v.valid);
      }
    }
  }
});
