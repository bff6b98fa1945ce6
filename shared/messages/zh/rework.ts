/** 返工页面。发现的各列与状态沿用报告中的用语。 */
import type en from '../en/rework.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '发现项与供应商答复',
  none: '没有待答复的发现项。',
  import: '导入已填写的清单',
  imported_one: '已从 {{name}} 读入 {{count}} 条答复。',
  imported_other: '已从 {{name}} 读入 {{count}} 条答复。',
  noPicture: '审核文件夹中没有该图片。',
  lookAtIt: '查看',
  takeBack: '供应商有理：撤回该发现项',
  keep: '维持该发现项',
  isFixed: '确认已修正',
  isNotFixed: '未修正',
  record: '记录',
  ask: {
    overturn: '撤回该发现项',
    uphold: '维持该发现项',
    'not-fixed': '该发现项未修正',
  },
  askText: {
    overturn: '该发现项不再计数。若因此改变结果，须作出新的签署。',
    uphold: '该发现项保持不变。理由将写入记录并告知供应商。',
    'not-fixed': '请说明仍有何问题，将写入记录并告知供应商。',
  },
  next: '重新交付',
  nextText: '重新交付即本批的第 {{number}} 次提交：逐条复核旧发现项，并重新抽取样本。',
  openRedelivery: '打开重新交付',
  oldNone: '上一次提交没有留下待复核的发现项。',
  how: {
    label: '同一标注，相距 {{meters}} 米',
    track: '同一轨迹，相距 {{meters}} 米',
    nearest: '最近的标注，相距 {{meters}} 米',
    none: '该处现无标注',
  },
} satisfies SameKeys<typeof en>;
