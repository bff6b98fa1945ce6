/** Judging many at once: similar objects in a grid, whole tracks and frames with exceptions. */
export default {} as const;
