/** Pace, breaks, and what changed meanwhile. */
export default {} as const;
