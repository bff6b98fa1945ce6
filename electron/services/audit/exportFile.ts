/** One document of an audit, made in memory (or as a stream) and named so that two exports never collide. */
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { estimatesCsv } from '../../../shared/report/estimatesCsv.ts';
import { htmlReport } from '../../../shared/report/html/htmlReport.ts';
import { findingsCsv, jsonRecord } from '../../../shared/report/records.ts';
import { reworkCsv } from '../../../shared/report/rework.ts';
import type { AuditView } from './openAudits.ts';
import { readPicture } from './pictures.ts';
import { bundleBytes } from './writeBundle.ts';

export type ExportKind = 'html' | 'json' | 'csv' | 'estimates' | 'rework' | 'bundle' | 'pdf';

/** Prints a self-contained HTML document. */
export type PrintPdf = (html: string) => Promise<Result<Uint8Array>>;

export interface ExportContext {
  readonly publicKey: string;
  /** Null where nothing here can print. */
  readonly printPdf: PrintPdf | null;
  readonly version: string;
  readonly now: () => Date;
}

export interface ExportedFile {
  readonly name: string;
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>;
}

interface Asked {
  readonly kind: ExportKind;
  readonly language: 'en' | 'zh';
  readonly withPictures: boolean;
}

const suffixes = {
  html: '.html',
  json: '.json',
  csv: '-findings.csv',
  estimates: '-estimates.csv',
  rework: '-rework.csv',
  bundle: '.assay.zip',
  pdf: '.pdf',
} as const satisfies Record<ExportKind, string>;

/** Problem `pdf-not-possible` where nothing here can print. */
export async function exportFile(
  view: AuditView,
  { kind, language, withPictures }: Asked,
  context: ExportContext,
): Promise<Result<ExportedFile>> {
  const name = exportName(view.state, kind, language);
  if (kind === 'bundle') {
    return done({ name, content: bundleBytes(view, { deviceKey: context.publicKey, withPictures }) });
  }
  const source = {
    state: view.state,
    picture: withPictures ? (hash: string) => readPicture(view.folder, hash) : async () => null,
  };
  const made = await makeDocument(source, kind, language, context);
  return made.ok ? done({ name, content: made.value }) : made;
}

/** What a document is made from: an audit of ours, or one that was handed over. */
export interface DocumentSource {
  readonly state: AuditState;
  /** Bytes of an evidence picture, or null where it is absent or not wanted. */
  picture(hash: string): Promise<Uint8Array | null>;
}

/** The document as bytes or text. Problem `pdf-not-possible` where nothing here can print. */
export async function makeDocument(
  source: DocumentSource,
  kind: Exclude<ExportKind, 'bundle'>,
  language: 'en' | 'zh',
  context: Pick<ExportContext, 'printPdf' | 'version' | 'now'>,
): Promise<Result<string | Uint8Array>> {
  const { state } = source;
  const translate = translator(language);
  if (kind === 'html') return done(await reportOf(source, language, context));
  if (kind === 'json') return done(jsonRecord(state));
  if (kind === 'csv') return done(findingsCsv(state, translate, language));
  if (kind === 'estimates') return done(estimatesCsv(state, translate));
  if (kind === 'rework') return done(reworkCsv(state, translate, language));
  if (context.printPdf === null) return failed({ code: 'pdf-not-possible', severity: 'error', path: '' });
  return context.printPdf(await reportOf(source, language, context));
}

async function reportOf(
  source: DocumentSource,
  language: 'en' | 'zh',
  { version, now }: Pick<ExportContext, 'version' | 'now'>,
): Promise<string> {
  const { state } = source;
  const pictures = await picturesOf(source);
  return htmlReport(state, {
    language,
    translate: translator(language),
    pictures: (hash) => pictures.get(hash) ?? null,
    version,
    printedAt: now().toISOString(),
  });
}

/** Pictures as `data:` addresses: the report is one file and loads nothing. */
async function picturesOf({ state, picture }: DocumentSource): Promise<Map<string, string>> {
  const addresses = new Map<string, string>();
  for (const hash of state.findings.flatMap(({ evidence }) => evidence?.picture ?? [])) {
    const bytes = await picture(hash);
    if (bytes) addresses.set(hash, `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
  }
  return addresses;
}

/** `vendor-batch-submission-time`, of characters that every file system takes. */
function exportName({ intake, seq }: AuditState, kind: ExportKind, language: string): string {
  const words = [intake.vendor, intake.batch, `s${intake.submission}`, `e${seq}`];
  if (kind === 'html' || kind === 'pdf' || kind === 'rework' || kind === 'csv' || kind === 'estimates')
    words.push(language);
  const name = words.map((word) => word.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 40)).join('-');
  return `${name.replace(/^-+/, '')}${suffixes[kind]}`;
}
