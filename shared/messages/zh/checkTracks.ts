import type en from '../en/checkTracks.ts';
import type { SameKeys } from '../shape.ts';

export default {
  SIZEVAR: {
    title: '尺寸变化',
    means: '刚性目标只有一个尺寸。轨迹中每个标注的长、宽、高都与整条轨迹的中位值比较。',
    limitKeys: { all: '偏离轨迹常用尺寸的米数' },
    says: {
      length: '长 {{size}} m，与本轨迹的 {{usual}} m 相差 {{off}} m。',
      width: '宽 {{size}} m，与本轨迹的 {{usual}} m 相差 {{off}} m。',
      height: '高 {{size}} m，与本轨迹的 {{usual}} m 相差 {{off}} m。',
    },
  },
  SPEED: {
    title: '速度过快',
    means: '由前后两帧的位置和真实时间算出对地速度。比同类目标可能达到的还快，说明位置有误或类别标错。',
    limitKeys: {
      car: '轿车和摩托车',
      heavy: '卡车和公交车',
      cycle: '自行车',
      pedestrian: '行人',
      still: '固定摆放的物体',
    },
    says: { is: '速度为 {{speed}} m/s；这类目标超过 {{limit}} m/s 就值得查看。' },
  },
  ACCEL: {
    title: '运动突变',
    means:
      '在一秒窗口内拟合的对地加速度。运动变化快过这类目标的能力，说明是标注跳动而不是真实行驶。限值会为合格标注的正常离散留出余量。',
    limitKeys: { car: '轿车和摩托车', heavy: '卡车和公交车', cycle: '自行车', pedestrian: '行人' },
    says: {
      is: '按这些位置需要 {{acceleration}} m/s² 的加速度；对这类目标来说 {{limit}} m/s² 已经很大。',
    },
  },
  YAWRATE: {
    title: '转向过快',
    means: '行驶中轮式目标的转向角速度，在一秒窗口内拟合，与转向机构和轮胎附着力在该速度下所允许的值比较。',
    limitKeys: { all: '轮式目标的转向' },
    says: {
      is: '以 {{speed}} m/s 行驶时每秒转过 {{rate}}°。',
      slips: '以 {{speed}} m/s 行驶时每秒转过 {{rate}}°，超出轮胎附着力。',
    },
  },
  FLIP: {
    title: '朝向反转',
    means:
      '朝向在相邻两帧之间掉头，或与行进方向相反，说明车头车尾标反。较小的偏差通过与前后帧比较发现。其他框都竖直而某个框倾斜，说明被误转。',
    limitKeys: {
      all: '轮式目标',
      pedestrian: '行人',
      line: '与前后帧朝向的偏差',
      lean: '其他框竖直时的倾斜',
    },
    says: {
      is: '相邻两帧之间朝向转过 {{step}}°。',
      course: '朝向与行进方向相差 {{off}}°。',
      lean: '框体倾斜 {{off}}°，而场景中其他框都是竖直的。',
      line: '朝向与前后帧相差 {{off}}°。',
    },
  },
  CRAB: {
    title: '横向滑行',
    means: '车轮朝哪里就往哪里滚。行驶车辆的朝向与航迹成一定角度就是错的，哪怕角度不大但持续存在。',
    limitKeys: { all: '单帧', lasting: '一秒内的中位值' },
    says: {
      is: '朝向与航迹相差 {{angle}}°。',
      lasting: '持续一秒，朝向始终偏在航迹一侧 {{angle}}°。',
    },
  },
  STATIC: {
    title: '位置不稳',
    means:
      '静止的目标不应游走，运动的目标应当平滑。静止目标与同一场景的其他静止目标比较，因此位姿漂移不会被当成标注错误。',
    limitKeys: {
      all: '静止目标偏离原位',
      line: '运动目标偏离前后帧的轨迹',
      jitter: '整条轨迹相对平滑路径的离散',
      height: '偏离轨迹大部分的高度',
    },
    says: {
      is: '偏离其他帧中的位置 {{meters}} m。',
      line: '偏离前后帧所成的路径 {{meters}} m。',
      step: '突然偏离此前各帧的路径 {{meters}} m。',
      higher: '比该轨迹大部分高 {{meters}} m。',
      lower: '比该轨迹大部分低 {{meters}} m。',
      jitter: '该轨迹的 {{labels}} 个标注相对平滑路径离散 {{meters}} m。',
    },
  },
  ATTRMOT: {
    title: '属性与运动矛盾',
    means: '目标静止达一秒却标为“运动”，或正在移动却标为“停放”“停止”。',
    limitKeys: {
      moving: '标为运动却静止的秒数',
      still: '标为停放或停止却在移动的秒数',
      fast: '标为停放或停止却快于 3 m/s 的秒数',
    },
    says: {
      moving: '标为运动，但静止了 {{seconds}} s（{{speed}} m/s）。',
      still: '标为停放或停止，但以 {{speed}} m/s 移动了 {{seconds}} s。',
    },
  },
  GAP: {
    title: '轨迹缺段',
    means:
      '在轨迹的两个标注之间、首个标注之前和末个标注之后，到目标应在的位置查点云。那里若清楚可见目标的点，就是漏标。',
    limitKeys: { all: '轨迹内部缺失的帧数', ends: '开头之前或结尾之后缺失的帧数' },
    says: {
      is: '目标就在那里却没有标注。帧数：{{frames}}；该处点数：{{points}}。',
      late: '轨迹开始过晚：目标此前已在那里。帧数：{{frames}}；该处点数：{{points}}。',
      early: '轨迹结束过早：目标仍在那里。帧数：{{frames}}；该处点数：{{points}}。',
    },
  },
  IDJUMP: {
    title: 'ID 跳变',
    means:
      '一个 ID 只属于一个目标。ID 跳到目标不可能到达的地方、中断后在别处出现，或在同一帧出现两次，说明给了另一个目标。',
    limitKeys: {
      all: '超出最远可达距离的米数',
      leap: '相邻帧之间偏离路径的米数',
      reuse: '中断之后偏离路径的米数',
      double: '同一帧内同 ID 两个标注的间距（米）',
    },
    says: {
      is: '{{seconds}} s 内移动了 {{moved}} m；最远只能到 {{farthest}} m。',
      leap: '突然偏离路径 {{off}} m。',
      reuse: '重新出现时偏离路径 {{off}} m。中断的帧数：{{frames}}。',
      double: '同一帧内同一 ID 出现两次，相距 {{apart}} m。',
    },
  },
  IDSW: {
    title: 'ID 互换或断开',
    means:
      '两条轨迹若互换 ID 后都更平滑，就是 ID 标反了。一条轨迹恰在同类另一条结束之处、结束之时开始，就是同一目标换了新 ID。',
    limitKeys: { all: '与另一条轨迹去向的距离（米）' },
    says: {
      exchange: '突然偏离路径 {{off}} m；若与 {{other}} 互换 ID，两者只偏离 {{swapped}} m。',
      broken: '在 {{other}} 结束 {{seconds}} s 后开始，距其去向 {{off}} m。',
    },
  },
  SHORT: {
    title: '轨迹过短',
    means:
      '只有一两帧的轨迹，而目标离得近、看得清，又在场景中段。目标不会这样来去匆匆：它是另一条轨迹的一部分，或根本不是目标。',
    limitKeys: { all: '轨迹的帧数' },
    says: { is: '清楚可见，轨迹却这么短。帧数：{{frames}}。' },
  },
  FLICKER: {
    title: '类别闪变',
    means: '一个目标只有一个类别。列出轨迹中与多数标注类别不同的标注。',
    limitKeys: { all: '一条轨迹的类别数' },
    says: { is: '标为 {{here}}，而该轨迹多数标为 {{usual}}。这样标的标注数：{{frames}}。' },
  },
  COPY: {
    title: '复制的位姿',
    means:
      '目标在移动而位姿一位不差地重复，说明是复制而不是标出来的。两个拐点之间长段毫无起伏的路径，只在两端标过。',
    limitKeys: { all: '复制的帧数', ruled: '直线插值的帧数' },
    says: {
      is: '目标在移动，位姿却与前一帧相同。复制的帧数：{{frames}}。',
      ruled: '在两个拐点之间以 {{speed}} m/s 沿直线匀速移动。帧数：{{frames}}。',
    },
  },
} as const satisfies SameKeys<typeof en>;
