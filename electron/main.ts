/** Entry of the desktop app. */
import { registerScheme, runDesktopApp } from './desktop/desktopApp.ts';

registerScheme();
void runDesktopApp();
