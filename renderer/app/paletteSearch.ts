/** What the palette shows for what was typed: every word must be somewhere in the name, in either language. */

export interface PaletteEntry<Subject> {
  readonly subject: Subject;
  readonly id: string;
  /** Its name in every language. */
  readonly names: readonly string[];
  /** False where it cannot be done now: it is shown, after what can. */
  readonly isOffered: boolean;
}

const mostRecent = 6;

/** Remembers that something was used. */
export function withRecent(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, mostRecent);
}

/**
 * Best first: what begins with the query, then what has a word that begins with it, then the rest; what cannot be
 * done now after what can. With nothing typed, what was used last comes first and the rest keeps its order.
 */
export function foundEntries<Subject>(
  entries: readonly PaletteEntry<Subject>[],
  query: string,
  recent: readonly string[],
): PaletteEntry<Subject>[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = entries.flatMap((entry) => {
    const rank = words.length === 0 ? recentRank(entry.id, recent) : nameRank(entry.names, words);
    return rank === null ? [] : [{ entry, rank: rank + (entry.isOffered ? 0 : 100) }];
  });
  // Sorting is stable: entries of one rank stay in the order of their rooms.
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

function recentRank(id: string, recent: readonly string[]): number {
  const at = recent.indexOf(id);
  return at < 0 ? mostRecent : at;
}

function nameRank(names: readonly string[], words: readonly string[]): number | null {
  const ranks = names.flatMap((name) => {
    const text = name.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    if (text.startsWith(words[0]!)) return [0];
    // A Chinese name has no spaces; there any place is as good as another.
    return words.every((word) => new RegExp(`(^|[^\\p{L}])${escaped(word)}`, 'u').test(text)) ? [1] : [2];
  });
  return ranks.length === 0 ? null : Math.min(...ranks);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
}
