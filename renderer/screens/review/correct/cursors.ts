/** The CSS cursor over a handle: it points the way the face goes on this screen. */
import { fromBoxAxes } from '../../../../shared/geometry/boxAxes.ts';
import type { BoxHandle } from '../../../../shared/geometry/boxHandles.ts';
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import type { EngineView } from '../../../viewport/engineContract.ts';
import { CloseView } from '../../../viewport/views/closeView.ts';

/** By eighths of a turn, counter-clockwise from the right. */
const resizing = ['ew-resize', 'nesw-resize', 'ns-resize', 'nwse-resize'] as const;

export function cursorOf(handle: BoxHandle, shape: CuboidShape, view: EngineView): string {
  if (handle.kind === 'turn') return 'grab';
  if (handle.kind === 'move' || !(view instanceof CloseView)) return 'move';
  const outwards: [number, number, number] = [0, 0, 0];
  for (const face of handle.faces) outwards[face >> 1] = face % 2 === 0 ? 1 : -1;
  const tip = fromBoxAxes(shape, outwards);
  const { right, up } = view.axes;
  let x = 0;
  let y = 0;
  for (let axis = 0; axis < 3; axis++) {
    const way = tip[axis]! - shape.center[axis]!;
    x += way * right[axis]!;
    y += way * up[axis]!;
  }
  const eighth = Math.round(Math.atan2(y, x) / (Math.PI / 4));
  return resizing[((eighth % 4) + 4) % 4]!;
}
