/**
 * Answers `webUtils.getPathForFile`: the preload halts with the file in hand, the browser names its path, and the
 * preload goes on with the answer. This works for files dropped or chosen through the debugging protocol as well.
 */
import type { CdpSession } from './cdpPipe.ts';
import { pathQuestionFunction } from './page/wire.ts';

export async function answerPathQuestions(session: CdpSession): Promise<void> {
  session.on('Debugger.paused', async ({ callFrames }) => {
    const [frame] = callFrames;
    if (frame?.functionName.endsWith(pathQuestionFunction)) await answer(session, frame.callFrameId);
    await session.send('Debugger.resume');
  });
  await session.send('Debugger.enable');
}

async function answer(session: CdpSession, callFrameId: string): Promise<void> {
  const evaluate = async (expression: string) =>
    (await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression })).result.objectId!;
  const { path } = await session.send('DOM.getFileInfo', { objectId: await evaluate('question.file') });
  await session.send('Runtime.callFunctionOn', {
    objectId: await evaluate('question'),
    functionDeclaration: 'function (path) { this.path = path; }',
    arguments: [{ value: path }],
  });
}
