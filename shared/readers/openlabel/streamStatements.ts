/** What a document says about one stream in one frame: which file, which of the stream's own frames, when, what content. */
import { sha256In } from '../contents/checksumList.ts';
import type { StatedContent } from '../contents/statedContents.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import { nanosOf } from '../timestamps.ts';
import type { DocumentFrame, Stream } from './document.ts';

export interface StreamStatement {
  /** '' where no file is named. */
  readonly uri: string;
  /** Properties that this frame gives instead of the stream's own. */
  readonly properties: JsonRecord | null;
  readonly timestampNanos: string | null;
  /** Number of the frame within the stream, where it is not the document's own. */
  readonly number: number | null;
  /** Distance of the stream's frame numbers from the document's; 'bad' = stated and unusable. */
  readonly shift: number | null | 'bad';
  /** SHA-256 of the file; 'unknown' = a checksum of another kind. */
  readonly content: Omit<StatedContent, 'source'> | null | 'unknown';
}

const LARGEST_SHIFT = 1_000_000_000;

function streamInFrame(frame: DocumentFrame, stream: string): JsonRecord | null {
  return asRecord(asRecord(frame.properties.streams)?.[stream]);
}

/** Stream properties that this frame gives instead of the stream's own. */
export function frameStreamProperties(frame: DocumentFrame, stream: string): JsonRecord | null {
  return asRecord(streamInFrame(frame, stream)?.stream_properties);
}

export function frameTimestamp(frame: DocumentFrame): string | null {
  return nanosOf(frame.properties.timestamp);
}

function shiftOf(value: unknown): number | null | 'bad' {
  if (value === undefined || value === null) return null;
  const shift = asNumber(value);
  return shift !== null && Number.isInteger(shift) && Math.abs(shift) <= LARGEST_SHIFT ? shift : 'bad';
}

function contentOf(properties: JsonRecord | null, name: string): StreamStatement['content'] {
  const stated = properties?.sha256 ?? properties?.checksum;
  if (stated === undefined || stated === null) return null;
  const sha256 = sha256In(asText(stated) ?? '');
  if (sha256 === null) return 'unknown';
  const bytes = asNumber(properties?.bytes ?? properties?.size ?? properties?.file_size);
  return { sha256, name, bytes };
}

/** `own`: the stream's entry in the document. A shift may stand there for all frames; the frame's own word wins. */
export function streamStatement(
  frame: DocumentFrame,
  name: string,
  own: Stream | undefined,
  isOnlyFrame: boolean,
): StreamStatement {
  const record = streamInFrame(frame, name);
  const properties = asRecord(record?.stream_properties);
  const sync = asRecord(properties?.sync);
  const shift = shiftOf(sync?.frame_shift ?? asRecord(own?.properties.sync)?.frame_shift);
  const shifted = typeof shift === 'number' ? frame.number + shift : null;
  const uri = asText(record?.uri) ?? asText(properties?.uri) ?? '';
  // One frame needs no frame properties: what the stream says of its file is said of this one.
  const aboutFile = properties?.sha256 ?? properties?.checksum ?? null;
  const describing = aboutFile === null && isOnlyFrame ? (own?.properties ?? null) : properties;
  return {
    uri,
    properties,
    timestampNanos: nanosOf(sync?.timestamp),
    number: asNumber(sync?.frame_stream) ?? shifted,
    shift,
    content: contentOf(describing, uri || own?.uri || name),
  };
}
