/** Pane sizes as the auditor left them, by group. */
import type { Layout } from 'react-resizable-panels';
import { z } from '../../../shared/base/door.ts';
import { useRememberedView } from '../../state/context.tsx';

const sizesSchema = z.record(z.string(), z.record(z.string(), z.number().min(0).max(100)));

export interface GroupSizes {
  readonly id: string;
  readonly defaultLayout?: Layout;
  readonly onLayoutChanged: (layout: Layout) => void;
}

/** Props for each resizable group of a screen, by the group's name. */
export function usePaneSizes(room: string): (group: string) => GroupSizes {
  const [view, remember] = useRememberedView<unknown>(room, {});
  const parsed = sizesSchema.safeParse(view);
  const sizes = parsed.success ? parsed.data : {};
  return (group) => {
    const known = sizes[group];
    return {
      id: `${room}.${group}`,
      ...(known ? { defaultLayout: known } : {}),
      onLayoutChanged(layout) {
        const before = sizes[group];
        const isSame = before && Object.entries(layout).every(([id, size]) => before[id] === size);
        if (!isSame) remember({ ...sizes, [group]: layout });
      },
    };
  };
}
