/** 批量判定：相似目标网格、整条轨迹与整帧（可列例外）。 */
import type en from '../en/bulk.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
