/** Why there is no plan, no draw or no number. */
export default {
  'plan-lot-size':
    'A lot of {{lot}} units has no plan: the lot must be a whole number of at least {{smallest}}.',
  'plan-level-unknown': 'There is no inspection level {{level}}. Levels are {{known}}.',
  'plan-inspection-unknown': 'There is no inspection state {{inspection}}. States are {{known}}.',
  'plan-aql-outside-series':
    'AQL {{aql}} is not in the series of ISO 2859-1, and no plan is made up between its values. The series is {{series}}.',
  'plan-rate-outside': 'The rate {{rate}} must lie between 0 and 1.',
  'plan-confidence-outside': 'The confidence {{confidence}} must lie between 0 and 1.',
  'plan-none-found':
    'No plan accepts quality {{p1}} with probability {{pa1}} and quality {{p2}} with at most {{pa2}} within the largest sample that is tried.',
  'plan-points-crossed':
    'The good quality {{p0}} must be above 0 and below the bad quality {{p1}}, which must be below 1, and be accepted more often than it.',
  'plan-risks-crossed':
    'The risks {{alpha}} and {{beta}} must both be above 0 and together below 1: otherwise a coin decides as well.',
  'plan-double-unknown':
    'The double plan for this lot and AQL is not among the tables that were verified against the standard, and none is made up. Give a double plan of your own, or use the single plan.',
  'plan-double-too-large':
    'Both samples of the double plan come to {{n}} units and the lot has {{lot}}. Use a single plan, or inspect the whole lot.',
  'plan-z14-reduced-unknown':
    'The reduced plan of ANSI/ASQ Z1.4 for this lot and AQL is not among the cells that were verified against the standard, and none is made up. Normal and tightened plans are.',
  'draw-seed-malformed': 'The seed {{seed}} is not 32 hexadecimal digits in lower case.',
  'draw-unit-twice': 'Unit {{unit}} is in the population twice, so nothing can be drawn from it.',
  'compute-unknown-quantity': 'There is no quantity {{quantity}}. Quantities are {{known}}.',
  'compute-input-invalid': 'The input of {{quantity}} does not fit at {{field}}: {{reason}}',
} as const;
