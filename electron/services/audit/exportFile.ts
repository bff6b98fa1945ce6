/** One document of an audit, made in memory (or as a stream) and named so that two exports never collide. */
import { readFile } from 'node:fs/promises';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { htmlReport } from '../../../shared/report/html/htmlReport.ts';
import { findingsCsv, jsonRecord } from '../../../shared/report/records.ts';
import { reworkCsv } from '../../../shared/report/rework.ts';
import type { AuditView } from './openAudits.ts';
import { listPictures, pictureFile } from './pictures.ts';
import { bundleBytes } from './writeBundle.ts';

export type ExportKind = 'html' | 'json' | 'csv' | 'rework' | 'bundle' | 'pdf';

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
  const { state } = view;
  const translate = translator(language);
  const name = exportName(state, kind, language);
  const html = async (): Promise<string> => reportOf(view, { language, withPictures }, context);
  if (kind === 'html') return done({ name, content: await html() });
  if (kind === 'json') return done({ name, content: jsonRecord(state) });
  if (kind === 'csv') return done({ name, content: findingsCsv(state, translate, language) });
  if (kind === 'rework') return done({ name, content: reworkCsv(state, translate, language) });
  if (kind === 'bundle') {
    return done({ name, content: bundleBytes(view, { deviceKey: context.publicKey, withPictures }) });
  }
  if (context.printPdf === null) return failed({ code: 'pdf-not-possible', severity: 'error', path: '' });
  const printed = await context.printPdf(await html());
  return printed.ok ? done({ name, content: printed.value }) : printed;
}

async function reportOf(
  { state, folder }: AuditView,
  { language, withPictures }: Pick<Asked, 'language' | 'withPictures'>,
  { version, now }: ExportContext,
): Promise<string> {
  const pictures = withPictures ? await picturesOf(folder, state) : new Map<string, string>();
  return htmlReport(state, {
    language,
    translate: translator(language),
    pictures: (hash) => pictures.get(hash) ?? null,
    version,
    printedAt: now().toISOString(),
  });
}

/** Pictures as `data:` addresses: the report is one file and loads nothing. */
async function picturesOf(folder: string, state: AuditState): Promise<Map<string, string>> {
  const present = new Set(await listPictures(folder));
  const named = state.findings.flatMap(({ evidence }) => evidence?.picture ?? []);
  const addresses = new Map<string, string>();
  for (const hash of named.filter((name) => present.has(name))) {
    addresses.set(
      hash,
      `data:image/png;base64,${(await readFile(pictureFile(folder, hash))).toString('base64')}`,
    );
  }
  return addresses;
}

/** `vendor-batch-submission-time`, of characters that every file system takes. */
function exportName({ intake, seq }: AuditState, kind: ExportKind, language: string): string {
  const words = [intake.vendor, intake.batch, `s${intake.submission}`, `e${seq}`];
  if (kind === 'html' || kind === 'pdf' || kind === 'rework' || kind === 'csv') words.push(language);
  const name = words.map((word) => word.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 40)).join('-');
  return `${name.replace(/^-+/, '')}${suffixes[kind]}`;
}
