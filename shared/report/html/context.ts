/** What every section of the report is given. */
import type { AuditState } from '../../audit/state.ts';
import type { Translate } from '../../messages/translate.ts';
import type { SpecLanguage } from '../findingColumns.ts';
import { percent } from '../quantities.ts';
import { type Markup, verbatim } from './markup.ts';

export interface ReportContext {
  readonly state: AuditState;
  readonly language: SpecLanguage;
  /** Under `report.`; other rooms by `words`. */
  readonly say: Translate;
  readonly words: Translate;
  readonly percent: (share: number) => string;
  /** `data:` address of a picture, or null where the report goes without it. */
  readonly pictures: (hash: string) => string | null;
}

export function reportContext(
  state: AuditState,
  language: SpecLanguage,
  translate: Translate,
  pictures: ReportContext['pictures'],
): ReportContext {
  return {
    state,
    language,
    words: translate,
    say: (key, params) => translate(`report.${key}`, params),
    // Chinese sets the sign close to the number.
    percent: (share) => (language === 'zh' ? percent(share).replace(' %', '%') : percent(share)),
    pictures,
  };
}

const signs = {
  yes: '<path d="M3 8.5l3.4 3.4L13 5" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  no: '<path d="M3.5 3.5l9 9m0-9l-9 9" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  open: '<path d="M5 5.5a3 3 0 1 1 4.4 2.7c-1 .6-1.4 1-1.4 2.1M8 12.2v1.9" fill="none" stroke="currentColor" stroke-width="2"/>',
  pause: '<path d="M5.2 3v10M10.8 3v10" fill="none" stroke="currentColor" stroke-width="2.6"/>',
} as const;

/** A small drawn sign, so that no state is told by colour alone and no font has to hold it. */
export function sign(name: keyof typeof signs, size: number, className = ''): Markup {
  const box = `viewBox="0 0 16 16" width="${size}" height="${size}"`;
  return verbatim(`<svg class="${className}" ${box} aria-hidden="true">${signs[name]}</svg>`);
}
