/** Steps of long work, as the host names them. */
export default {
  working: 'Working',
} as const;
