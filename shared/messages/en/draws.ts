/** How the deciding sample is drawn from the lot, and by which strata. */
export default {
  title: 'How units are drawn',
  design: 'Kind of draw',
  designs: {
    simple: 'One by one',
    stratified: 'In strata',
    systematic: 'Evenly along the recording',
  },
  designText: {
    simple: 'Every unit of the lot has the same chance. Rare kinds may come up seldom or not at all.',
    stratified: 'Every part of the order holds the kinds in proportion; rare kinds get a least number.',
    systematic: 'Every k-th unit in order of scene and time, from a random start.',
  },
  effect: {
    simple: 'Counts and acceptance numbers hold exactly as the curve shows.',
    stratified:
      'Each severity judges the first n of one order in which every stratum has its share. The count of bad units scatters about as in a plain random draw, less where strata differ, so the curve holds nearly; rates are weighted by stratum.',
    systematic:
      'The step is {{step}} units. Each scene is covered from its beginning to its end, and the count holds nearly as the curve shows. Errors that recur with the step would be missed or met every time, and the spread of the estimate is only approximate.',
    systematicWhole: 'Every unit is judged, so there is nothing to choose between.',
  },
  strata: 'Divide by',
  strataHint: 'up to four',
  keys: {
    class: 'class',
    range: 'range band',
    points: 'number of points',
    visibility: 'visibility',
    scene: 'scene',
    tag: 'scene tag',
    camera: 'camera',
    weather: 'weather',
    annotator: 'annotator',
    'track-length': 'track length',
  },
  attribute: 'attribute: {{name}}',
  otherAttribute: 'an attribute …',
  notStated: 'Not stated in this delivery: {{keys}}.',
  list: ', ',
  minimum: 'At least, of each stratum',
  minimumHint: 'units; all of it where it has fewer',
  table: {
    title: 'Strata',
    stratum: 'Stratum',
    population: 'In the lot',
    drawn: 'Drawn',
    chance: 'Chance',
    total: 'All strata',
    all: 'all',
    more_one: 'and {{count}} more stratum',
    more_other: 'and {{count}} more strata',
    fewer: 'Show fewer',
  },
  unknown: 'not stated',
  added_one:
    '{{count}} unit is drawn beyond the {{n}} of the plans, for strata that would have had too few. It is judged for the estimates and never counted against a plan.',
  added_other:
    '{{count}} units are drawn beyond the {{n}} of the plans, for strata that would have had too few. They are judged for the estimates and never counted against a plan.',
  warning: {
    notDrawn_one:
      '{{count}} stratum with {{units}} units in the lot is not drawn from at all: nothing is learnt about it.',
    notDrawn_other:
      '{{count}} strata with {{units}} units in the lot are not drawn from at all: nothing is learnt about them.',
    single_one:
      '{{count}} stratum has a single unit in the sample, so no spread can be computed within it. Take at least 2, or divide more coarsely.',
    single_other:
      '{{count}} strata have a single unit in the sample, so no spread can be computed within them. Take at least 2, or divide more coarsely.',
    manyAdded:
      'The least number per stratum outweighs the plans: most of what is judged is for the estimates. Divide more coarsely or lower it.',
  },
} as const;
