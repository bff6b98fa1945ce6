/** 按类别、距离、场景、代码的缺陷率，以及聚集的影响。 */
import type en from '../en/rates.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '缺陷分布',
} as const satisfies SameKeys<typeof en>;
