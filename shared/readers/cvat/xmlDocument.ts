/**
 * XML read with caution: no entity is ever expanded by the parser, no document type is accepted, and neither size nor
 * depth is without bound. Attributes stand under `@`, text under `#text`, and children are always lists.
 */
import { XMLParser } from 'fast-xml-parser';
import type { Folder } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asRecord, asText } from '../jsonValues.ts';
import { readText } from '../textFile.ts';
import { recordsOf } from '../toolExports/fields.ts';

/** The parser holds the whole document as objects, some ten times its text. */
const LARGEST_XML = 100_000_000;
/** CVAT nests six deep. */
const DEEPEST_XML = 32;

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five predefined entities and character numbers, each once: `&amp;lt;` is the text `&lt;`. */
function decoded(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, number, name) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Where a tag ends: the first `>` outside quotes; -1 where it does not. */
function tagEnd(text: string, start: number): number {
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

/** Comments and literal text hold no tags. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<!', '>'],
  ['<?', '?>'],
] as const;

/** Whether tags nest deeper than the bound; every character is looked at once. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = SKIPPED.find(([start]) => text.startsWith(start, at));
    const end = skipped ? text.indexOf(skipped[1], at) : tagEnd(text, at);
    if (end < 0) return false;
    if (!skipped) depth += text[at + 1] === '/' ? -1 : text[end - 1] === '/' ? 0 : 1;
    if (depth > DEEPEST_XML) return true;
    at = end;
  }
  return false;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  attributesGroupName: '@',
  textNodeName: '#text',
  alwaysCreateTextNode: true,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** The root element of that name. Fails with `xml-broken`, also where bounds are passed, or `text-too-large`. */
export async function readXml(folder: Folder, path: string, root: string): Promise<Result<JsonRecord>> {
  const text = await readText(folder, path);
  if (!text.ok) return text;
  if (text.value.length > LARGEST_XML) {
    return failed({ code: 'text-too-large', severity: 'error', path, params: { bytes: LARGEST_XML } });
  }
  const broken = (reason: string) =>
    failed({ code: 'xml-broken', severity: 'error', path, params: { reason } });
  if (/<!DOCTYPE/i.test(text.value)) return broken('DOCTYPE');
  if (isTooDeep(text.value)) return broken(`depth > ${DEEPEST_XML}`);
  try {
    const element = children(asRecord(parser.parse(text.value)), root)[0];
    return element ? done(element) : broken(`<${root}>`);
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
}

export function children(element: JsonRecord | null | undefined, name: string): JsonRecord[] {
  return recordsOf(element?.[name]);
}

/** All attributes of an element. */
export function attributesOfElement(element: JsonRecord): JsonRecord {
  const own = Object.entries(asRecord(element['@']) ?? {});
  return Object.fromEntries(own.map(([name, value]) => [name, decoded(asText(value) ?? '')]));
}

export function textOf(element: JsonRecord | undefined): string {
  return decoded(asText(element?.['#text']) ?? '');
}
