/** Rulers, angles and heights, and what is kept of them. */
export default {} as const;
