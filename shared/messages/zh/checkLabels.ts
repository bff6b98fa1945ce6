import type en from '../en/checkLabels.ts';
import type { SameKeys } from '../shape.ts';

export default {
  SIZE: {
    title: '尺寸',
    means: '把长、宽、高与该类别的常见值比较，每个目标只判一次。相差很大的框，要么没有贴合，要么类别标错。',
    limitKeys: {
      all: '偏离常见尺寸的稳健标准差倍数',
      large: '为常见尺寸的倍数（偏大）',
      small: '常见尺寸为其倍数（偏小）',
      otherClass: '另一类别更可能的程度（对数）',
    },
    says: {
      length: '长 {{extent}} m；该类别通常为 {{usual}} m（{{times}} 倍）。',
      width: '宽 {{extent}} m；该类别通常为 {{usual}} m（{{times}} 倍）。',
      height: '高 {{extent}} m；该类别通常为 {{usual}} m（{{times}} 倍）。',
      otherClass: '这个尺寸更像 {{otherClass}}，而不像所标的类别。',
    },
  },
  DUP: {
    title: '重复标注',
    means: '同一帧中两个标注的占地大部分重合，说明一个目标被标了两次。上下叠放、骑行者与车辆不算。',
    limitKeys: {
      all: '占地重合度，同类别',
      sameCenter: '占地重合度，同类别且中心相距不到 0.3 m',
      otherClass: '占地重合度，不同类别',
      parked: '静止目标的标注中属于另一类别的比例',
    },
    says: {
      is: '与 {{other}} 的占地重合 {{percent}} %，两者中心相距 {{meters}} m。',
      otherClass: '与 {{other}}（{{otherClass}}）处在同一位置：占地重合 {{percent}} %。',
      parked: '在另外 {{frames}} 帧中，同一静止目标被标为 {{otherClass}}。',
    },
  },
  OVERLAP: {
    title: '实体重叠',
    means: '两个实体不能占据同一处空间。挂车、骑行者、车内的人和车架上的自行车除外；只是相碰的标注不报。',
    limitKeys: {
      all: '占较小者体积的比例，车辆',
      crowd: '占较小者体积的比例，行人及带臂机械',
    },
    says: { is: '两者中较小者有 {{percent}} % 落在另一个标注内：{{other}}（{{otherClass}}）。' },
  },
  RANGE: {
    title: '超出范围',
    means: '规范规定了标注的最远距离。超出的标注要么不在订单之内，要么位置有误。',
    says: {
      is: '距离 {{range}} m；规范只到 {{most}} m。',
      implausible: '距离 {{range}} m：车载激光雷达都达不到这么远。',
    },
  },
  EGO: {
    title: '落在本车上',
    means: '伸进采集车本身的标注不可能正确，除非标的就是采集车。',
    says: { is: '覆盖了采集车中部的 {{percent}} %，其中心距原点 {{meters}} m。' },
  },
  SCHEMA: {
    title: '标注格式',
    means: '无法使用的数值、规范之外的类别和属性、一个编号用于两个标注、超出画面的二维框、缺失的文件和帧。',
    limitKeys: {
      all: '违反格式的次数',
      rare: '只有一个目标使用的类别',
      empty: '跨越无标注帧而延续的目标数',
      sweeps: '有标注但没有点云的帧数',
      outside: '二维框落在画面外的百分比',
    },
    says: {
      numbers: '位置、尺寸（{{size}}）或朝向不是可用的数值。',
      taxonomy: '类别“{{given}}”不在规范中，本场景有 {{objects}} 个目标属于它。',
      class: '类别“{{given}}”不在规范中。',
      rareClass: '本场景只有这一个目标属于类别“{{given}}”，而规范未列出该类别。',
      attribute: '缺少规范要求的属性“{{attribute}}”。',
      value: '属性“{{attribute}}”的值为 {{given}}，规范不允许。',
      id: '编号“{{id}}”在本帧用于两个标注。',
      corners: '二维框（{{box}}）没有面积：角点颠倒，或不是数值。',
      outside: '二维框（{{box}}）有 {{percent}} % 落在 {{width}} × {{height}} 像素的画面之外。',
      empty: '连续 {{frames}} 帧没有标注，而前后都标有的目标有 {{labels}} 个。',
      sweeps: '{{all}} 帧中有 {{frames}} 帧有标注却没有点云。',
      file: '文件 {{file}} 缺失或无法完整读取。',
      files: '有 {{files}} 个标注文件缺失或无法完整读取。',
    },
  },
  DRIFT: {
    title: '分布漂移',
    means:
      '把本次交付的类别构成、每帧框数、每框点数与以往已验收的批次比较。变化这么大，值得在抽样前问清原因。',
    says: {
      classes:
        '类别构成变化了 {{index}}（仅随机波动为 {{chance}}），变化最大的是 {{bin}}：以往 {{before}} %，现在 {{after}} %。',
      boxesPerFrame:
        '每帧框数变化了 {{index}}（仅随机波动为 {{chance}}），变化最大的是 {{bin}} 起的一档：以往占场景的 {{before}} %，现在 {{after}} %。',
      pointsPerBox:
        '每框点数变化了 {{index}}（仅随机波动为 {{chance}}），变化最大的是 {{bin}} 起的一档：以往占目标的 {{before}} %，现在 {{after}} %。',
    },
  },
  MODEL: {
    title: '第二来源',
    means:
      '把程序或另一家供应商的标注与被审标注对照。两者不一致时必有一方有误；来源可信、距离近、涉及弱势交通参与者的排在前面。',
    limitKeys: {
      missing: '仅该来源标出的目标的可信度',
      ghost: '该来源能找到同类标注的比例',
      otherClass: '另一类别的可信度',
      place: '位置：容差及常见差异的倍数',
      size: '尺寸：容差及常见差异的倍数',
      heading: '朝向：容差及常见差异的倍数',
      box: '两框不重合的比例',
    },
    says: {
      missing: '{{source}} 在 {{meters}} m 处有一个 {{otherClass}}，而这里没有标注（可信度 {{percent}} %）。',
      missingBox:
        '{{source}} 在 {{frames}} 帧中标出一个 {{otherClass}}，而这里没有二维框（可信度 {{percent}} %）。',
      ghost: '{{source}} 在 {{frames}} 帧中都没有看到它；这类标注它能找到 {{percent}} %。',
      otherClass: '{{source}} 在 {{frames}} 帧中把它归为 {{otherClass}}（可信度 {{percent}} %）。',
      place: '{{source}} 给出的位置与标注相距 {{amount}} m。',
      size: '{{source}} 给出的尺寸与标注相差 {{amount}} m。',
      heading: '{{source}} 给出的朝向与标注相差 {{amount}}°。',
      box: '二维框与 {{source}} 的框重合 {{percent}} %。',
    },
  },
} as const satisfies SameKeys<typeof en>;
