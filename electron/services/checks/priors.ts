/** What labels of a vendor and project usually are: read, edited by a person, learned from accepted lots. */
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { PriorsDocument } from '../../../shared/checks/priors.ts';
import type { KnownPriors, PriorsOwner, PriorsStore } from './priorsStore.ts';

export interface PriorsEdited extends PriorsOwner {
  /** The document that was edited; another one by now is not overwritten. */
  readonly expectedRevision: number;
  readonly priors: PriorsDocument;
}

export interface Priors {
  read(owner: PriorsOwner): Promise<Result<KnownPriors>>;
  /** Problem `priors-moved-on`, and those of the store. */
  write(edited: PriorsEdited): Promise<Result<{ priors: PriorsDocument }>>;
}

export function createPriors(store: PriorsStore): Priors {
  return {
    read: ({ vendor, project }) => store.read({ vendor, project }),
    async write({ vendor, project, expectedRevision, priors }) {
      const written = await store.replace({ vendor, project }, async ({ revision }) =>
        revision === expectedRevision ? done(priors) : failed(movedOn(expectedRevision, revision)),
      );
      return written.ok ? done({ priors: written.value }) : written;
    },
  };
}

function movedOn(expected: number, actual: number): Problem {
  return { code: 'priors-moved-on', severity: 'error', path: '', params: { expected, actual } };
}
