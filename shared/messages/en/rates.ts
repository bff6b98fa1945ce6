/** Defect rates by class, range, scene and code, and what clustering does to them. */
export default {
  title: 'Where the defects are',
} as const;
