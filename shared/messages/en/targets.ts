/** The targeted queue: units looked at beside the sample. */
export default {
  title: 'Targeted queue',
} as const;
