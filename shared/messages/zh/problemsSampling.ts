/** 为什么得不到方案、抽样或数值。 */
import type en from '../en/problemsSampling.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'plan-lot-size': '批量为 {{lot}} 时没有方案：批量必须是不小于 {{smallest}} 的整数。',
  'plan-level-unknown': '没有检验水平 {{level}}。可用的水平为 {{known}}。',
  'plan-inspection-unknown': '没有检验状态 {{inspection}}。可用的状态为 {{known}}。',
  'plan-aql-outside-series':
    'AQL {{aql}} 不在 ISO 2859-1 的系列中，也不会在系列值之间推算方案。系列为 {{series}}。',
  'plan-rate-outside': '比率 {{rate}} 必须在 0 与 1 之间。',
  'plan-confidence-outside': '置信度 {{confidence}} 必须在 0 与 1 之间。',
  'plan-none-found':
    '在可尝试的最大样本量内，没有方案能以 {{pa1}} 的概率接收质量 {{p1}}、同时以不超过 {{pa2}} 的概率接收质量 {{p2}}。',
  'draw-seed-malformed': '种子 {{seed}} 不是 32 位小写十六进制数。',
  'draw-unit-twice': '单位 {{unit}} 在总体中出现两次，因此无法抽样。',
  'compute-unknown-quantity': '没有名为 {{quantity}} 的量。可用的量为 {{known}}。',
  'compute-input-invalid': '{{quantity}} 的输入在 {{field}} 处不符合要求：{{reason}}',
} as const satisfies SameKeys<typeof en>;
