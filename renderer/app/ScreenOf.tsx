/** The screen of an address, each loaded when first asked for; screens of an audit wait until it is open. */
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices, useSession } from '../state/context.tsx';
import { Message } from '../ui/Message.tsx';
import { ProblemLine } from '../ui/ProblemLine.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useTask } from '../ui/useTask.ts';
import { AuditGuard } from './AuditGuard.tsx';
import type { AuditScreen, Route } from './routes.ts';

const Deliveries = lazy(() => import('../screens/deliveries/DeliveriesScreen.tsx'));
const DeliveryIntake = lazy(() => import('../screens/intake/DeliveryIntakeScreen.tsx'));
const DeliveryCalibration = lazy(() => import('../screens/calibration/DeliveryCalibrationScreen.tsx'));
const DeliveryLook = lazy(() => import('../screens/look/DeliveryLookScreen.tsx'));
const DeliveryChecks = lazy(() => import('../screens/checks/DeliveryChecksScreen.tsx'));
const DeliveryDiff = lazy(() => import('../screens/diff/DeliveryDiffScreen.tsx'));
const DeliveryMapping = lazy(() => import('../screens/mapping/DeliveryMappingScreen.tsx'));
const Settings = lazy(() => import('../screens/settings/SettingsScreen.tsx'));
const Switching = lazy(() => import('../screens/switching/SwitchingScreen.tsx'));

const auditScreens: Readonly<Record<AuditScreen, React.ComponentType>> = {
  intake: lazy(() => import('../screens/intake/IntakeScreen.tsx')),
  plan: lazy(() => import('../screens/plan/PlanScreen.tsx')),
  review: lazy(() => import('../screens/review/ReviewScreen.tsx')),
  search: lazy(() => import('../screens/search/SearchScreen.tsx')),
  disposition: lazy(() => import('../screens/disposition/DispositionScreen.tsx')),
  rework: lazy(() => import('../screens/rework/ReworkScreen.tsx')),
  calibration: lazy(() => import('../screens/calibration/CalibrationScreen.tsx')),
  look: lazy(() => import('../screens/look/LookScreen.tsx')),
  diff: lazy(() => import('../screens/diff/DiffScreen.tsx')),
  checks: lazy(() => import('../screens/checks/ChecksScreen.tsx')),
  adjudicate: lazy(() => import('../screens/adjudicate/AdjudicateScreen.tsx')),
  companion: lazy(() => import('../screens/companion/CompanionScreen.tsx')),
};

export function ScreenOf({ route }: { route: Route | null }) {
  const { t } = useTranslation();
  useLeaveAudit(route);
  if (route === null) {
    return (
      <Message title={t('problems.route-unknown')}>
        <a href="#/deliveries">{t('app.back')}</a>
      </Message>
    );
  }
  return (
    <Suspense fallback={<Message title={t('app.loading')} />}>
      {'audit' in route ? (
        <AuditScreenOf audit={route.audit} screen={route.screen} />
      ) : route.screen === 'delivery-intake' ? (
        <DeliveryIntake
          key={route.path}
          path={route.path}
          sensorsPath={route.sensorsPath}
          resubmits={route.resubmits ?? null}
        />
      ) : route.screen === 'delivery-calibration' ? (
        <DeliveryCalibration key={route.path} path={route.path} sensorsPath={route.sensorsPath} />
      ) : route.screen === 'delivery-look' ? (
        <DeliveryLook key={route.path} path={route.path} sensorsPath={route.sensorsPath} />
      ) : route.screen === 'delivery-checks' ? (
        <DeliveryChecks key={route.path} path={route.path} sensorsPath={route.sensorsPath} />
      ) : route.screen === 'delivery-diff' ? (
        <DeliveryDiff key={route.path} path={route.path} sensorsPath={route.sensorsPath} />
      ) : route.screen === 'delivery-mapping' ? (
        <DeliveryMapping key={route.path} path={route.path} sensorsPath={route.sensorsPath} />
      ) : route.screen === 'switching' ? (
        <Switching named={route.ledger} />
      ) : route.screen === 'settings' ? (
        <Settings />
      ) : (
        <Deliveries />
      )}
    </Suspense>
  );
}

/** The lock goes back as soon as no screen of the audit is shown. */
function useLeaveAudit(route: Route | null): void {
  const { session } = useServices();
  const isInAudit = route !== null && 'audit' in route;
  useEffect(() => {
    if (!isInAudit) void session.getState().closeAudit();
  }, [isInAudit, session]);
}

function AuditScreenOf({ audit, screen }: { audit: string; screen: AuditScreen }) {
  const { t } = useTranslation();
  const auditId = useSession((state) => state.auditId);
  const opening = useSession((state) => state.opening);
  const openAudit = useSession((state) => state.openAudit);
  const { run, problem } = useTask();
  // A second window only looks on, and must not come by the lock when the desk is closed.
  const isReader = screen === 'companion';
  useEffect(() => {
    void run((options) => openAudit(audit, { ...options, isReader }));
  }, [audit, isReader, openAudit, run]);
  const Screen = auditScreens[screen];
  if (problem !== null && auditId !== audit) {
    return (
      <Message title={t('app.openingAudit')}>
        <ProblemLine problem={problem} />
        <a href="#/deliveries">{t('app.back')}</a>
      </Message>
    );
  }
  if (auditId !== audit) {
    return (
      <Message title={t(opening?.what === 'delivery' ? 'app.openingDelivery' : 'app.openingAudit')}>
        <ProgressLine progress={opening?.progress ?? null} />
      </Message>
    );
  }
  return (
    <AuditGuard screen={screen}>
      <Screen />
    </AuditGuard>
  );
}
