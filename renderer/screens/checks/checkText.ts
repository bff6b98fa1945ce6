/** Words and numbers of the checks that several parts of the screen say. */
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { Check, LimitPair } from '../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { CheckException } from '../../../shared/checks/settings.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { checkTitle, shownQuantity } from '../../../shared/report/checkWords.ts';
import { trackName } from '../../viewport/trackName.ts';
import { checkOf } from './findingPlace.ts';

/** What a limit key is called: the check's own word for it, else the key, which is then a class or an attribute. */
export function keyName({ id }: Pick<Check, 'id'>, key: string, t: Translate): string {
  const name = `checkKinds.${id}.limitKeys.${key}`;
  const said = t(name);
  if (said !== name) return said;
  return key === 'all' ? t('checks.histogram.all') : key;
}

export function limitsText(pair: LimitPair, { quantity }: Pick<Check, 'quantity'>, t: Translate): string {
  const text = (limit: number | null): string =>
    limit === null ? t('checks.taught.noLimit') : shownQuantity(limit, quantity.unit);
  return t('checks.taught.limits', { soft: text(pair.soft), hard: text(pair.hard) });
}

/** A value or limit of a finding in the unit of its check. */
export function findingQuantity(id: CheckId, value: number): string {
  return shownQuantity(value, checkOf(id)?.quantity.unit ?? 'none');
}

/** What the finding is about, in a few words: class and track, camera, frame. */
export function subjectText({ className, track, object, camera, frame }: CheckFinding, t: Translate): string {
  const name = track === null ? object : trackName(track);
  const parts = [className, name, camera].filter((part) => part !== null && part !== '');
  if (parts.length > 0) return parts.join(' ');
  return frame === '' ? t('checks.table.wholeDelivery') : frame;
}

export function exceptionText(exception: CheckException, t: Translate): string {
  const { check, className, track, scene, camera } = exception;
  const what = [
    className !== null && t('checks.teach.className', { name: className }),
    track !== null && t('checks.teach.track', { name: trackName(track) }),
    scene !== null && t('checks.teach.scene', { name: scene }),
    camera !== null && t('checks.teach.camera', { name: camera }),
  ].filter((part) => part !== false);
  return t('checks.taught.exception', { check: checkTitle(check, t), what: what.join(', ') });
}

/** A share in whole percent. */
export function percentText(share: number): string {
  return `${Math.round(100 * share)} %`;
}
