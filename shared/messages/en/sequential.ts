/** Sequential and double plans while judging and afterwards. */
export default {
  title: 'Course of the plan',
} as const;
