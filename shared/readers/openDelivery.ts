/** Opens a delivery whatever its format: every reader looks at the folder's content, the surest one indexes it. */
import type { Folder } from '../base/bytes.ts';
import type { Result } from '../base/problem.ts';
import { done, failed } from '../base/problem.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import { argoverseReader } from './argoverse2/argoverseReader.ts';
import { binReader, lasReader, pcdReader, plyReader } from './cloudFolderReader.ts';
import { cocoReader } from './coco/cocoReader.ts';
import { ContentClaims } from './contents/contentClaims.ts';
import { findClaimed, reportContradictions } from './contents/settleClaims.ts';
import { readStatedContents } from './contents/statedContents.ts';
import type { ReadContext, Reader } from './contract.ts';
import { cvatReader } from './cvat/cvatReader.ts';
import { kittiReader } from './kitti/kittiReader.ts';
import { kittiRawReader } from './kittiRaw/kittiRawReader.ts';
import { kittiTrackingReader } from './kittiTracking/kittiTrackingReader.ts';
import { mappedReader } from './mapped/mappedReader.ts';
import { mcapReader } from './mcap/mcapReader.ts';
import { ncoreReader } from './ncore/ncoreReader.ts';
import { nuscenesReader } from './nuscenes/nuscenesReader.ts';
import { openlabelReader } from './openlabel/openlabelReader.ts';
import { pandasetReader } from './pandaset/pandasetReader.ts';
import { physicalAiReader } from './physicalAi/physicalAiReader.ts';
import { ProblemList } from './problemList.ts';
import { scalabelReader } from './scalabel/scalabelReader.ts';
import { scaleReader } from './scale/scaleReader.ts';
import { segmentsReader } from './segments/segmentsReader.ts';
import { semanticKittiReader } from './semanticKitti/semanticKittiReader.ts';
import { superviselyReader } from './supervisely/superviselyReader.ts';
import { sustechReader } from './sustech/sustechReader.ts';
import { waymoReader } from './waymo/waymoReader.ts';
import { xtremeReader } from './xtreme1/xtremeReader.ts';

/** Every format this version reads. A new one is a new line here. */
export const readers: readonly Reader[] = [
  mappedReader,
  openlabelReader,
  sustechReader,
  nuscenesReader,
  argoverseReader,
  pandasetReader,
  waymoReader,
  ncoreReader,
  physicalAiReader,
  kittiTrackingReader,
  kittiRawReader,
  semanticKittiReader,
  kittiReader,
  superviselyReader,
  xtremeReader,
  segmentsReader,
  scalabelReader,
  cvatReader,
  cocoReader,
  scaleReader,
  mcapReader,
  pcdReader,
  lasReader,
  plyReader,
  binReader,
];

/** A reader this sure has seen the format's own words; the others need not look, nor read any bytes for it. */
const SURE = 0.9;

/** The reader that is surest about this folder, or null when none knows it. Equal confidence: the first listed. */
export async function detectFormat(folder: Folder): Promise<Reader | null> {
  let best: Reader | null = null;
  let confidence = 0;
  for (const reader of readers) {
    const found = await reader.detect(folder);
    if (found > confidence) [best, confidence] = [reader, found];
    if (confidence >= SURE) break;
  }
  return best;
}

/** A mapping that was handed in settles the format; else the folder's content does. */
export async function readerFor(folder: Folder, { mapping }: ReadContext): Promise<Reader | null> {
  return mapping === undefined ? await detectFormat(folder) : mappedReader;
}

/**
 * Indexes a delivery whose sensor data lies in a second root. The first reading pairs by name and time and tells
 * which stated contents are still to be found; where hashing finds any, the delivery is read once more with them.
 */
async function indexWithContents(
  reader: Reader,
  folder: Folder,
  context: ReadContext,
  sensors: Folder,
  hashOf: NonNullable<ReadContext['hashOf']>,
): Promise<DeliveryIndex> {
  const problems = new ProblemList();
  const listed = await readStatedContents(folder, context, problems);
  const contents = new ContentClaims(listed);
  const byName = await reader.index(folder, { ...context, contents });
  await reportContradictions(contents, sensors, hashOf, context, problems);
  const found = await findClaimed(contents, sensors, hashOf, context, problems);
  const index =
    found.size === 0
      ? byName
      : await reader.index(folder, { ...context, contents: new ContentClaims(listed, found) });
  return { ...index, problems: [...index.problems, ...problems.toArray()] };
}

/**
 * Indexes a folder (or a single file, as a folder of one entry). Fails with `format-unknown`, whose `lookedFor` lists
 * the format ids that were tried; `readers` has a catalogue key for each. Throws only the signal's reason.
 */
export async function openDelivery(
  folder: Folder,
  context: ReadContext = {},
): Promise<Result<DeliveryIndex>> {
  const reader = await readerFor(folder, context);
  if (reader) {
    const { sensors, hashOf } = context;
    if (!sensors || !hashOf) return done(await reader.index(folder, context));
    return done(await indexWithContents(reader, folder, context, sensors, hashOf));
  }
  const params = { lookedFor: readers.map(({ id }) => id).join(', '), files: folder.entries.length };
  return failed({ code: 'format-unknown', severity: 'error', path: '', params });
}
