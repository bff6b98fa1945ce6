/**
 * The tour's words, in a corner of the real screens. It takes neither focus nor keys: what it asks for is done where
 * it is always done, and the next step comes when it was done. Escape leaves.
 */
import { Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../app/CommandKey.tsx';
import { commandName } from '../app/commandNames.ts';
import { useCommandRegistry } from '../app/commands.ts';
import { commandTable } from '../app/commandTable.ts';
import { auditAddress, navigate, type Route, routeAddress } from '../app/routes.ts';
import { useHost, useSession } from '../state/context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import page from '../ui/page.module.css';
import { useTask } from '../ui/useTask.ts';
import styles from './Tour.module.css';
import { stepAfter, type TourStep, tourSteps } from './tourSteps.ts';
import { type Tour, useTour } from './useTour.ts';

export function TourPanel({ route }: { route: Route | null }) {
  const tour = useTour();
  return tour.isOn ? <Steps tour={tour} route={route} /> : null;
}

function Steps({ tour, route }: { tour: Tour; route: Route | null }) {
  const { t } = useTranslation();
  const notify = useSession((state) => state.notify);
  useProgress(tour, route);
  const leave = (): void => {
    tour.leave();
    notify('tour.left');
  };
  useEscape(leave);
  const panel = useRef<HTMLElement>(null);
  useFocusAfter(panel);
  const step = tourSteps[tour.step]!;
  const isLast = tour.step === tourSteps.length - 1;
  return (
    <section
      ref={panel}
      className={styles.panel}
      role="dialog"
      aria-modal="false"
      aria-labelledby="tour-title"
      aria-describedby="tour-text"
      data-side={step.screen === 'review' && route?.screen === 'review' ? 'left' : 'right'}
      data-testid="tour"
      data-step={step.id}
    >
      <header className={styles.head}>
        <span className={page.small}>
          {t('tour.title')} · {t('tour.step', { at: tour.step + 1, count: tourSteps.length })}
        </span>
        <IconButton label={t('tour.leave')} keyName="Escape" onClick={leave}>
          <X size={16} />
        </IconButton>
      </header>
      <div aria-live="polite">
        <h2 className={styles.title} id="tour-title">
          {t(`tour.steps.${step.id}.title`)}
        </h2>
        <p className={styles.text} id="tour-text">
          {t(`tour.steps.${step.id}.text`)}
        </p>
        <StepCommand step={step} />
      </div>
      <div className={page.actions}>
        {isLast ? (
          <Button variant="filled" onClick={tour.finish} data-testid="tour-finish">
            {t('tour.finish')}
          </Button>
        ) : (
          <>
            <ToStep step={step} tour={tour} route={route} />
            {step.screen === 'review' && (
              <Button onClick={() => tour.patch({ step: tour.step + 1 })} data-testid="tour-skip">
                {t('tour.skip')}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** What to press, by the name it has everywhere. */
function StepCommand({ step }: { step: TourStep }) {
  const { t } = useTranslation();
  const command = commandTable.find(({ id }) => id === step.command);
  if (!command || command.keys.length === 0) return null;
  return (
    <p className={styles.command}>
      <CommandKey id={command.id} isSpoken /> {commandName(t, command)}
    </p>
  );
}

/** The way to where the step is done, for whoever is elsewhere. */
function ToStep({ step, tour, route }: { step: TourStep; tour: Tour; route: Route | null }) {
  const { t } = useTranslation();
  const address = addressOf(step, tour);
  if (step.id === 'open') {
    return (
      <Button variant="filled" onClick={() => navigate('#/deliveries?do=sample')} data-testid="tour-open">
        {t('deliveries.openSample')}
      </Button>
    );
  }
  if (route?.screen === step.screen || address === null) return null;
  return (
    <Button component="a" href={address} variant="filled">
      {t('tour.goThere')}
    </Button>
  );
}

function addressOf({ screen }: TourStep, { path, audit }: Tour): string | null {
  if (screen === 'deliveries') return '#/deliveries';
  if (screen === 'delivery-intake') return path && routeAddress({ screen, path, sensorsPath: null });
  return audit && auditAddress(audit, screen);
}

/**
 * Looks at what was done and goes on with the steps. Only the sample delivery and an audit of it count: somebody may
 * take the tour with a real audit open.
 */
function useProgress({ step, path, audit, patch }: Tour, route: Route | null): void {
  const ran = useRanSince(step);
  const hasProfile = useSession((state) => state.actor !== null);
  const shown = useSession((state) => state.shown);
  useSamplePath(path, route, (found) => patch({ path: found }));
  const here = route !== null && 'audit' in route && route.audit === shown?.audit ? shown : null;
  const ours = here !== null && path !== null && here.delivery.path === path ? here : null;
  const verdicts = [...(ours?.verdicts.values() ?? [])];
  const next = stepAfter(step, {
    isSampleOpen: path !== null && route?.screen === 'delivery-intake' && route.path === path,
    hasAudit: ours !== null || audit !== null,
    hasProfile,
    isDrawn: ours !== null && ours.sample !== null,
    accepted: verdicts.filter(({ verdict }) => verdict === 'accept').length,
    rejected: verdicts.filter(({ verdict }) => verdict === 'reject').length,
    judged: verdicts.length,
    ran,
  });
  const nextAudit = ours?.audit ?? audit;
  const isNew = next !== step || nextAudit !== audit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `patch` is made anew at every look
  useEffect(() => {
    if (isNew) patch({ step: next, audit: nextAudit });
  }, [isNew, next, nextAudit]);
}

/** Ids of the commands run since a step began. */
function useRanSince(step: number): ReadonlySet<string> {
  const registry = useCommandRegistry();
  const [ran, setRan] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => registry.watch((id) => setRan((before) => new Set([...before, id]))), [registry]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step begins with nothing run
  useEffect(() => setRan(new Set()), [step]);
  return ran;
}

/** Asks where the sample lies as soon as any delivery is shown, since that may be it. */
function useSamplePath(path: string | null, route: Route | null, onFound: (path: string) => void): void {
  const host = useHost();
  const { run } = useTask();
  const shown = route?.screen === 'delivery-intake' ? route.path : null;
  const isAsked = path === null && shown !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onFound` is made anew at every look
  useEffect(() => {
    if (!isAsked) return;
    void run(async (options) => onFound((await host.call('deliveries.sample', {}, options)).path));
  }, [isAsked, shown, host, run]);
}

/** Escape that nothing else took: no field, no dialog of the screens. */
function useEscape(leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || event.repeat) return;
      const isElsewhere =
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [role=dialog]:not([aria-modal=false])') !== null;
      if (!isElsewhere) latest.current();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Where the panel goes away under the focus, the focus goes to the screen, not to nowhere. */
function useFocusAfter(panel: { readonly current: HTMLElement | null }): void {
  // In a layout effect: its end still finds the panel in the page.
  useLayoutEffect(() => {
    const element = panel.current;
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('content')?.focus();
    };
  }, [panel]);
}
