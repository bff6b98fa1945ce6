/** What a run of the checks is told besides the delivery, in the form in which it travels between threads. */
import { checkRules } from '../../../shared/audit/checkRules.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { checks } from '../../../shared/checks/catalogue.ts';
import type { PriorsDocument } from '../../../shared/checks/priors.ts';
import type { CheckContext } from '../../../shared/checks/scene.ts';
import type { CheckSettings } from '../../../shared/checks/settings.ts';

export interface CheckSetup {
  readonly spec: QaSpec;
  readonly settings: CheckSettings;
  readonly priors: PriorsDocument;
}

export function contextOf({ spec, settings, priors }: CheckSetup): CheckContext {
  return { rules: checkRules(spec), settings, priors };
}

/** The checks of this program: findings of other versions are not to be added to theirs. */
export const checkVersions: readonly string[] = checks.map(({ id, version }) => `${id} ${version}`);
