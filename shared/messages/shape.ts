/** The compiler's half of the promise that every language says everything: the same keys, nested alike. */
export type SameKeys<Catalogue> = {
  readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : SameKeys<Catalogue[Key]>;
};
