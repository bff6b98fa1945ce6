/**
 * A vendor's own JSON or CSV, read as a mapping explains it: one that is handed in, or `assay-mapping.json` in the
 * delivery. Labels, clouds, pictures, lenses and poses as `mappingDocument.ts` says.
 */
import type { Folder } from '../../base/bytes.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { readText } from '../textFile.ts';
import { placementOf, unturned } from './conventions.ts';
import { ONLY_SCENE } from './labelRows.ts';
import { MappedCalibrations } from './mappedCalibrations.ts';
import { type PoseTable, readPoses } from './mappedPoses.ts';
import { addScene } from './mappedScene.ts';
import { MappedSensors } from './mappedSensors.ts';
import { type Mapping, mappingFileName, readMapping } from './mappingDocument.ts';
import { readLabels } from './readLabels.ts';

async function mappingOf(
  folder: Folder,
  context: ReadContext,
  builder: DeliveryBuilder,
): Promise<Mapping | null> {
  const text =
    context.mapping === undefined
      ? await readText(folder, mappingFileName)
      : ({ ok: true, value: context.mapping } as const);
  if (!text.ok) {
    builder.problems.add(text.problem);
    return null;
  }
  const reading = readMapping(text.value, context.mapping === undefined ? mappingFileName : '');
  builder.problems.addAll(reading.problems);
  return reading.ok ? reading.mapping : null;
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const mapping = await mappingOf(folder, context, builder);
  if (mapping !== null) await addDelivery(mapping, folder, context, builder);
  return builder.build('mapped');
}

async function addDelivery(
  mapping: Mapping,
  folder: Folder,
  context: ReadContext,
  builder: DeliveryBuilder,
): Promise<void> {
  reportUpright(mapping, builder);
  const table = await readLabels(mapping, folder, context, builder);
  const sensors = new MappedSensors(mapping, folder, context);
  const poses: PoseTable =
    mapping.poses === null ? new Map() : await readPoses(mapping.poses, folder, builder.problems);
  const lidar = mapping.lidars[0] ?? { spaceFromPoints: null, axes: mapping.axes };
  const spaceFromVendor = placementOf(lidar.spaceFromPoints, lidar.axes);
  const calibrations = new MappedCalibrations(
    mapping.calibrations,
    folder,
    spaceFromVendor,
    builder.problems,
  );
  const labelled = table.scenes;
  // Clouds of a scene that nobody labelled still belong to the delivery.
  const scenes = [
    ...new Set([...labelled, ...sensors.scenes, ...(labelled.length === 0 ? [ONLY_SCENE] : [])]),
  ];
  for (const scene of scenes) {
    context.signal?.throwIfAborted();
    await addScene({
      builder,
      table,
      sensors,
      calibrations,
      poses: poses.get(scene) ?? poses.get(ONLY_SCENE) ?? new Map(),
      areWorldLabels: mapping.labelsIn === 'world',
      scene,
      hasSeveral: scenes.length > 1,
    });
  }
}

/** An object cannot look straight up when its heading is 0, and a matrix must not scale or mirror. */
function reportUpright(mapping: Mapping, builder: DeliveryBuilder): void {
  const tell = (place: string, expected: string): void => {
    builder.problems.add({
      code: 'mapping-value-bad',
      severity: 'error',
      path: '',
      place,
      params: { expected },
    });
  };
  const turn = mapping.fields.rotation;
  if (unturned(turn.zero, mapping.axes) === null) tell('/fields/rotation/zero', 'a level axis');
  const given = [
    ['/spaceFromLabels', mapping.spaceFromLabels] as const,
    ...mapping.lidars.map(
      ({ spaceFromPoints }, at) => [`/lidars/${at}/spaceFromPoints`, spaceFromPoints] as const,
    ),
  ];
  for (const [place, matrix] of given) {
    if (matrix !== null && placementOf(matrix, mapping.axes) !== matrix) tell(place, 'a rigid 4x4');
  }
}

async function detect(folder: Folder): Promise<number> {
  return folder.entries.some(({ path }) => path === mappingFileName) ? 1 : 0;
}

export const mappedReader: Reader = {
  id: 'mapped',
  lookedFor: 'readers.lookedFor.mapped',
  detect,
  index,
};
