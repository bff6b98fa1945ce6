/** Trouble with documents of priors. */
export default {
  'priors-too-large': 'The document of priors is longer than {{limit}} letters. {{path}}',
  'priors-not-json': 'The document of priors is not JSON: {{reason}}. {{path}}',
  'priors-unfit': 'The document of priors does not fit at {{place}}: {{reason}}. {{path}}',
} as const;
