/** Patterns over paths with named parts. No regular expressions: a pattern is a stranger's, and must cost little. */

export const placeholders = ['scene', 'frame', 'camera'] as const;
export type Placeholder = (typeof placeholders)[number];
export type PatternMatch = Readonly<Partial<Record<Placeholder, string>>>;

type Token =
  | { readonly kind: 'text'; readonly text: string }
  /** `*`: anything within a name, nothing included; a placeholder: at least one character. */
  | { readonly kind: 'part'; readonly name: Placeholder | null }
  /** `**` + `/`: any number of folders. */
  | { readonly kind: 'folders' };

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < pattern.length) {
    const named = placeholders.find((name) => pattern.startsWith(`{${name}}`, at));
    const isStart = at === 0 || pattern[at - 1] === '/';
    if (named) {
      tokens.push({ kind: 'part', name: named });
      at += named.length + 2;
    } else if (isStart && pattern.startsWith('**/', at)) {
      tokens.push({ kind: 'folders' });
      at += 3;
    } else if (pattern[at] === '*') {
      if (!isStar(tokens.at(-1))) tokens.push({ kind: 'part', name: null });
      at += 1;
    } else {
      const last = tokens.at(-1);
      if (last?.kind === 'text') tokens[tokens.length - 1] = { kind: 'text', text: last.text + pattern[at] };
      else tokens.push({ kind: 'text', text: pattern[at]! });
      at += 1;
    }
  }
  return tokens;
}

const isStar = (token: Token | undefined): boolean => token?.kind === 'part' && token.name === null;

/** Matches one path; each pair of token and position is tried once, so the cost is their product at most. */
class Attempt {
  readonly #tokens: readonly Token[];
  readonly #path: string;
  readonly #failed = new Set<number>();
  readonly found = new Map<number, string>();

  constructor(tokens: readonly Token[], path: string) {
    this.#tokens = tokens;
    this.#path = path;
  }

  /** `from`: where the part of token `token` began; -1 = it begins here. */
  matches(token: number, at: number, from = -1): boolean {
    const current = this.#tokens[token];
    if (!current) return at === this.#path.length;
    const state = (token * (this.#path.length + 1) + at) * 2 + (from < 0 ? 0 : 1);
    if (this.#failed.has(state)) return false;
    const isMatch =
      current.kind === 'text'
        ? this.#path.startsWith(current.text, at) && this.matches(token + 1, at + current.text.length)
        : current.kind === 'part'
          ? this.#part(token, current.name, at, from < 0 ? at : from)
          : this.#folders(token, at);
    if (!isMatch) this.#failed.add(state);
    return isMatch;
  }

  #part(token: number, name: Placeholder | null, at: number, from: number): boolean {
    if ((name === null || at > from) && this.matches(token + 1, at)) {
      this.found.set(token, this.#path.slice(from, at));
      return true;
    }
    const isWithin = at < this.#path.length && this.#path[at] !== '/';
    return isWithin && this.matches(token, at + 1, from);
  }

  #folders(token: number, at: number): boolean {
    if (this.matches(token + 1, at)) return true;
    const slash = this.#path.indexOf('/', at);
    return slash >= 0 && this.matches(token, slash + 1);
  }
}

/** Paths longer than this are matched by no pattern: no delivery has them, and matching goes a step a character deep. */
const LONGEST_PATH = 1024;

export interface FilePattern {
  /** What the named parts stand for in this path; null where the pattern is another. Equal names must match equally. */
  match(path: string): PatternMatch | null;
  readonly names: ReadonlySet<Placeholder>;
}

export function filePattern(pattern: string): FilePattern {
  const tokens = tokensOf(pattern);
  const names = new Set(tokens.flatMap((token) => (token.kind === 'part' && token.name ? [token.name] : [])));
  const last = tokens.at(-1);
  const ending = last?.kind === 'text' ? last.text : '';
  const match = (path: string): PatternMatch | null => {
    if (!path.endsWith(ending) || path.length > LONGEST_PATH) return null;
    const attempt = new Attempt(tokens, path);
    if (!attempt.matches(0, 0)) return null;
    const found: Partial<Record<Placeholder, string>> = {};
    for (const [index, part] of attempt.found) {
      const token = tokens[index]!;
      if (token.kind !== 'part' || token.name === null) continue;
      if ((found[token.name] ?? part) !== part) return null;
      found[token.name] = part;
    }
    return found;
  };
  return { match, names };
}
