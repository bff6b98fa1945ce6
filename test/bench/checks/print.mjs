/** Tables of the figures, with a mark where a target is not reached. */
const percent = (value) => (value === null ? '-' : `${(100 * value).toFixed(0)} %`);
const mark = (isReached) => (isReached ? '' : ' *');

export function printTable(title, head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  console.log(`\n${title}`);
  for (const row of all)
    console.log(`  ${row.map((cell, at) => cell.padEnd(widths[at])).join('  ')}`.trimEnd());
}

function recallRow({ kind, size, faults, found, recall, target }) {
  const isReached = target === null || recall === null || recall >= target;
  return [
    kind,
    size,
    faults,
    found,
    percent(recall) + mark(isReached),
    target === null ? '' : percent(target),
  ];
}

export function printFigures(title, figures, targets) {
  console.log(`\n== ${title}\n  ${figures.frames} frames, ${figures.swept} of them with a sweep`);
  printTable(
    'Faults found (* below its target)',
    ['kind', 'size', 'faults', 'found', 'recall', 'target'],
    [...figures.kinds, figures.missing, ...figures.together].map(recallRow),
  );
  printTable(
    'By check',
    ['check', 'findings', 'right', 'precision', 'on right labels'],
    figures.checks.map(({ check, findings, right, precision, clean }) => [
      ...[check, findings, right, percent(precision), clean],
    ]),
  );
  const { precision, precisionOfData, averagePrecision, cleanFindings, cleanObjects } = figures;
  const perThousand = (1000 * cleanFindings) / Math.max(1, cleanObjects);
  const isPrecise = precision === null || precision >= targets.precision;
  printTable(
    'Overall',
    ['figure', 'value', 'target'],
    [
      ['precision, labels wrong', percent(precision) + mark(isPrecise), percent(targets.precision)],
      ['precision, data wrong', percent(precisionOfData), ''],
      ['average precision of the ranking', percent(averagePrecision), ''],
      [
        'findings per 1,000 right labels',
        `${perThousand.toFixed(1)} (${cleanFindings} of ${cleanObjects})${mark(perThousand <= targets.clean)}`,
        `at most ${targets.clean}`,
      ],
    ],
  );
  if (figures.skipped.length > 0) console.log(`  skipped: ${figures.skipped.join('; ')}`);
  if (figures.left.length > 0) console.log(`  not made here: ${figures.left.join('; ')}`);
}

const place = ({ scene, frame, track, object, camera }) =>
  [scene, `frame ${frame}`, track ?? object ?? '', camera ?? ''].filter(Boolean).join(' ');

const worth = (params) =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** One line for every fault that nothing found and every finding that lies on no fault. */
export function printDetails({ world, ofLabels, ofData, cleanFindings }) {
  const scores = [...ofLabels, ...ofData];
  console.log(`\n-- ${world}: faults that nothing found`);
  for (const { kind, size, points, labels, by, first } of scores.flatMap(({ faults }) => faults)) {
    if (by.size > 0) continue;
    const how = `${labels} labels, ${points ?? '?'} points, ${JSON.stringify(first.amount)}`;
    console.log(`  ${kind} ${size}: ${first.class ?? ''} ${place(first)}; ${how}`);
  }
  const alarm = ({ check, grade, score, className, says, params, ...of }) =>
    `  ${check} ${grade} ${score} ${className ?? ''} ${place(of)}; ${says}: ${worth(params)}`;
  console.log(`-- ${world}: findings on right labels, in the delivery as it is`);
  for (const finding of cleanFindings) console.log(alarm(finding));
  console.log(`-- ${world}: findings on no fault, in runs with faults`);
  const known = new Set(cleanFindings.map(({ id }) => id));
  for (const { finding, faults } of scores.flatMap(({ findings }) => findings))
    if (faults.size === 0 && !known.has(finding.id)) console.log(alarm(finding));
}

/** By effect: findings on labels that are all right, and which checks made them. */
export function printEffects(title, effects, targets) {
  const rows = effects.map(({ effect, results: { objects, findings } }) => {
    const counts = new Map();
    for (const { check } of findings) counts.set(check, (counts.get(check) ?? 0) + 1);
    const perThousand = (1000 * findings.length) / Math.max(1, objects);
    const by = [...counts].map(([check, count]) => `${check} ${count}`).join(', ');
    return [
      effect,
      objects,
      findings.length,
      perThousand.toFixed(1) + mark(perThousand <= targets.clean),
      by,
    ];
  });
  printTable(title, ['effect', 'labels', 'findings', 'per 1,000', 'by check'], rows);
}

export function printSpeed(speed) {
  const { points, cuboids, boxes2d, playingSeconds, checkSeconds, naiveSeconds } = speed;
  const perFrame = `${points.toFixed(0)} points, ${cuboids} cuboids, ${boxes2d.toFixed(0)} 2D boxes a frame`;
  printTable(
    `Speed on one core: ${perFrame}`,
    ['what', 'seconds', 'ratio'],
    [
      ['all checks', checkSeconds.toFixed(2), ''],
      [
        'the scene plays',
        playingSeconds.toFixed(2),
        `${(playingSeconds / checkSeconds).toFixed(1)}${mark(playingSeconds >= 10 * checkSeconds)} (target 10)`,
      ],
      ['naive points, pairs and clusters', naiveSeconds.toFixed(2), (naiveSeconds / checkSeconds).toFixed(1)],
    ],
  );
}
