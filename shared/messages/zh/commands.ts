/** 属于整个窗口的命令名称；各页面的命令写在各自的文件里。 */
import type en from '../en/commands.ts';
import type { SameKeys } from '../shape.ts';

export default {
  palette: '查找命令',
  keys: '显示全部快捷键',
  theme: '切换深色/浅色',
  language: '切换语言（English）',
  goDeliveries: '转到交付列表',
  goIntake: '转到接收',
  goPlan: '转到抽样方案',
  goReview: '转到评审',
  goSearch: '转到漏标搜索',
  goDisposition: '转到处置',
  goRework: '转到返工',
  goLook: '浏览各帧',
  goCalibration: '检查标定',
  goSettings: '转到设置',
  saveNow: '立即保存',
  searchPlaceholder: '输入要执行的操作',
  nothingFound: '没有匹配的命令。',
  roomApp: '全局',
  recent: '最近使用',
  notNow: '当前不可用',
  inForce: '当前即是如此',
  atLimit: '已到极限',
  needsAudit: '没有打开的审核',
  needsDelivery: '没有打开的交付',
  allSaved: '已全部保存',
} satisfies SameKeys<typeof en>;
