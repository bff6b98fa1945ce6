/** Gives every distinct string a small number, in the order they first came. */
export class Interner {
  readonly names: string[] = [];
  readonly #indices = new Map<string, number>();

  get size(): number {
    return this.names.length;
  }

  has(name: string): boolean {
    return this.#indices.has(name);
  }

  indexOf(name: string): number {
    let index = this.#indices.get(name);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.#indices.set(name, index);
    }
    return index;
  }
}
