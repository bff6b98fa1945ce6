/** 已保存什么、存在哪里、何时保存。 */
import type en from '../en/saving.ts';
import type { SameKeys } from '../shape.ts';

export default {
  idle: '没有需要保存的内容',
  saving: '正在保存',
  saved: '{{at}} 已保存',
  savedHere: '已于 {{at}} 保存在本机：{{folder}}',
  unsaved_one: '{{count}} 条记录尚未保存',
  unsaved_other: '{{count}} 条记录尚未保存',
  readOnly: '只读',
  readOnlyHeld: {
    process:
      '另一个 Assay 正在写入本次审核：{{host}} 上的进程 {{pid}}，自 {{since}} 起。此处可以查看全部内容，但不能记录。',
    window: '本程序的另一个窗口正在写入本次审核。此处可以查看全部内容，但不能记录。',
    unknown: '另一个程序正在占用本次审核以便写入。此处可以查看全部内容，但不能记录。',
    disk: '本次审核的文件夹无法写入（{{reason}}）。此处可以查看全部内容，但不能记录。',
  },
  readOnlyNoProfile: '请先选择您的身份，再开始记录。',
  takeOver: '重新尝试写入',
  unsavedBanner:
    '最近的记录仍在屏幕上，但尚未写入磁盘。{{problem}}程序会自动重试；您也可以换一个文件夹继续。',
  retry: '立即保存',
  moveTo: '换一个文件夹继续',
  movedTo: '审核记录改存到 {{folder}}',
  recovered: '记录末尾无法通过校验。第 {{seq}} 条及之前的内容完整并已保留；其后的内容不属于本次审核。',
  rebuilt: '本窗口的副本与磁盘记录不一致，已按磁盘记录重建。',
  resent_one: '重启前的 {{count}} 条记录现已保存。',
  resent_other: '重启前的 {{count}} 条记录现已保存。',
  refused: '未记录：{{problem}}',
  noShelf: '本窗口无法保存本地副本。记录仍会逐条写入磁盘。',
} satisfies SameKeys<typeof en>;
