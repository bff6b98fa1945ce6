/** What changed since the submission before, or between the judged labels and another source, in an audit. */

import { useSession } from '../../state/context.tsx';
import { useOldAudit } from '../../state/useOldAudit.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { shippedSpec } from '../intake/specFile.ts';
import { DiffBench } from './DiffBench.tsx';

export default function DiffScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.shown)!;
  const { old, problem } = useOldAudit(audit.intake.resubmits);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  return (
    <>
      {problem && <ProblemLine problem={problem} />}
      <DiffBench
        key={opened.delivery}
        index={index}
        delivery={opened.delivery}
        spec={audit.spec?.spec ?? shippedSpec}
        before={old}
      />
    </>
  );
}
