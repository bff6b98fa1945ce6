import type en from '../en/checkPoints.ts';
import type { SameKeys } from '../shape.ts';

export default {
  EMPTY: {
    title: '空框',
    means: '激光雷达能照到且没有遮挡，但框内没有任何物体。被其他物体挡住的框不算。',
    limitKeys: {
      all: '框内点数',
      near: '框内非地面点数（40 米以内）',
      beside: '框内点数（紧挨框前有未标注物体）',
    },
    says: {
      beside: '框内没有物体，而紧挨在它前面的点没有标注：框似乎偏到了物体旁边。',
      is: '框内没有激光点，而射向它的光线有 {{percent}}% 未被遮挡。',
      onlyGround: '框内只有地面点，而射向它的光线有 {{percent}}% 未被遮挡：这里没有物体。',
    },
  },
  LOOSE: {
    title: '框不贴合',
    means: '某个面与物体的点之间有空隙，而且激光光线确实从中穿过。说明框在这一侧过大，或位置不对。',
    limitKeys: {
      end: '前后面的空隙（车辆）',
      side: '侧面的空隙（车辆）',
      top: '顶面的空隙（车辆）',
      softEnd: '前后面的空隙（其他）',
      softSide: '侧面的空隙（其他）',
      softTop: '顶面的空隙（其他）',
      departure: '比该轨迹平常更宽的部分（车辆）',
      softDeparture: '比该轨迹平常更宽的部分（其他）',
      pooled: '合并整条轨迹各帧的空隙（车辆）',
    },
    says: {
      front: '前面距最近的点 {{meters}} 米。',
      rear: '后面距最近的点 {{meters}} 米。',
      left: '左侧面距最近的点 {{meters}} 米。',
      right: '右侧面距最近的点 {{meters}} 米。',
      top: '顶面比最高的点高出 {{meters}} 米。',
      pooledFront: '合并该轨迹的 {{frames}} 帧来看，前面距物体表面 {{meters}} 米。',
      pooledRear: '合并该轨迹的 {{frames}} 帧来看，后面距物体表面 {{meters}} 米。',
      pooledLeft: '合并该轨迹的 {{frames}} 帧来看，左侧面距物体表面 {{meters}} 米。',
      pooledRight: '合并该轨迹的 {{frames}} 帧来看，右侧面距物体表面 {{meters}} 米。',
      departure: '有一个面距最近的点 {{meters}} 米，而该轨迹中通常为 {{usual}} 米。',
    },
  },
  CUT: {
    title: '点被切掉',
    means: '与框内的点相连、又不属于其他标注的点落在某个面之外。说明框在这一侧过小，或位置、朝向不对。',
    limitKeys: {
      all: '紧邻框外的点所占比例（车辆）',
      limbs: '紧邻框外的点所占比例（其他）',
      pooled: '合并整条轨迹各帧后某个面之外的点所占比例（车辆）',
    },
    says: {
      front: '{{percent}}% 的点落在框外，最远超出前面 {{meters}} 米。',
      rear: '{{percent}}% 的点落在框外，最远超出后面 {{meters}} 米。',
      left: '{{percent}}% 的点落在框外，最远超出左侧面 {{meters}} 米。',
      right: '{{percent}}% 的点落在框外，最远超出右侧面 {{meters}} 米。',
      top: '{{percent}}% 的点落在框外，最远超出顶面 {{meters}} 米。',
      pooledFront: '合并该轨迹的 {{frames}} 帧来看，{{percent}}% 的点落在前面之外。',
      pooledRear: '合并该轨迹的 {{frames}} 帧来看，{{percent}}% 的点落在后面之外。',
      pooledLeft: '合并该轨迹的 {{frames}} 帧来看，{{percent}}% 的点落在左侧面之外。',
      pooledRight: '合并该轨迹的 {{frames}} 帧来看，{{percent}}% 的点落在右侧面之外。',
      pooledTop: '合并该轨迹的 {{frames}} 帧来看，{{percent}}% 的点落在顶面之外。',
    },
  },
  GROUND: {
    title: '未贴地',
    means: '道路使用者都站在周围的地面上。框底悬空或陷入地面，说明高度或位置有误；框体倾斜，说明被误转。',
    limitKeys: {
      all: '到地面的距离（单帧）',
      steady: '到地面的距离（结合轨迹）',
      both: '到地面的距离（顶面也偏向同一侧）',
      tilt: '倾斜时一端偏离的距离',
    },
    says: {
      floating: '框底悬在地面以上 {{meters}} 米。',
      sunk: '框底低于地面 {{meters}} 米。',
      tilt: '框体相对地面倾斜 {{degrees}}°：一端偏离 {{meters}} 米。',
    },
  },
  CLUSTER: {
    title: '漏标的物体',
    means:
      '连成一片、立在地面上、尺寸与道路使用者相当的点，既不在任何框内，也不靠近任何框。仅凭点云能认出的建筑、植物和立杆已被排除。',
    limitKeys: { all: '点数（折算到 20 米处）' },
    says: {
      is: '{{range}} 米处有 {{points}} 个点没有标注，持续 {{frames}} 帧：长 {{length}} 米，宽 {{width}} 米，高 {{height}} 米。',
    },
  },
} as const satisfies SameKeys<typeof en>;
