/** Errors put in to learn whether auditors see them. */
export default {
  title: 'Errors put in',
} as const;
