/** Which files of which stream belong to which frame of a document. */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { FrameKey } from '../frameFiles.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import { filesIn, foldersWithFiles, isCloudPath, isImagePath } from '../paths.ts';
import { pairRole } from '../roleFiles.ts';
import { nanosOf } from '../timestamps.ts';
import type { DocumentFrame, OpenlabelDocument } from './document.ts';
import type { FileAddresses } from './fileAddresses.ts';

export interface StreamFrame {
  readonly file: FileRef | null;
  /** What the document names, '' where it names nothing. */
  readonly uri: string;
  readonly timestampNanos: string | null;
}

/** What one frame says about one stream. */
function streamInFrame(frame: DocumentFrame, stream: string) {
  const record = asRecord(asRecord(frame.properties.streams)?.[stream]);
  const properties = asRecord(record?.stream_properties);
  const sync = asRecord(properties?.sync);
  return {
    uri: asText(record?.uri) ?? asText(properties?.uri) ?? '',
    properties,
    timestampNanos: nanosOf(sync?.timestamp),
    /** Number of the picture within the stream, where it is not the frame's own. */
    number: asNumber(sync?.frame_stream),
  };
}

/** Stream properties that this frame gives instead of the stream's own. */
export function frameStreamProperties(frame: DocumentFrame, stream: string) {
  return streamInFrame(frame, stream).properties;
}

export function frameTimestamp(frame: DocumentFrame): string | null {
  return nanosOf(frame.properties.timestamp);
}

export interface StreamSearch {
  readonly document: OpenlabelDocument;
  readonly documentPath: string;
  readonly sceneId: string;
  readonly delivery: Folder;
  readonly sensors: Folder | null;
  readonly addresses: FileAddresses;
}

/**
 * Files that may belong to a stream though no frame names them: those below its own `uri`, else those with the
 * stream's name as a folder (and the scene's, where one is there), else all of the kind when they share one folder.
 */
function candidates(
  search: StreamSearch,
  { entries }: Folder,
  stream: string,
  keep: (path: string) => boolean,
): string[] {
  const holds = (folder: string) => filesIn(entries, folder, keep);
  const folders = foldersWithFiles(entries);
  const uri = (search.document.streams.get(stream)?.uri ?? '').replace(/^\.\//, '').replace(/\/*$/, '/');
  const below = uri === '/' ? [] : folders.filter((folder) => folder.startsWith(uri)).flatMap(holds);
  if (below.length > 0) return below;
  const named = folders.filter((folder) => folder.split('/').includes(stream));
  const ofScene = named.filter((folder) => folder.split('/').includes(search.sceneId));
  const found = (ofScene.length > 0 ? ofScene : named).flatMap(holds);
  if (found.length > 0 || keep !== isCloudPath) return found;
  const withClouds = folders.filter((folder) => holds(folder).length > 0);
  return withClouds.length === 1 ? holds(withClouds[0]!) : [];
}

/** One entry per frame of the document. */
export function streamFrames(search: StreamSearch, stream: string, kind: 'lidar' | 'camera'): StreamFrame[] {
  const { document, documentPath, addresses, delivery, sensors } = search;
  const frames = document.frames.map((frame) => ({ frame, said: streamInFrame(frame, stream) }));
  const ownUri = document.streams.get(stream)?.uri ?? '';
  const keep = kind === 'lidar' ? isCloudPath : isImagePath;
  const uriOf = (said: { uri: string }) => said.uri || (frames.length === 1 && keep(ownUri) ? ownUri : '');
  if (frames.some(({ said }) => uriOf(said) !== '')) {
    return frames.map(({ said }) => {
      const uri = uriOf(said);
      const file = uri === '' ? null : addresses.find(uri, documentPath);
      return { file, uri, timestampNanos: said.timestampNanos };
    });
  }
  const keys: FrameKey[] = frames.map(({ frame, said }) => ({
    stem: said.number === null ? frame.key : String(said.number),
    timestampNanos: said.timestampNanos ?? frameTimestamp(frame),
  }));
  const files = {
    delivery: candidates(search, delivery, stream, keep),
    sensors: sensors ? candidates(search, sensors, stream, keep) : [],
  };
  const paired = pairRole(keys, files);
  return frames.map(({ said }, i) => ({
    file: paired.files[i]!,
    uri: '',
    timestampNanos: said.timestampNanos,
  }));
}
