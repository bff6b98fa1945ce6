/**
 * Every sentence the product says, by language and room. A room is one file pair; all `problems*` files are one
 * branch, keyed by problem code, so that a problem finds its sentence wherever it was raised.
 */
import enApp from './en/app.ts';
import enAudit from './en/audit.ts';
import enCli from './en/cli.ts';
import enCommands from './en/commands.ts';
import enDesktop from './en/desktop.ts';
import enPlan from './en/plan.ts';
import enProblemsApp from './en/problemsApp.ts';
import enProblemsAudit from './en/problemsAudit.ts';
import enProblemsHost from './en/problemsHost.ts';
import enProblemsReaders from './en/problemsReaders.ts';
import enProblemsSampling from './en/problemsSampling.ts';
import enProgress from './en/progress.ts';
import enReaders from './en/readers.ts';
import enReport from './en/report.ts';
import enSaving from './en/saving.ts';
import zhApp from './zh/app.ts';
import zhAudit from './zh/audit.ts';
import zhCli from './zh/cli.ts';
import zhCommands from './zh/commands.ts';
import zhDesktop from './zh/desktop.ts';
import zhPlan from './zh/plan.ts';
import zhProblemsApp from './zh/problemsApp.ts';
import zhProblemsAudit from './zh/problemsAudit.ts';
import zhProblemsHost from './zh/problemsHost.ts';
import zhProblemsReaders from './zh/problemsReaders.ts';
import zhProblemsSampling from './zh/problemsSampling.ts';
import zhProgress from './zh/progress.ts';
import zhReaders from './zh/readers.ts';
import zhReport from './zh/report.ts';
import zhSaving from './zh/saving.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export const catalogues = {
  en: {
    app: enApp,
    cli: enCli,
    desktop: enDesktop,
    commands: enCommands,
    audit: enAudit,
    readers: enReaders,
    report: enReport,
    plan: enPlan,
    progress: enProgress,
    saving: enSaving,
    problems: {
      ...enProblemsApp,
      ...enProblemsSampling,
      ...enProblemsReaders,
      ...enProblemsAudit,
      ...enProblemsHost,
    },
  },
  zh: {
    app: zhApp,
    cli: zhCli,
    desktop: zhDesktop,
    commands: zhCommands,
    audit: zhAudit,
    readers: zhReaders,
    report: zhReport,
    plan: zhPlan,
    progress: zhProgress,
    saving: zhSaving,
    problems: {
      ...zhProblemsApp,
      ...zhProblemsSampling,
      ...zhProblemsReaders,
      ...zhProblemsAudit,
      ...zhProblemsHost,
    },
  },
} as const;
