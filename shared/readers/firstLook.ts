/** One frame of a large delivery, shown while the rest is still being read. */
import type { ByteSource, Folder } from '../base/bytes.ts';
import type { Frame } from '../model/delivery.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { ReadContext, Reader } from './contract.ts';
import { LabelTableBuilder } from './labelTableBuilder.ts';
import { extensionOf } from './paths.ts';
import { ProblemList } from './problemList.ts';

/** Tables smaller than this together are read before anyone could look. */
const WORTH_IT_BYTES = 48 * 1024 * 1024;
/** Of each table: tens of thousands of rows, well beyond what the first frame needs where rows are in its order. */
const HEAD_BYTES = 4 * 1024 * 1024;

/**
 * The first frame that has points, else pictures, out of the first rows of every table: without labels, since those
 * rows do not hold all of them. Null where the delivery is small, the format's tables cannot be cut short, or their
 * first rows do not belong together. What is wrong with the tables is told by the whole reading.
 */
export async function firstLook(
  reader: Reader,
  folder: Folder,
  context: ReadContext,
): Promise<DeliveryIndex | null> {
  if (!reader.readsHeads) return null;
  const tables = folder.entries.filter(({ path }) => extensionOf(path) === 'json');
  if (tables.reduce((sum, { size }) => sum + size, 0) < WORTH_IT_BYTES) return null;
  const { sensors, signal } = context;
  const index = await reader.index(headsOf(folder), {
    ...(sensors ? { sensors } : {}),
    ...(signal ? { signal } : {}),
  });
  const frames = index.delivery.frames.slice(0, index.delivery.scenes[0]?.frameCount ?? 0);
  const frame =
    frames.find(({ sweeps }) => sweeps.length > 0) ?? frames.find(({ images }) => images.length > 0);
  return frame ? withOnly(index, frame) : null;
}

/** The same folder with the start of each table in its place. */
function headsOf(folder: Folder): Folder {
  return {
    ...folder,
    entries: folder.entries.map((entry) =>
      extensionOf(entry.path) === 'json' ? { ...entry, size: Math.min(entry.size, HEAD_BYTES) } : entry,
    ),
    async open(path): Promise<ByteSource> {
      const source = await folder.open(path);
      if (extensionOf(path) !== 'json' || source.length <= HEAD_BYTES) return source;
      return {
        length: HEAD_BYTES,
        slice: (start, end) => source.slice(start, Math.min(end, HEAD_BYTES)),
      };
    },
  };
}

function withOnly({ delivery, source }: DeliveryIndex, frame: Frame): DeliveryIndex {
  const scene = delivery.scenes[frame.scene]!;
  return {
    delivery: {
      ...delivery,
      scenes: [{ id: scene.id, frameStart: 0, frameCount: 1 }],
      frames: [{ ...frame, scene: 0, index: 0 }],
      frameIds: [frame.id],
      labelFiles: [],
    },
    labels: new LabelTableBuilder(new ProblemList()).build(1),
    source,
    others: [],
    problems: [],
  };
}
