/**
 * Every command of the product with its own keys, by room: what the key settings list while no screen but theirs is
 * open. A screen adds its commands when it is shown; a test holds each of them against its row here.
 */
import { givenKeys, type KeyChoice, type KeyedCommand } from './keymap.ts';

export interface TabledCommand extends KeyedCommand {
  readonly titleKey: string;
  readonly titleParams?: Readonly<Record<string, string | number>>;
}

type Row = readonly [id: string, keys: string, titleKey: string, params?: TabledCommand['titleParams']];

/** How the auditor wants to see, in every room with views. */
const viewing = (room: string): readonly Row[] => [
  [`${room}.colouring`, 'P', 'viewport.commands.colouring'],
  [`${room}.pointsOnPictures`, 'L', 'viewport.commands.pointsOnPictures'],
  [`${room}.rings`, 'Shift+R', 'viewport.commands.rings'],
  [`${room}.larger`, '+ =', 'viewport.commands.larger'],
  [`${room}.smaller`, '-', 'viewport.commands.smaller'],
  [`${room}.pointMeters`, 'Shift+M', 'viewport.commands.pointMeters'],
  [`${room}.depthEdges`, 'Shift+E', 'viewport.commands.depthEdges'],
  [`${room}.ground`, 'H', 'viewport.commands.ground'],
  [`${room}.clip`, 'Shift+H', 'viewport.commands.clip'],
  [`${room}.merge`, 'Y', 'viewport.commands.merge'],
  [`${room}.follow`, 'Shift+Y', 'viewport.commands.follow'],
  [`${room}.radar`, 'Shift+D', 'viewport.commands.radar'],
  [`${room}.shapes`, 'Shift+S', 'viewport.commands.shapes'],
  [`${room}.compare`, 'Shift+V', 'viewport.commands.compare'],
  [`${room}.panel`, 'Shift+W', 'viewport.commands.panel'],
  [`${room}.reset`, '', 'viewport.commands.reset'],
];

/** Turning and shifting on the calibration screen: less and more about each axis, Shift shifts. */
const trying: readonly Row[] = [
  ['x', 'S', 'W'],
  ['y', 'A', 'D'],
  ['z', 'Q', 'E'],
].flatMap(([axis, ...keys]) =>
  (['turn', 'shift'] as const).flatMap((motion) =>
    keys.map(
      (key, way): Row => [
        `calibration.${motion}.${axis}${way}`,
        motion === 'shift' ? `Shift+${key}` : key,
        `keymap.names.${motion}`,
        { axis: axis!.toUpperCase(), sign: way === 0 ? '\u2212' : '+' },
      ],
    ),
  ),
);

/** Where panels stand at the desk. */
const arranging: readonly Row[] = [
  ['dock.maximise', '\\', 'dock.commands.maximise'],
  ['dock.panels', 'Shift+\\', 'dock.commands.panels'],
  ['dock.preset.laptop', 'Mod+1', 'dock.commands.preset.laptop'],
  ['dock.preset.wide', 'Mod+2', 'dock.commands.preset.wide'],
  ['dock.preset.points', 'Mod+3', 'dock.commands.preset.points'],
  ['dock.preset.pictures', 'Mod+4', 'dock.commands.preset.pictures'],
  ['dock.undo', '', 'dock.commands.undo'],
  ...['top', 'side', 'end', 'pictures', 'context', 'track', 'judge'].map(
    (id): Row => [`dock.toggle.${id}`, '', `dock.commands.toggle.${id}`],
  ),
  ['dock.companion', '', 'dock.commands.companion'],
];

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The auditor's own box: the review screen says each of them as `correct.commands.*`. */
const correcting: readonly Row[] = (
  [
    ['mode', 'E'],
    ['fit', 'A'],
    ['face', 'N'],
    ['left', 'Shift+ArrowLeft'],
    ['right', 'Shift+ArrowRight'],
    ['forward', 'Shift+ArrowUp'],
    ['back', 'Shift+ArrowDown'],
    ['leftFine', 'Mod+Shift+ArrowLeft'],
    ['rightFine', 'Mod+Shift+ArrowRight'],
    ['forwardFine', 'Mod+Shift+ArrowUp'],
    ['backFine', 'Mod+Shift+ArrowDown'],
    ['raise', 'Shift+PageUp'],
    ['lower', 'Shift+PageDown'],
    ['turnLeft', 'Q'],
    ['turnRight', 'W'],
    ['turnLeftFine', 'Alt+Q'],
    ['turnRightFine', 'Alt+W'],
    ['turnRound', ''],
    ['remove', 'Backspace'],
  ] as const
).map(([id, keys]): Row => [`review.correct.${id}`, keys, `correct.commands.${id}`]);

/** Keys are parted by spaces. */
const rooms: Readonly<Record<string, readonly Row[]>> = {
  app: [
    ['app.palette', 'Mod+K', 'commands.palette'],
    ['app.keys', '?', 'commands.keys'],
    ['app.theme', 'Shift+T', 'commands.theme'],
    ['app.language', 'Shift+L', 'commands.language'],
    ['deliveries.open', 'Mod+O', 'deliveries.open'],
    ['deliveries.sample', '', 'deliveries.openSample'],
    ['app.tour', '', 'tour.commands.take'],
    ['app.deliveries', 'Alt+1', 'commands.goDeliveries'],
    ['app.intake', 'Alt+2', 'commands.goIntake'],
    ['app.plan', 'Alt+3', 'commands.goPlan'],
    ['app.review', 'Alt+4', 'commands.goReview'],
    ['app.search', 'Alt+5', 'commands.goSearch'],
    ['app.disposition', 'Alt+6', 'commands.goDisposition'],
    ['app.rework', 'Alt+7', 'commands.goRework'],
    ['app.calibration', 'Shift+C', 'commands.goCalibration'],
    ['app.look', 'Shift+F', 'commands.goLook'],
    ['app.checks', 'Alt+9', 'checks.commands.go'],
    ['app.diff', 'Alt+0', 'diff.commands.go'],
    ['app.adjudicate', 'Shift+J', 'adjudicate.commands.go'],
    ['app.switching', 'Alt+8', 'switching.commands.go'],
    ['app.settings', 'Mod+,', 'commands.goSettings'],
    ['app.saveNow', 'Mod+S', 'commands.saveNow'],
  ],
  deliveries: [['deliveries.forget', 'Delete', 'deliveries.forget']],
  intake: [['intake.start', 'Mod+Enter', 'intake.start']],
  mapping: [
    ['mapping.undo', 'Mod+Z', 'mapping.commands.undo'],
    ['mapping.redo', 'Mod+Shift+Z', 'mapping.commands.redo'],
    ['mapping.save', 'Mod+Shift+S', 'mapping.commands.save'],
    ['mapping.use', 'Mod+Enter', 'mapping.commands.use'],
    ['mapping.propose', '', 'mapping.commands.propose'],
    ['mapping.frameBack', '[', 'look.commands.frameBack'],
    ['mapping.frameOn', ']', 'look.commands.frameOn'],
  ],
  plan: [
    ['plan.freeze', 'Mod+Enter', 'planScreen.freeze'],
    ['plan.parameters', 'P', 'planScreen.parameters'],
    ['plan.undo', 'Mod+Z', 'designer.commands.undo'],
    ['plan.keep', 'Mod+Shift+S', 'designer.commands.keep'],
    ['plan.pin', '', 'designer.commands.pin'],
  ],
  review: [
    ['review.confirm', 'Enter', 'review.commands.confirm'],
    ...digits.map((digit): Row => [`review.code${digit}`, `${digit}`, 'keymap.names.code', { digit }]),
    ['review.otherCode', '0', 'review.commands.otherCode'],
    ['review.unsure', 'U', 'review.commands.unsure'],
    ['review.hold', 'S', 'review.commands.hold'],
    ['review.undo', 'Z Mod+Z', 'review.commands.undo'],
    ['review.beside', 'F', 'review.commands.beside'],
    ['review.severity0', 'Shift+1', 'keymap.names.severity0'],
    ['review.severity1', 'Shift+2', 'keymap.names.severity1'],
    ['review.severity2', 'Shift+3', 'keymap.names.severity2'],
    ['review.comment', 'C', 'review.commands.comment'],
    ['review.next', 'J ArrowDown', 'review.commands.next'],
    ['review.previous', 'K ArrowUp', 'review.commands.previous'],
    ['review.jump', 'G', 'review.commands.jump'],
    ['review.frameBack', '[ ArrowLeft', 'review.commands.frameBack'],
    ['review.frameOn', '] ArrowRight', 'review.commands.frameOn'],
    ['review.home', 'Escape', 'review.commands.home'],
    ['review.face', 'V', 'review.commands.face'],
    ['review.fit', 'B', 'review.commands.fit'],
    ['review.flip', 'T', 'review.commands.flip'],
    ['review.overlay', 'O', 'review.commands.overlay'],
    ['review.trail', 'Shift+O', 'viewport.commands.trail'],
    ['review.dimensions', 'Shift+U', 'viewport.commands.dimensions'],
    ['review.faceGaps', 'D', 'viewport.commands.faceGaps'],
    ['review.mosaic', 'M', 'viewport.commands.mosaic'],
    ['review.rule', '', 'review.commands.rule'],
    ['review.keepZoom', 'Shift+X', 'review.commands.keepZoom'],
    ['review.ruler', 'R', 'measure.commands.ruler'],
    ['review.angle', 'Shift+N', 'measure.commands.angle'],
    ['review.height', 'Mod+M', 'measure.commands.height'],
    ['review.ray', 'Shift+K', 'measure.commands.ray'],
    ['review.pointBack', 'Delete', 'measure.commands.pointBack'],
    ['review.floor', '', 'measure.commands.floor'],
    ['review.gap', '', 'measure.commands.gap'],
    ['review.forget', '', 'measure.commands.forget'],
    ['review.camera', '.', 'review.commands.camera'],
    ['review.whole', 'X', 'review.commands.whole'],
    ['review.bulkTrack', 'Shift+A', 'bulk.commands.track'],
    ['review.bulkFrame', 'Shift+G', 'bulk.commands.frame'],
    ['review.similar', 'I', 'bulk.commands.similar'],
    ['review.bulkUndo', 'Shift+Z', 'bulk.commands.undo'],
    ['review.secondLook', 'Shift+I', 'bulk.commands.secondLook'],
    ['review.pace', '', 'pace.commands.show'],
    ['review.leaveWarmUp', '', 'pace.commands.leaveWarmUp'],
    ['targets.turn', 'Alt+J', 'targets.commands.turn'],
    ['targets.queue', 'Shift+Q', 'targets.commands.queue'],
    ['targets.list', '', 'targets.commands.list'],
    ['review.playTrack', 'Space', 'trackStrip.commands.play'],
    ['review.firstFrame', 'Home Shift+[', 'trackStrip.commands.first'],
    ['review.lastFrame', 'End Shift+]', 'trackStrip.commands.last'],
    ...correcting,
    ...viewing('review'),
    ...arranging,
  ],
  search: [
    ['search.searched', 'Enter', 'search.commands.searched'],
    ['search.drop', 'M', 'search.commands.drop'],
    ...digits.map((digit): Row => [`search.class${digit}`, `${digit}`, 'keymap.names.class', { digit }]),
    ['search.otherClass', '0', 'search.commands.otherClass'],
    ['search.turnLeft', 'Q', 'search.commands.turnLeft'],
    ['search.turnRight', 'E', 'search.commands.turnRight'],
    ['search.remove', 'Backspace Delete', 'search.commands.remove'],
    ['search.unsure', 'U', 'search.commands.unsure'],
    ['search.undo', 'Z Mod+Z', 'search.commands.undo'],
    ['search.comment', 'C', 'search.commands.comment'],
    ['search.next', 'J ArrowDown', 'search.commands.next'],
    ['search.previous', 'K ArrowUp', 'search.commands.previous'],
    ['search.jump', 'G', 'search.commands.jump'],
    ['search.sweep', 'Space', 'search.commands.sweep'],
    ['search.fit', 'B', 'search.commands.fit'],
    ['search.cancel', 'Escape', 'search.commands.cancel'],
    ['search.overlay', 'O', 'search.commands.overlay'],
    ...viewing('search'),
  ],
  disposition: [['disposition.sign', 'Mod+Enter', 'disposition.sign']],
  look: [
    ['look.frameBack', '[ ArrowLeft', 'look.commands.frameBack'],
    ['look.frameOn', '] ArrowRight', 'look.commands.frameOn'],
    ['look.first', 'Home', 'look.commands.first'],
    ['look.last', 'End', 'look.commands.last'],
    ['look.sceneBack', 'PageUp', 'look.commands.sceneBack'],
    ['look.sceneOn', 'PageDown', 'look.commands.sceneOn'],
    ['look.fit', 'B', 'look.commands.fit'],
    ['look.overlay', 'O', 'look.commands.overlay'],
    ['look.leave', 'Escape', 'look.commands.leave'],
    ...viewing('look'),
  ],
  checks: [
    ['checks.run', 'R', 'checks.commands.run'],
    ['checks.stop', 'Backspace', 'checks.commands.stop'],
    ['checks.next', 'J ArrowDown', 'checks.commands.next'],
    ['checks.previous', 'K ArrowUp', 'checks.commands.previous'],
    ['checks.confirm', 'Enter', 'checks.commands.confirm'],
    ['checks.defect', 'D', 'checks.commands.defect'],
    ['checks.dismiss', 'X', 'checks.commands.dismiss'],
    ['checks.normal', 'N', 'checks.commands.normal'],
    ['checks.undo', 'Z Mod+Z', 'checks.commands.undo'],
    ['checks.nextCheck', ']', 'checks.commands.nextCheck'],
    ['checks.previousCheck', '[', 'checks.commands.previousCheck'],
    ['checks.answered', 'A', 'checks.commands.answered'],
    ['checks.fit', 'B', 'checks.commands.fit'],
    ['checks.overlay', 'O', 'checks.commands.overlay'],
    ['checks.leave', 'Escape', 'checks.commands.leave'],
    ...viewing('checks'),
  ],
  diff: [
    ['diff.layout', 'V', 'diff.commands.layout'],
    ['diff.laidOver', 'O', 'diff.commands.laidOver'],
    ['diff.leave', 'Escape', 'diff.commands.leave'],
  ],
  adjudicate: [
    ['adjudicate.takeLeft', 'ArrowLeft', 'adjudicate.commands.takeLeft'],
    ['adjudicate.takeRight', 'ArrowRight', 'adjudicate.commands.takeRight'],
    ['adjudicate.giveOwn', 'Enter', 'adjudicate.commands.giveOwn'],
    ['adjudicate.unsure', 'U', 'adjudicate.commands.unsure'],
    ...digits.map((digit): Row => [`adjudicate.code${digit}`, `${digit}`, 'keymap.names.code', { digit }]),
    ['adjudicate.undo', 'Z Mod+Z', 'adjudicate.commands.undo'],
    ['adjudicate.comment', 'C', 'adjudicate.commands.comment'],
    ['adjudicate.next', 'J ArrowDown', 'adjudicate.commands.next'],
    ['adjudicate.previous', 'K ArrowUp', 'adjudicate.commands.previous'],
    ['adjudicate.fit', 'B', 'adjudicate.commands.fit'],
    ['adjudicate.overlay', 'O', 'adjudicate.commands.overlay'],
    ['adjudicate.leave', 'Escape', 'adjudicate.commands.leave'],
  ],
  calibration: [
    ['calibration.frameBack', '[ ArrowLeft', 'calibration.commands.frameBack'],
    ['calibration.frameOn', '] ArrowRight', 'calibration.commands.frameOn'],
    ['calibration.cameraOn', '. ArrowDown', 'calibration.commands.cameraOn'],
    ['calibration.cameraBack', ', ArrowUp', 'calibration.commands.cameraBack'],
    ['calibration.large', 'X', 'calibration.commands.large'],
    ['calibration.boxes', 'B', 'calibration.commands.boxes'],
    ['calibration.points', 'P', 'calibration.commands.points'],
    ['calibration.overlay', 'O', 'calibration.commands.overlay'],
    ['calibration.earlier', '-', 'calibration.commands.earlier'],
    ['calibration.later', '+ =', 'calibration.commands.later'],
    ['calibration.inverse', 'I', 'calibration.commands.inverse'],
    ...trying,
    ['calibration.reset', 'R', 'calibration.commands.reset'],
    ['calibration.apply', 'F', 'calibration.commands.apply'],
    ['calibration.copy', 'Y', 'calibration.commands.copy'],
    ['calibration.back', 'Escape', 'calibration.commands.back'],
  ],
};

export const commandTable: readonly TabledCommand[] = Object.entries(rooms).flatMap(([room, rows]) =>
  rows.map(([id, keys, titleKey, titleParams]) => ({
    id,
    room,
    titleKey,
    ...(titleParams ? { titleParams } : {}),
    keys: keys === '' ? [] : keys.split(' '),
  })),
);

const byId: ReadonlyMap<string, TabledCommand> = new Map(
  commandTable.map((command) => [command.id, command]),
);

/** A command that is not live, with the keys it is given; undefined where there is none of this id. */
export function tabledCommand(id: string, choice: KeyChoice): TabledCommand | undefined {
  const command = byId.get(id);
  return command && { ...command, keys: givenKeys(command, choice).keys };
}

const places: ReadonlyMap<string, number> = new Map(commandTable.map(({ id }, at) => [id, at]));

/** Commands as the table has them, so that a room reads the same whatever a screen added first. */
export function inTableOrder<Listed extends { readonly id: string }>(commands: readonly Listed[]): Listed[] {
  const place = ({ id }: Listed): number => places.get(id) ?? places.size;
  return commands.toSorted((a, b) => place(a) - place(b));
}
