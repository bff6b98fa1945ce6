/** 桌面应用的菜单与系统对话框。 */
import type en from '../en/desktop.ts';
import type { SameKeys } from '../shape.ts';

export default {
  file: '文件',
  openDelivery: '打开交付…',
  openSample: '打开示例交付',
  recent: '最近的交付',
  settings: '设置',
  close: '关闭窗口',
  quit: '退出',
  edit: '编辑',
  view: '视图',
  palette: '查找操作…',
  theme: '切换主题',
  language: '切换语言',
  resetZoom: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  help: '帮助',
  keys: '按键',
  pick: {
    delivery: '选择交付文件夹',
    sensors: '选择传感器数据文件夹',
    export: '选择写入位置',
    bundle: '选择审核文件夹或其归档包',
  },
} as const satisfies SameKeys<typeof en>;
