/** The checks of labels by themselves: size, doubles, overlap, range, schema, history, second sources: what each is called, what it means, and what its findings say. */
export default {} as const;
