/** 界面自身可能遇到的问题。 */
import type en from '../en/problemsApp.ts';
import type { SameKeys } from '../shape.ts';

export default {
  unknown: '出现问题（{{code}}）。{{path}} {{place}}',
  unexpected: 'Assay 内部错误：{{message}}。磁盘上的记录未受影响，请重新加载后继续。',
  'host-unreachable': 'Assay 没有响应。请确认程序仍在运行，然后重试。',
  'host-refused': 'Assay 拒绝了请求（状态 {{status}}）。请打开启动命令打印的地址。',
  'host-answer-broken': '无法读取 Assay 的应答（{{method}}）。请重新加载；若仍出现，说明程序与页面版本不同。',
  'append-slow': '磁盘尚未响应。',
  'route-unknown': '此地址没有对应的页面。',
  'profile-missing': '尚未指定审核人，请先选择身份。',
  'delivery-changed':
    '标注与接收时不一致：至少有一个标注文件在接收之后被改动。本次审核针对交付时的标注；请打开未改动的文件夹，或为新的交付另建审核。',
  'audit-empty': '该审核没有任何可读的记录。',
} satisfies SameKeys<typeof en>;
