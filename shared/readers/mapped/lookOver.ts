/** What the screen that writes a mapping needs to know of a delivery: a first proposal, the files meant, what is in them. */
import type { Folder } from '../../base/bytes.ts';
import { nameOf } from '../toolExports/fields.ts';
import { type FieldSample, fieldSamples } from './fieldSamples.ts';
import { sampleRows } from './labelCandidates.ts';
import { type Mapping, mappingText, readMapping } from './mappingDocument.ts';
import { proposeMapping } from './proposeMapping.ts';
import { labelFilesOf } from './readLabels.ts';
import { valuePath } from './valuePath.ts';

export interface MappingLook {
  /** The mapping that was given, or the one that is proposed. */
  readonly mapping: string;
  readonly labelFiles: number;
  /** The file whose first rows the samples are from; null where no file fits. */
  readonly sampled: string | null;
  readonly fields: readonly FieldSample[];
  /** Names that stand in the class field of the first rows. */
  readonly classes: readonly string[];
}

/** Files that are looked into until one has rows. */
const MOST_EMPTY = 8;

async function samplesOf(mapping: Mapping, folder: Folder): Promise<Omit<MappingLook, 'mapping'>> {
  const files = labelFilesOf(mapping, folder);
  for (const { path } of files.slice(0, MOST_EMPTY)) {
    const rows = await sampleRows(folder, path, mapping.labels);
    if (rows.length === 0) continue;
    const classPath = mapping.fields.class === null ? null : valuePath(mapping.fields.class);
    const classes = [...new Set(rows.flatMap((row) => nameOf(classPath?.of(row)) ?? []))].sort();
    return { labelFiles: files.length, sampled: path, fields: fieldSamples(rows), classes };
  }
  return { labelFiles: files.length, sampled: files[0]?.path ?? null, fields: [], classes: [] };
}

/** `given`: text of the mapping as it is now; null = propose one. A text that is no mapping finds nothing. */
export async function lookOverMapping(folder: Folder, given: string | null): Promise<MappingLook> {
  if (given === null) {
    const mapping = await proposeMapping(folder);
    return { mapping: mappingText(mapping), ...(await samplesOf(mapping, folder)) };
  }
  const reading = readMapping(given);
  const found = reading.ok
    ? await samplesOf(reading.mapping, folder)
    : { labelFiles: 0, sampled: null, fields: [], classes: [] };
  return { mapping: given, ...found };
}
