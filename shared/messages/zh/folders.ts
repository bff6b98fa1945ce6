/** 文件夹浏览器。 */
import type en from '../en/folders.ts';
import type { SameKeys } from '../shape.ts';

export default {
  path: '路径',
  parent: '上一级',
  empty: '此文件夹中没有子文件夹。',
  choose: '选择此文件夹',
  hintMove: '移动',
  hintInto: '进入文件夹',
  hintUp: '返回上级',
} satisfies SameKeys<typeof en>;
