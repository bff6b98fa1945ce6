/**
 * Sentences in a language. The interface holds one instance and switches it at run time; reports, the command line
 * and the tests ask for a plain function. Nothing is escaped here: whoever writes markup escapes at that door.
 */
import { createInstance, type i18n } from 'i18next';
import type { Problem } from '../base/problem.ts';
import { catalogues, type Language } from './index.ts';

export type Translate = (key: string, params?: Readonly<Record<string, unknown>>) => string;

/** An i18next instance that holds every language; ready at once, since the catalogue is part of the program. */
export function createCatalogue(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    nsSeparator: false,
    resources: { en: { translation: catalogues.en }, zh: { translation: catalogues.zh } },
    interpolation: { escapeValue: false },
  });
  return instance;
}

const instances = new Map<Language, Translate>();

/** `translate(key, params)` in one language. An unknown key comes back as itself, where a test finds it. */
export function translator(language: Language): Translate {
  const known = instances.get(language);
  if (known) return known;
  const translate = createCatalogue(language).getFixedT(language) as unknown as Translate;
  instances.set(language, translate);
  return translate;
}

/** What a problem says to a person: its sentence, with its file and place where it has them. */
export function problemSentence(translate: Translate, problem: Problem): string {
  const key = `problems.${problem.code}`;
  const params = { path: problem.path, place: problem.place ?? '', ...named(translate, problem) };
  const sentence = translate(key, params);
  return sentence === key ? translate('problems.unknown', { ...params, code: problem.code }) : sentence;
}

/** Formats are told by their names, not by the ids a program knows them by. */
function named(translate: Translate, { code, params }: Problem): Problem['params'] {
  if (code !== 'format-unknown' || !params) return params;
  const ids = String(params.lookedFor).split(', ');
  return { ...params, lookedFor: ids.map((id) => translate(`deliveries.formats.${id}`)).join(', ') };
}

/** The language a locale such as `zh-Hans-CN` asks for; English where the catalogue has none for it. */
export function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
