/** How the deciding sample was drawn, in words, from the record. */
import type { FrozenSample } from '../audit/events.ts';
import type { Translate } from '../messages/translate.ts';

/** `one by one from the whole lot, in one random order`, or the design with its strata. */
export function designWords({ labels }: Pick<FrozenSample, 'labels'>, t: Translate): string {
  const { draw } = labels;
  const design = t(`designer.frozen.designOf.${draw?.design ?? 'simple'}`);
  if (!draw || draw.strata.length === 0) return design;
  const said = t('designer.frozen.strata', { design, strata: draw.strata.join(', ') });
  if (draw.minimumPerStratum === 0) return said;
  return `${said}; ${t('designer.frozen.minimum', { count: draw.minimumPerStratum })}`;
}

/** `car 40/812, van 12/230`: drawn of all, or null where the lot was not divided. */
export function strataWords({ labels }: Pick<FrozenSample, 'labels'>, t: Translate): string | null {
  if (!labels.strata || labels.strata.length === 0) return null;
  const shown = labels.strata
    .slice(0, mostStrata)
    .map(({ name, drawn, population }) => `${name} ${drawn}/${population}`);
  const left = labels.strata.length - shown.length;
  return left > 0 ? `${shown.join(', ')}, ${t('report.unsettled.more', { count: left })}` : shown.join(', ');
}

/** More strata than this are a table of their own elsewhere, not a line. */
const mostStrata = 24;
