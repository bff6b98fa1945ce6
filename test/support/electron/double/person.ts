/**
 * What needs a person or another program: the dialogs and the shell. Nobody is there to answer, so every call
 * throws until the test says what the person would have done, in the same way as on the real binary:
 * `app.evaluate(({ dialog }) => { dialog.showOpenDialog = async () => ({ canceled: false, filePaths: […] }) })`.
 */
import { notImplemented, strictly } from '../strict.ts';

const needsAnswer = (name: string) => () => notImplemented(`${name}, until the test replaces it`);
const needsAnswerLater = (name: string) => async () => needsAnswer(name)();

export const dialog = strictly('dialog', {
  showOpenDialog: needsAnswerLater('dialog.showOpenDialog'),
  showSaveDialog: needsAnswerLater('dialog.showSaveDialog'),
  showMessageBox: needsAnswerLater('dialog.showMessageBox'),
  showOpenDialogSync: needsAnswer('dialog.showOpenDialogSync'),
  showSaveDialogSync: needsAnswer('dialog.showSaveDialogSync'),
  showMessageBoxSync: needsAnswer('dialog.showMessageBoxSync'),
  showErrorBox: needsAnswer('dialog.showErrorBox'),
});

export const shell = strictly('shell', {
  openExternal: needsAnswerLater('shell.openExternal'),
  openPath: needsAnswerLater('shell.openPath'),
  showItemInFolder: needsAnswer('shell.showItemInFolder'),
});
