/** The tour for a newcomer. */
export default {
  commands: { take: 'Take the tour' },
} as const;
