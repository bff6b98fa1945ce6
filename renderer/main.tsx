/** The renderer's entry: makes the host, the stores and the shelf once, then draws the shell. */
import './host/trustedTypes.ts';
import '@mantine/core/styles.layer.css';
import './ui/tokens.css';
import './ui/theme.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { StartFailure } from './app/StartFailure.tsx';
import { startServices } from './app/startServices.ts';
import { applyTheme, resolveTheme } from './app/theme.ts';
import { problemOf } from './host/problems.ts';

applyTheme(resolveTheme('system'));
const root = createRoot(document.getElementById('root')!);

try {
  root.render(<App services={await startServices()} />);
} catch (error) {
  root.render(<StartFailure problem={problemOf(error)} />);
}
