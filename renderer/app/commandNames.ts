/** What rooms and commands are called. */
import type { Translate } from '../../shared/messages/translate.ts';
import type { Command } from './commands.ts';
import type { TabledCommand } from './commandTable.ts';

export function roomName(t: Translate, room: string): string {
  return room === 'app' ? t('commands.roomApp') : t(`app.screens.${room}`);
}

export function commandName(
  t: Translate,
  command: Pick<Command | TabledCommand, 'titleKey' | 'titleParams'>,
): string {
  return t(command.titleKey, command.titleParams);
}
