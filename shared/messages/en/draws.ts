/** How the deciding sample is drawn from the lot, and by which strata. */
export default {
  title: 'How units are drawn',
} as const;
