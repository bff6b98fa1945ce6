/** What a browser without a session reads: one sentence in its own language, and nothing that runs. */
import { languageOf, translator } from '../../shared/messages/translate.ts';
import type { Admission } from './loopbackGuard.ts';

export type RefusalReason = Extract<Admission, { kind: 'refuse' }>['reason'];

const sentences = {
  host: 'problems.serve-host-foreign',
  origin: 'problems.serve-origin-foreign',
  'token-wrong': 'problems.serve-token-wrong',
  'token-used': 'problems.serve-token-used',
  'no-session': 'problems.serve-no-session',
} as const satisfies Record<RefusalReason, string>;

/** @param acceptLanguage the browser's own header */
export function refusalPage(reason: RefusalReason, acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage ?? 'en');
  const sentence = translator(language)(sentences[reason]);
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Assay</title><p>${sentence}</p></html>\n`;
}
