/** Every word a screen shows or speaks, and which of them are in the wrong language. */
import type { Page } from '@playwright/test';
import { catalogues } from '../../../shared/messages/index.ts';

/** Visible texts, names and hints of the page. What is code, a path or a key cap belongs to no language. */
export function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const add = (text: string | null): void => {
      const plain = text?.replace(/\s+/g, ' ').trim() ?? '';
      if (plain !== '') found.add(plain);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || element.closest('code, kbd, script, style, title, option')) continue;
      if (element.checkVisibility({ visibilityProperty: true })) add(node.textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (element.closest('kbd') || !element.checkVisibility({ visibilityProperty: true })) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) add(element.getAttribute(name));
    }
    return [...found];
  });
}

/** Keys of the catalogue that were shown instead of their sentence. */
export function keysIn(words: readonly string[]): string[] {
  const rooms = Object.keys(catalogues.en).join('|');
  const key = new RegExp(`(^|[\\s(])(${rooms})\\.[a-z][\\w-]*(\\.[\\w-]+)*($|[\\s)])`);
  return words.filter((text) => key.test(text));
}

/**
 * English on a Chinese screen: a sentence of the English catalogue, or a run of words that is none of `names`
 * (what people and files are called is never translated).
 */
export function englishIn(words: readonly string[], names: readonly string[]): string[] {
  const english = new Set(englishOnly());
  const run = /[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}/;
  return words.filter((text) => {
    const rest = names.reduce((left, name) => left.replaceAll(name, ''), text).trim();
    return english.has(rest) || run.test(rest);
  });
}

/** Leaves of the English catalogue that read otherwise in Chinese. */
function englishOnly(): string[] {
  const leaves = (tree: unknown, path: string): [string, string][] =>
    typeof tree === 'string'
      ? [[path, tree]]
      : Object.entries(tree as object).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
  const chinese = new Map(leaves(catalogues.zh, ''));
  return leaves(catalogues.en, '').flatMap(([path, text]) => (chinese.get(path) === text ? [] : [text]));
}
