/**
 * Every sentence the product says, by language and room. A room is one file pair; all `problems*` files are one
 * branch, keyed by problem code, so that a problem finds its sentence wherever it was raised.
 */
import enAdjudicate from './en/adjudicate.ts';
import enApp from './en/app.ts';
import enAudit from './en/audit.ts';
import enBulk from './en/bulk.ts';
import enCalibration from './en/calibration.ts';
import enCheckLabels from './en/checkLabels.ts';
import enCheckPoints from './en/checkPoints.ts';
import enCheckSensors from './en/checkSensors.ts';
import enChecks from './en/checks.ts';
import enCheckTracks from './en/checkTracks.ts';
import enCli from './en/cli.ts';
import enCommands from './en/commands.ts';
import enCorrect from './en/correct.ts';
import enDeliveries from './en/deliveries.ts';
import enDesigner from './en/designer.ts';
import enDesktop from './en/desktop.ts';
import enDiff from './en/diff.ts';
import enDisposition from './en/disposition.ts';
import enDock from './en/dock.ts';
import enDraws from './en/draws.ts';
import enFolders from './en/folders.ts';
import enIntake from './en/intake.ts';
import enKeymap from './en/keymap.ts';
import enLook from './en/look.ts';
import enMapping from './en/mapping.ts';
import enMeasure from './en/measure.ts';
import enPace from './en/pace.ts';
import enPlan from './en/plan.ts';
import enPlanScreen from './en/planScreen.ts';
import enProblemsApp from './en/problemsApp.ts';
import enProblemsArgoverse from './en/problemsArgoverse.ts';
import enProblemsAudit from './en/problemsAudit.ts';
import enProblemsClouds from './en/problemsClouds.ts';
import enProblemsExports from './en/problemsExports.ts';
import enProblemsHost from './en/problemsHost.ts';
import enProblemsKitti from './en/problemsKitti.ts';
import enProblemsMapping from './en/problemsMapping.ts';
import enProblemsMcap from './en/problemsMcap.ts';
import enProblemsNuscenes from './en/problemsNuscenes.ts';
import enProblemsNvidia from './en/problemsNvidia.ts';
import enProblemsPandaset from './en/problemsPandaset.ts';
import enProblemsParquet from './en/problemsParquet.ts';
import enProblemsReaders from './en/problemsReaders.ts';
import enProblemsSampling from './en/problemsSampling.ts';
import enProblemsSynth from './en/problemsSynth.ts';
import enProblemsTargets from './en/problemsTargets.ts';
import enProblemsViewport from './en/problemsViewport.ts';
import enProblemsWaymo from './en/problemsWaymo.ts';
import enProgress from './en/progress.ts';
import enRates from './en/rates.ts';
import enReaders from './en/readers.ts';
import enReport from './en/report.ts';
import enReview from './en/review.ts';
import enRework from './en/rework.ts';
import enSaving from './en/saving.ts';
import enSearch from './en/search.ts';
import enSeeds from './en/seeds.ts';
import enSequential from './en/sequential.ts';
import enSettings from './en/settings.ts';
import enSwitching from './en/switching.ts';
import enTargets from './en/targets.ts';
import enTour from './en/tour.ts';
import enTrackStrip from './en/trackStrip.ts';
import enView from './en/view.ts';
import enViewport from './en/viewport.ts';
import zhAdjudicate from './zh/adjudicate.ts';
import zhApp from './zh/app.ts';
import zhAudit from './zh/audit.ts';
import zhBulk from './zh/bulk.ts';
import zhCalibration from './zh/calibration.ts';
import zhCheckLabels from './zh/checkLabels.ts';
import zhCheckPoints from './zh/checkPoints.ts';
import zhCheckSensors from './zh/checkSensors.ts';
import zhChecks from './zh/checks.ts';
import zhCheckTracks from './zh/checkTracks.ts';
import zhCli from './zh/cli.ts';
import zhCommands from './zh/commands.ts';
import zhCorrect from './zh/correct.ts';
import zhDeliveries from './zh/deliveries.ts';
import zhDesigner from './zh/designer.ts';
import zhDesktop from './zh/desktop.ts';
import zhDiff from './zh/diff.ts';
import zhDisposition from './zh/disposition.ts';
import zhDock from './zh/dock.ts';
import zhDraws from './zh/draws.ts';
import zhFolders from './zh/folders.ts';
import zhIntake from './zh/intake.ts';
import zhKeymap from './zh/keymap.ts';
import zhLook from './zh/look.ts';
import zhMapping from './zh/mapping.ts';
import zhMeasure from './zh/measure.ts';
import zhPace from './zh/pace.ts';
import zhPlan from './zh/plan.ts';
import zhPlanScreen from './zh/planScreen.ts';
import zhProblemsApp from './zh/problemsApp.ts';
import zhProblemsArgoverse from './zh/problemsArgoverse.ts';
import zhProblemsAudit from './zh/problemsAudit.ts';
import zhProblemsClouds from './zh/problemsClouds.ts';
import zhProblemsExports from './zh/problemsExports.ts';
import zhProblemsHost from './zh/problemsHost.ts';
import zhProblemsKitti from './zh/problemsKitti.ts';
import zhProblemsMapping from './zh/problemsMapping.ts';
import zhProblemsMcap from './zh/problemsMcap.ts';
import zhProblemsNuscenes from './zh/problemsNuscenes.ts';
import zhProblemsNvidia from './zh/problemsNvidia.ts';
import zhProblemsPandaset from './zh/problemsPandaset.ts';
import zhProblemsParquet from './zh/problemsParquet.ts';
import zhProblemsReaders from './zh/problemsReaders.ts';
import zhProblemsSampling from './zh/problemsSampling.ts';
import zhProblemsSynth from './zh/problemsSynth.ts';
import zhProblemsTargets from './zh/problemsTargets.ts';
import zhProblemsViewport from './zh/problemsViewport.ts';
import zhProblemsWaymo from './zh/problemsWaymo.ts';
import zhProgress from './zh/progress.ts';
import zhRates from './zh/rates.ts';
import zhReaders from './zh/readers.ts';
import zhReport from './zh/report.ts';
import zhReview from './zh/review.ts';
import zhRework from './zh/rework.ts';
import zhSaving from './zh/saving.ts';
import zhSearch from './zh/search.ts';
import zhSeeds from './zh/seeds.ts';
import zhSequential from './zh/sequential.ts';
import zhSettings from './zh/settings.ts';
import zhSwitching from './zh/switching.ts';
import zhTargets from './zh/targets.ts';
import zhTour from './zh/tour.ts';
import zhTrackStrip from './zh/trackStrip.ts';
import zhView from './zh/view.ts';
import zhViewport from './zh/viewport.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export const catalogues = {
  en: {
    adjudicate: enAdjudicate,
    bulk: enBulk,
    correct: enCorrect,
    designer: enDesigner,
    draws: enDraws,
    rates: enRates,
    seeds: enSeeds,
    sequential: enSequential,
    switching: enSwitching,
    targets: enTargets,
    dock: enDock,
    keymap: enKeymap,
    measure: enMeasure,
    pace: enPace,
    tour: enTour,
    trackStrip: enTrackStrip,
    view: enView,
    app: enApp,
    audit: enAudit,
    calibration: enCalibration,
    checks: enChecks,
    checkKinds: { ...enCheckLabels, ...enCheckPoints, ...enCheckSensors, ...enCheckTracks },
    look: enLook,
    cli: enCli,
    commands: enCommands,
    deliveries: enDeliveries,
    desktop: enDesktop,
    diff: enDiff,
    disposition: enDisposition,
    folders: enFolders,
    intake: enIntake,
    mapping: enMapping,
    plan: enPlan,
    planScreen: enPlanScreen,
    progress: enProgress,
    readers: enReaders,
    report: enReport,
    review: enReview,
    rework: enRework,
    saving: enSaving,
    settings: enSettings,
    viewport: enViewport,
    search: enSearch,
    problems: {
      ...enProblemsApp,
      ...enProblemsArgoverse,
      ...enProblemsAudit,
      ...enProblemsExports,
      ...enProblemsClouds,
      ...enProblemsHost,
      ...enProblemsNvidia,
      ...enProblemsPandaset,
      ...enProblemsParquet,
      ...enProblemsKitti,
      ...enProblemsMapping,
      ...enProblemsMcap,
      ...enProblemsNuscenes,
      ...enProblemsReaders,
      ...enProblemsSampling,
      ...enProblemsSynth,
      ...enProblemsTargets,
      ...enProblemsViewport,
      ...enProblemsWaymo,
    },
  },
  zh: {
    adjudicate: zhAdjudicate,
    bulk: zhBulk,
    correct: zhCorrect,
    designer: zhDesigner,
    draws: zhDraws,
    rates: zhRates,
    seeds: zhSeeds,
    sequential: zhSequential,
    switching: zhSwitching,
    targets: zhTargets,
    dock: zhDock,
    keymap: zhKeymap,
    measure: zhMeasure,
    pace: zhPace,
    tour: zhTour,
    trackStrip: zhTrackStrip,
    view: zhView,
    app: zhApp,
    audit: zhAudit,
    calibration: zhCalibration,
    checks: zhChecks,
    checkKinds: { ...zhCheckLabels, ...zhCheckPoints, ...zhCheckSensors, ...zhCheckTracks },
    look: zhLook,
    cli: zhCli,
    commands: zhCommands,
    deliveries: zhDeliveries,
    desktop: zhDesktop,
    diff: zhDiff,
    disposition: zhDisposition,
    folders: zhFolders,
    intake: zhIntake,
    mapping: zhMapping,
    plan: zhPlan,
    planScreen: zhPlanScreen,
    progress: zhProgress,
    readers: zhReaders,
    report: zhReport,
    review: zhReview,
    rework: zhRework,
    saving: zhSaving,
    settings: zhSettings,
    viewport: zhViewport,
    search: zhSearch,
    problems: {
      ...zhProblemsApp,
      ...zhProblemsArgoverse,
      ...zhProblemsAudit,
      ...zhProblemsExports,
      ...zhProblemsClouds,
      ...zhProblemsHost,
      ...zhProblemsNvidia,
      ...zhProblemsPandaset,
      ...zhProblemsParquet,
      ...zhProblemsKitti,
      ...zhProblemsMapping,
      ...zhProblemsMcap,
      ...zhProblemsNuscenes,
      ...zhProblemsReaders,
      ...zhProblemsSampling,
      ...zhProblemsSynth,
      ...zhProblemsTargets,
      ...zhProblemsViewport,
      ...zhProblemsWaymo,
    },
  },
} as const;
