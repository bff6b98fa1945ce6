/** The tour for a newcomer. */
export default {} as const;
