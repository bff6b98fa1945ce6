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
  'plan-points-crossed':
    '好质量 {{p0}} 必须大于 0 且优于差质量 {{p1}}，差质量必须小于 1，并且好质量的接收概率必须更高。',
  'plan-risks-crossed': '风险 {{alpha}} 与 {{beta}} 都必须大于 0，且两者之和小于 1，否则与抛硬币无异。',
  'plan-double-unknown':
    '关于 ANSI/ASQ Z1.4 在字码 {{letter}}、AQL {{aql}}、{{inspection}} 检验下的二次方案，各来源不一致，也不会臆造。请给出自定的二次方案，或改用一次方案。',
  'plan-double-without-aql': '二次方案需要 AQL，或者两个样本的样本量与判定数。',
  'plan-double-crossed':
    '样本量 {{n1}} 与 {{n2}}、判定数 {{ac1}}/{{re1}} 与 {{ac2}}/{{re2}} 的二次方案无法执行：第一样本的 Re 与 Ac 之间须留有余地，合计时 Re 须等于 Ac + 1，且 Ac 须大于第一样本的 Ac。',
  'plan-double-too-large': '二次方案的两个样本共 {{n}} 个单位，而批量为 {{lot}}。请改用一次方案，或全检。',
  'draw-seed-malformed': '种子 {{seed}} 不是 32 位小写十六进制数。',
  'draw-unit-twice': '单位 {{unit}} 在总体中出现两次，因此无法抽样。',
  'draw-rate-outside': '预期不合格率 {{rate}} 必须在 0 与 1 之间。',
  'draw-rate-missing': '层“{{stratum}}”没有给出预期不合格率。',
  'draw-rates-without-spread':
    '所有预期不合格率都是 0 或 1，无法判断哪一层更值得抽取。请给出 0 与 1 之间的比率。',
  'draw-clusters-outside': '无法从 {{clusters}} 个场景中抽取 {{asked}} 个场景。',
  'draw-fewer-than-clusters': '{{n}} 个单位不够分给 {{clusters}} 个场景：每个场景至少要抽一个。',
  'draw-weight-not-positive': '单位 {{unit}} 的权重不是大于 0 的数。不可能被抽到的单位也就无法估计。',
  'draw-not-random':
    '$t(audit.severity.{{severity}})缺陷的序贯方案按随机顺序读取单位，因此必须从整批中逐个随机抽取。请选择简单随机抽样或其他方案。',
  'draw-systematic-one-size':
    '系统抽样只有在全部单位都被判定时才完整：标注样本的各个方案必须一次要求同样多的单位。这里分别为 {{sizes}}。请选择样本量相同的方案，或改用其他抽样方式。',
  'draw-without-strata': '分层抽取需要一项分层依据：类别、距离段或某个属性。',
  'draw-key-unknown': '本次交付没有按“$t(draws.keys.{{key}})”区分单位的信息，因此无法按它分层。',
  'draw-attribute-unknown': '本次交付的标注都没有属性“{{name}}”，因此无法按它分层。',
  'draw-too-many-strata':
    '该批会被分成 {{strata}} 层；最多 {{most}} 层才能抽样并在报告中读懂。请减少分层依据或选择更粗的依据。',
  'compute-unknown-quantity': '没有名为 {{quantity}} 的量。可用的量为 {{known}}。',
  'compute-input-invalid': '{{quantity}} 的输入在 {{field}} 处不符合要求：{{reason}}',
} as const satisfies SameKeys<typeof en>;
