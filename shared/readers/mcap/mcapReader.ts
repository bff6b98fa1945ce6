/** Recordings (MCAP): each is a scene, each of its clouds a frame, with the pictures taken at that time. No labels. */
import type { Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { extensionOf, naturalOrder, stemOf } from '../paths.ts';
import { readBytes } from '../textFile.ts';
import { isMcap, openRecording } from './recording.ts';
import { readContents } from './recordingContents.ts';
import { RecordingScene } from './recordingScene.ts';

const isRecording = (path: string) => extensionOf(path) === 'mcap';
/** How many files are looked into before a folder is given up as not being recordings. */
const SNIFFED_FILES = 3;

async function detect(folder: Folder): Promise<number> {
  const paths = folder.entries.map(({ path }) => path).filter(isRecording);
  for (const path of paths.slice(0, SNIFFED_FILES)) {
    const head = await readBytes(folder, path, 8);
    // Labels in the same folder say more about it, and a format of clouds that lie beside the recording less.
    if (head.ok && isMcap(head.value)) return 0.6;
  }
  return 0;
}

async function addRecording(folder: Folder, path: string, builder: DeliveryBuilder, context: ReadContext) {
  try {
    const opened = await openRecording(await folder.open(path), path);
    if (!opened.ok) throw new ProblemError(opened.problem);
    if (opened.value.isCutOff) {
      builder.problems.add({ code: 'mcap-cut-off', severity: 'error', path });
    }
    const contents = await readContents(opened.value, context, builder.problems);
    new RecordingScene(path, contents, builder).addTo(stemOf(path));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    builder.problems.add(error.problem);
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const paths = folder.entries
    .map(({ path }) => path)
    .filter(isRecording)
    .sort(naturalOrder);
  for (const [position, path] of paths.entries()) {
    context.signal?.throwIfAborted();
    await addRecording(folder, path, builder, context);
    context.progress?.(position + 1, paths.length);
  }
  return builder.build('mcap');
}

export const mcapReader: Reader = { id: 'mcap', lookedFor: 'readers.lookedFor.mcap', detect, index };
