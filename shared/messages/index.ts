/**
 * Every sentence the product says, by language and room. A room is one file pair; all `problems*` files are one
 * branch, keyed by problem code, so that a problem finds its sentence wherever it was raised.
 */
import enApp from './en/app.ts';
import enCommands from './en/commands.ts';
import enProblemsApp from './en/problemsApp.ts';
import enProgress from './en/progress.ts';
import enSaving from './en/saving.ts';
import zhApp from './zh/app.ts';
import zhCommands from './zh/commands.ts';
import zhProblemsApp from './zh/problemsApp.ts';
import zhProgress from './zh/progress.ts';
import zhSaving from './zh/saving.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export const catalogues = {
  en: {
    app: enApp,
    commands: enCommands,
    progress: enProgress,
    saving: enSaving,
    problems: { ...enProblemsApp },
  },
  zh: {
    app: zhApp,
    commands: zhCommands,
    progress: zhProgress,
    saving: zhSaving,
    problems: { ...zhProblemsApp },
  },
} as const;
