/** How the inner parts of the Arrow reader say that bytes cannot be what they claim; its door makes a problem of it. */
export class Damage extends Error {
  /** Which part of the file: `footer`, `record batch 3`. */
  readonly part: string;
  constructor(part: string) {
    super(part);
    this.name = 'Damage';
    this.part = part;
  }
}

/** Throws unless `holds`. */
export function demand(holds: boolean, part: string): asserts holds {
  if (!holds) throw new Damage(part);
}
