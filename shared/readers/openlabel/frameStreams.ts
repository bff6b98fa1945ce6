/** Which files of which stream belong to which frame of a document. */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { StatedContent } from '../contents/statedContents.ts';
import type { FrameKey } from '../frameFiles.ts';
import { numberOfStem } from '../frameFiles.ts';
import {
  filesIn,
  filesOfOnlyFolder,
  foldersWithFiles,
  isCloudPath,
  isFilmPath,
  isImagePath,
  stemOf,
} from '../paths.ts';
import { pairRole } from '../roleFiles.ts';
import type { DocumentFrame } from './document.ts';
import { leadsOutside } from './fileAddresses.ts';
import type { SceneInput, SceneNotes } from './sceneInput.ts';
import type { StreamStatement } from './streamStatements.ts';
import { frameTimestamp, streamStatement } from './streamStatements.ts';

export interface StreamFrame {
  readonly file: FileRef | null;
  /** What the document names, '' where it names nothing. */
  readonly uri: string;
  readonly timestampNanos: string | null;
  /** Where `file` is a film: the frame of it that is meant, counted from 0. */
  readonly row?: number;
}

/** A stream of a scene, and what every frame of the document says about it. */
interface StreamSearch {
  readonly input: SceneInput;
  readonly notes: SceneNotes;
  readonly stream: string;
  readonly keep: (path: string) => boolean;
  readonly frames: readonly (StreamStatement & { readonly frame: DocumentFrame })[];
}

/**
 * Files that may belong to a stream though no frame names them: those below its own `uri`, else those with the
 * stream's name as a folder (and the scene's, where one is there), else all of the kind when they share one folder.
 */
function candidates(
  { input, stream, keep }: StreamSearch,
  listing: Pick<Folder, 'entries'> | null | undefined,
): string[] {
  if (!listing) return [];
  const { entries } = listing;
  const holds = (folder: string) => filesIn(entries, folder, keep);
  const folders = foldersWithFiles(entries);
  const uri = (input.document.streams.get(stream)?.uri ?? '').replace(/^\.\//, '').replace(/\/*$/, '/');
  const below = uri === '/' ? [] : folders.filter((folder) => folder.startsWith(uri)).flatMap(holds);
  if (below.length > 0) return below;
  const named = folders.filter((folder) => folder.split('/').includes(stream));
  const ofScene = named.filter((folder) => folder.split('/').includes(input.sceneId));
  const found = (ofScene.length > 0 ? ofScene : named).flatMap(holds);
  return found.length > 0 || keep !== isCloudPath ? found : filesOfOnlyFolder(entries, keep);
}

/** The content a frame states itself; the checksum lists are asked where it states none. */
function ownContent({ input }: StreamSearch, { content }: StreamStatement): StatedContent | null {
  return content === null || content === 'unknown' ? null : { ...content, source: input.path };
}

/** Files by what the frames call them; content finds what was renamed. */
function filesByUri(search: StreamSearch, uris: readonly string[]): (FileRef | null)[] {
  const { input, notes, frames, keep } = search;
  const { addresses, listedAddresses, contents, path } = input;
  return uris.map((uri, i) => {
    const said = frames[i]!;
    const file = uri === '' ? null : addresses.find(uri, path);
    if (file === null && leadsOutside(uri, path)) notes.addOnce('address-outside', 'error', { uri });
    if (!contents) return file;
    const listed = uri === '' ? null : listedAddresses?.find(uri, path);
    const stated = ownContent(search, said) ?? contents.listed.of(listed?.path);
    return contents.resolve(said.frame.key, file, stated, keep);
  });
}

/** Files by frame number, time and content, where no frame names any. */
function filesByNumber(search: StreamSearch): (FileRef | null)[] {
  const { input, frames, keep } = search;
  const keys: FrameKey[] = frames.map(({ frame, number, timestampNanos }) => ({
    stem: number === null ? frame.key : String(number),
    timestampNanos: timestampNanos ?? frameTimestamp(frame),
  }));
  const files = {
    keep,
    delivery: candidates(search, input.delivery),
    sensors: candidates(search, input.sensors),
    listed: candidates(search, input.contents?.listed),
  };
  const stated = frames.map((said) => ownContent(search, said));
  const paired = pairRole(keys, files, input.contents, stated);
  if (files.delivery.length + files.sensors.length > 0) reportShift(search, paired.files);
  return [...paired.files];
}

/** A shift says which number the file of a frame carries: told where no file carries the number it gives. */
function reportShift(
  { input, notes, stream, frames }: StreamSearch,
  files: readonly (FileRef | null)[],
): void {
  const shift = frames.find((said) => said.shift !== null && said.shift !== 'bad')?.shift;
  if (shift === undefined || shift === null) return;
  const isApplied = files.some((file, i) => {
    if (file === null || frames[i]!.number === null) return false;
    return numberOfStem(stemOf(file.path)) === String(frames[i]!.number) || input.contents?.isFound(file);
  });
  if (!isApplied) notes.addOnce('openlabel-shift-unused', 'warning', { stream, shift });
}

function reportUnusable({ input, notes, stream, frames }: StreamSearch): void {
  if (frames.some(({ shift }) => shift === 'bad')) {
    notes.addOnce('openlabel-shift-bad', 'warning', { stream });
  }
  if (input.contents && frames.some(({ content }) => content === 'unknown')) {
    notes.addOnce('openlabel-checksum-unknown', 'info', { stream });
  }
}

/** The film that a stream names for all its frames, where it is here. */
function filmOf({ input }: StreamSearch, uri: string): FileRef | null {
  return isFilmPath(uri) ? input.addresses.find(uri, input.path) : null;
}

/** One entry per frame of the document. */
export function streamFrames(
  input: SceneInput,
  notes: SceneNotes,
  stream: string,
  kind: 'lidar' | 'camera',
): StreamFrame[] {
  const { document } = input;
  const own = document.streams.get(stream);
  const isOnlyFrame = document.frames.length === 1;
  const frames = document.frames.map((frame) => ({
    frame,
    ...streamStatement(frame, stream, own, isOnlyFrame),
  }));
  const keep = kind === 'lidar' ? isCloudPath : isImagePath;
  const search: StreamSearch = { input, notes, stream, keep, frames };
  reportUnusable(search);
  const ownUri = own?.uri ?? '';
  const uris = frames.map(({ uri }) => uri || (isOnlyFrame && keep(ownUri) ? ownUri : ''));
  const isNamed = uris.some((uri) => uri !== '');
  const files = isNamed ? filesByUri(search, uris) : filesByNumber(search);
  if (isNamed && files.some((file) => file !== null)) reportShift(search, files);
  const film = kind === 'camera' && files.every((file) => file === null) ? filmOf(search, ownUri) : null;
  return frames.map(({ timestampNanos, number, frame }, i) => {
    const file = files[i] ?? film;
    const said = { uri: uris[i]!, timestampNanos };
    if (file === null || !isFilmPath(file.path)) return { ...said, file };
    const row = number ?? frame.number;
    return row >= 0 && Number.isInteger(row) ? { ...said, file, row } : { ...said, file: null };
  });
}
