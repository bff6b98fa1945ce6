/** Which service answers which method of the contract. One row a method, nothing decided here. */
import type { z } from '../../shared/base/door.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { HostMethod, hostMethods } from '../../shared/host/contract.ts';
import { moveAudit } from './audit/moveAudit.ts';
import type { CallContext } from './dispatch.ts';
import { listFolder } from './listFolder.ts';
import type { Services } from './services.ts';

export type Handler<Input, Output> = (input: Input, context: CallContext) => Promise<Result<Output>>;

type Parsed<Method extends HostMethod> = z.output<(typeof hostMethods)[Method]['input']>;
type Answer<Method extends HostMethod> = z.input<(typeof hostMethods)[Method]['output']>;
export type Handlers = { readonly [Method in HostMethod]: Handler<Parsed<Method>, Answer<Method>> };

export function createHandlers(services: Services): Handlers {
  const {
    abilities,
    audits,
    auditList,
    checks,
    data,
    deliveries,
    handover,
    ledgers,
    lots,
    openAudits,
    places,
    priors,
    recent,
    settings,
  } = services;
  return {
    'host.describe': async () =>
      done({
        version: services.version,
        capabilities: {
          pickFolder: abilities.pickFolder !== undefined,
          push: abilities.push ?? false,
          reveal: abilities.reveal !== undefined,
          printPdf: abilities.printPdf !== undefined,
        },
        home: data.root,
        roots: [...places.roots],
        publicKey: services.key.publicKey,
      }),
    'host.pickFolder': async ({ purpose }) => {
      if (!abilities.pickFolder) return failed(problem('pick-not-possible'));
      return done({ path: await abilities.pickFolder(purpose) });
    },
    'host.reveal': async ({ path }) => {
      if (!abilities.reveal) return failed(problem('reveal-not-possible'));
      const real = await places.existing(path);
      if (!real.ok) return real;
      await abilities.reveal(real.value);
      return done({});
    },
    'settings.read': async () => done(await settings.read()),
    'settings.write': async (value) => {
      await settings.write(value);
      return done({});
    },
    'folders.list': ({ path }) => listFolder(places, path),
    'deliveries.recent': async () => done({ deliveries: await recent.list() }),
    'deliveries.forget': async ({ path }) => {
      await recent.forget(path);
      return done({});
    },
    'deliveries.sample': (_input, context) => services.sample.make(context),
    'deliveries.open': async (named, context) => {
      const opened = await deliveries.open(named, context.client, context);
      if (opened.ok) audits.deliveryOpened(opened.value.delivery, context.client);
      return opened;
    },
    'deliveries.lookOver': (named, context) => deliveries.lookOver(named, context),
    'deliveries.close': async ({ delivery }) => {
      deliveries.close(delivery);
      return done({});
    },
    'deliveries.hash': ({ delivery }, context) => deliveries.hash(delivery, context),
    'audits.list': async () => done({ audits: await auditList.list() }),
    'audits.create': (input, context) => audits.create(input, context.client, context),
    'audits.open': ({ audit, isReader }, { client }) =>
      isReader === true ? openAudits.look(audit) : openAudits.open(audit, client),
    'audits.close': async ({ audit }, { client }) => {
      await openAudits.close(audit, client);
      return done({});
    },
    'audits.attach': (input, context) => audits.attach(input, context.client, context),
    'audits.append': (input, { client }) => audits.append(input, client),
    'audits.lot': ({ delivery, spec }, context) => lots.preview(delivery, spec, context),
    'audits.freezePlan': (input, context) => audits.freezePlan(input, context.client, context),
    'audits.setSeeds': (input, context) => audits.setSeeds(input, context.client, context),
    'audits.drawTargets': (input, context) => audits.drawTargets(input, context.client, context),
    'audits.moveTo': ({ audit, folder }, { client }) => moveAudit(audit, folder, client, services),
    'audits.sign': (input, context) => audits.sign(input, context.client, context),
    'audits.export': (input, context) => handover.exportRecord(input, context.client, context),
    'audits.importRework': (input, { client }) => handover.importRework(input, client),
    'audits.importBundle': (input, { client }) => handover.importBundle(input, client),
    'checks.run': (asked, context) => checks.run(asked, context),
    'priors.read': (owner) => priors.read(owner),
    'priors.write': (asked) => priors.write(asked),
    'priors.learn': (asked, context) => priors.learn(asked, context),
    'ledgers.list': async () => done(await ledgers.list()),
    'ledgers.refresh': async () => done(await ledgers.refresh()),
    'ledgers.record': (input) => ledgers.record(input),
    'audits.verify': (input) => handover.verify(input),
  };
}

function problem(code: string): Problem {
  return { code, severity: 'error', path: '' };
}
