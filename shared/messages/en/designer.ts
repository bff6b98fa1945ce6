/** The plan designer: choosing a plan by what it promises, comparing plans, and what they cost. */
export default {
  title: 'Choose a plan',
} as const;
