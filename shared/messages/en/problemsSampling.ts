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
    'Sources disagree on the double plan of ANSI/ASQ Z1.4 for letter {{letter}}, AQL {{aql}}, {{inspection}} inspection, and none is made up. Give a double plan of your own, or use the single plan.',
  'plan-double-without-aql': 'A double plan needs an AQL, or the sizes and numbers of both samples.',
  'plan-double-crossed':
    'A double plan of {{n1}} and {{n2}} units with {{ac1}}/{{re1}} and {{ac2}}/{{re2}} cannot be followed: Re must leave room above Ac after the first sample, and be Ac + 1 after both, where Ac must have grown.',
  'plan-double-too-large':
    'Both samples of the double plan come to {{n}} units and the lot has {{lot}}. Use a single plan, or inspect the whole lot.',
  'draw-seed-malformed': 'The seed {{seed}} is not 32 hexadecimal digits in lower case.',
  'draw-unit-twice': 'Unit {{unit}} is in the population twice, so nothing can be drawn from it.',
  'draw-rate-outside': 'The expected rate {{rate}} must lie between 0 and 1.',
  'draw-rate-missing': 'No expected rate is given for stratum {{stratum}}.',
  'draw-rates-without-spread':
    'Every expected rate is 0 or 1, so no stratum is more worth drawing from than another. Give rates between 0 and 1.',
  'draw-clusters-outside': '{{asked}} scenes cannot be drawn from {{clusters}}.',
  'draw-fewer-than-clusters':
    '{{n}} units cannot be shared over {{clusters}} scenes: each must give one at least.',
  'draw-weight-not-positive':
    'The weight of unit {{unit}} is not a number above 0. A unit that can never be drawn cannot be estimated for.',
  'draw-not-random':
    'The sequential plan for $t(audit.severity.{{severity}}) defects reads units in random order, so they must be drawn one by one from the whole lot. Choose the simple draw or another plan.',
  'draw-systematic-one-size':
    'A systematic draw is whole only when all its units are judged: every plan for labels must then ask for the same number of units at once. Here they ask for {{sizes}}. Choose plans of one size, or another draw.',
  'draw-without-strata':
    'A draw in strata needs a property to divide the lot by: a class, a range band, an attribute.',
  'draw-key-unknown':
    'Nothing in this delivery tells units apart by $t(draws.keys.{{key}}), so the lot cannot be divided by it.',
  'draw-attribute-unknown':
    'No label of this delivery has the attribute {{name}}, so the lot cannot be divided by it.',
  'draw-too-many-strata':
    'The lot would fall into {{strata}} strata; at most {{most}} can be drawn from and read in a report. Choose fewer or coarser keys.',
  'compute-unknown-quantity': 'There is no quantity {{quantity}}. Quantities are {{known}}.',
  'compute-input-invalid': 'The input of {{quantity}} does not fit at {{field}}: {{reason}}',
} as const;
