/**
 * Where values stand in rows: keys with dots between them, `^` for the record around, `$key` for the row's own key. Only
 * own properties are ever looked at, so a path such as `__proto__` finds what the file says and nothing else.
 */

/** A record or list on the way to a row, and the key it stands under. */
export interface Scope {
  readonly value: unknown;
  readonly key: string | number;
}

/** A row with everything around it, outermost first; the last is the row itself. */
export interface Row {
  readonly scopes: readonly Scope[];
  /** Where the row stands in its file: a JSON pointer or `line 12`. */
  readonly place: string;
}

export function ownValue(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
    ? (holder as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** A way to a value, taken apart once for all rows. */
export interface ValuePath {
  readonly of: (row: Row) => unknown;
}

export function valuePath(text: string): ValuePath {
  const steps = text.split('.');
  const outward = steps.findIndex((step) => step !== '^');
  const up = outward < 0 ? steps.length : outward;
  const keys = steps.slice(up);
  const of = ({ scopes }: Row): unknown => {
    const scope = scopes.at(-1 - up);
    if (!scope) return undefined;
    // A key that holds dots itself is meant before a way through several.
    const whole = up === 0 ? ownValue(scope.value, text) : undefined;
    if (whole !== undefined) return whole;
    let value: unknown = keys[0] === '$key' ? scope.key : scope.value;
    for (const key of keys[0] === '$key' ? [] : keys) value = ownValue(value, key);
    return value;
  };
  return { of };
}

/** A value by its way from a document's root. */
export function valueIn(document: unknown, path: string): unknown {
  return valuePath(path).of({ scopes: [{ value: document, key: '' }], place: '' });
}
