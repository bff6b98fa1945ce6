import type en from '../en/checkSensors.ts';
import type { SameKeys } from '../shape.ts';

export default {
  PROJ: {
    title: '2D 与 3D 一致性',
    means:
      '把三维框经真实镜头模型投影到图像，其轮廓应与同一目标的 2D 框吻合。被遮挡、被截断和过小的目标不参与比较；并先学习本批交付画框的松紧习惯。',
    limitKeys: {
      all: '投影轮廓与 2D 框的重叠',
      steady: '相对该目标前后帧习惯的重叠',
      within: '被遮挡或截断目标的 2D 框落在轮廓内的比例',
      absent: '有对应标注（1）或缺失（0）',
    },
    says: {
      apart: '三维框投影与 2D 框仅重叠 {{overlap}}%。',
      box: '2D 框偏离自身轨迹：与三维框投影仅重叠 {{overlap}}%。',
      cuboid: '三维框偏离自身轨迹：与 2D 框仅重叠 {{overlap}}%。',
      outside: '2D 框仅有 {{overlap}}% 落在其三维框的轮廓内。',
      link: '该 2D 框更符合另一个三维框：重叠 {{other}}%，而与其所关联的仅 {{overlap}}%。',
      elsewhere: '该 2D 框关联到了位于别处的三维框。',
      unlinked: '该 2D 框与一个三维框吻合，却没有关联。',
      noCuboid: '该 2D 框没有三维框，而此相机的其他 2D 框几乎都有。',
      noBox: '该三维框在此相机中完整可见却没有 2D 框，而同类目标几乎都有。',
    },
  },
  TIME: {
    title: '传感器时间',
    means: '图像与点云的时间差应保持该相机自身的常值，帧间隔与先后顺序应正常，三维框与 2D 框应属于同一时刻。',
    limitKeys: {
      camera: '与该相机常值时间差的偏离',
      period: '与常见帧间隔的偏离',
      order: '帧间时间倒退',
      clock: '由标注推得的相机时钟误差',
    },
    says: {
      camera: '该图像与点云相差 {{ms}} ms，而此相机通常为 {{usual}} ms。',
      period: '距上一帧 {{ms}} ms，通常为 {{usual}} ms。',
      order: '时间没有前进：距上一帧 {{ms}} ms。',
      clock: '若认为图像晚 {{ms}} ms 拍摄，此相机的 {{objects}} 个目标即可吻合。',
      allClocks: '若认为所有图像晚 {{ms}} ms 拍摄，各相机均可吻合：应检查点云时钟或自车位姿。',
    },
  },
  POSE: {
    title: '自车位姿',
    means:
      '自车位姿应为刚体变换，且变化符合车辆运动。若某帧的标注在世界坐标系中整体同样跳动，则是位姿跳变，而非标注错误。',
    limitKeys: {
      jump: '超出车辆自身运动的跳变',
      labels: '全部标注共有的跳变',
      rigid: '位姿变形量（20 m 处）',
    },
    says: {
      jump: '自车位置跳变 {{meters}} m，超出前后运动所允许的范围。',
      turn: '自车航向跳变 {{degrees}}°，超出前后运动所允许的范围。',
      labels: '{{objects}} 个目标在世界坐标系中一同跳动 {{meters}} m：此处错在位姿，而非标注。',
      stray:
        '{{objects}} 个目标在世界坐标系中一同跳动 {{meters}} m，而自车轨迹平滑：点云与位姿不属于同一时刻。',
      rigid: '位姿不是刚体变换：{{lever}} m 处的点会偏移 {{meters}} m。',
    },
  },
  CALIB: {
    title: '标定',
    means:
      '相机外参应为刚体变换，内参应合理，三维框整体所示的相机朝向应与 2D 框一致。相机转偏只报告一次，不会算作每个标注的错误。',
    limitKeys: {
      rigid: '外参坐标轴的变形',
      lens: '光轴与图像中心的夹角',
      aim: '2D 框与三维框的常见夹角',
      turn: '由目标推得的相机转角',
    },
    says: {
      rigid: '外参不是刚体变换：坐标轴偏差 {{deviation}}。',
      lens: '光轴偏离图像中心 {{degrees}}°。',
      noLens: '内参不成其为镜头：数值无效或没有焦距。',
      aim: '{{objects}} 个有关联 2D 框的目标中，一半偏离其 2D 框 {{degrees}}° 以上。',
      inverted: '外参取逆后才吻合：写成了从相机到激光雷达的变换。',
      turned: '若将相机转动 {{degrees}}°（x {{x}}°，y {{y}}°，z {{z}}°），{{objects}} 个目标即可吻合。',
      shifted: '若将相机转动 {{degrees}}° 并平移 {{centimeters}} cm，{{objects}} 个目标即可吻合。',
    },
  },
} as const satisfies SameKeys<typeof en>;
