/** Names that vendors give to what a label says, and how a field is recognised by its own. */

/** `pose.Center_X (cm)` -> `posecenterx`: letters, digits and Chinese characters, without a unit in brackets. */
function plainName(field: string): string {
  const bare = field.replaceAll(/[([（【][^)\]）】]*[)\]）】]/g, '');
  return bare.toLowerCase().replaceAll(/[^a-z0-9\u4e00-\u9fff]/g, '');
}

/** What is looked for, surest names first. Fields are compared by the end of their plain name. */
export const knownNames = {
  class: [
    ...[
      'classname',
      'objecttype',
      'objtype',
      'category',
      'categoryname',
      'label',
      'class',
      '类别',
      '标签',
      '类型',
    ],
    ...['type', 'name'],
  ],
  track: [
    'trackid',
    'trackingid',
    'objectid',
    'objid',
    'instanceid',
    'uuid',
    'track',
    '跟踪id',
    '目标id',
    '跟踪编号',
    '目标编号',
  ],
  id: ['annotationid', 'labelid', 'id', '编号'],
  frame: ['frameid', 'frameindex', 'framename', 'framenumber', 'frame', '帧id', '帧号', '帧编号', '帧'],
  timestamp: [
    'timestamp',
    'timestampns',
    'timestampus',
    'timestampms',
    'timens',
    'time',
    'ts',
    '时间戳',
    '时间',
  ],
  scene: ['sceneid', 'scenename', 'scene', 'sequence', 'sequenceid', 'clip', 'clipid', '场景', '场景编号'],
  camera: ['cameraname', 'cameraid', 'camera', 'cam', '相机', '摄像头'],
  points: ['numlidarpts', 'numpoints', 'pointcount', 'numpts', 'pointscount', '点数', '点云数'],
  'center.x': [
    'centerx',
    'centrex',
    'positionx',
    'locationx',
    'translationx',
    'cx',
    'posx',
    'center0',
    'centre0',
    'position0',
    'location0',
    'translation0',
    '中心x',
    '位置x',
    'x坐标',
    'x',
  ],
  'center.y': [
    'centery',
    'centrey',
    'positiony',
    'locationy',
    'translationy',
    'cy',
    'posy',
    'center1',
    'centre1',
    'position1',
    'location1',
    'translation1',
    '中心y',
    '位置y',
    'y坐标',
    'y',
  ],
  'center.z': [
    'centerz',
    'centrez',
    'positionz',
    'locationz',
    'translationz',
    'cz',
    'posz',
    'center2',
    'centre2',
    'position2',
    'location2',
    'translation2',
    '中心z',
    '底面z',
    '底部z',
    'bottomz',
    '位置z',
    'z坐标',
    'z',
  ],
  'size.length': [
    'length',
    'sizel',
    'dimensionsl',
    'dx',
    'sizex',
    'dimensionsx',
    'dimensionx',
    'scalex',
    'extentx',
    'size0',
    'dimensions0',
    'scale0',
    '长度',
    '长',
    'l',
  ],
  'size.width': [
    'width',
    'sizew',
    'dimensionsw',
    'dy',
    'sizey',
    'dimensionsy',
    'dimensiony',
    'scaley',
    'extenty',
    'size1',
    'dimensions1',
    'scale1',
    '宽度',
    '宽',
    'w',
  ],
  'size.height': [
    'height',
    'sizeh',
    'dimensionsh',
    'dz',
    'sizez',
    'dimensionsz',
    'dimensionz',
    'scalez',
    'extentz',
    'size2',
    'dimensions2',
    'scale2',
    '高度',
    '高',
    'h',
  ],
  'rotation.yaw': [
    'yaw',
    'heading',
    'rotationz',
    'rotationy',
    'rotz',
    'rotationyaw',
    'eulerz',
    'rz',
    'ry',
    'theta',
    '航向角',
    '偏航角',
    '朝向角',
    '朝向',
    '航向',
    '角度',
  ],
  'rotation.x': ['qx', 'quaternionx', 'orientationx', 'rotationqx', 'rotationx'],
  'rotation.y': ['qy', 'quaterniony', 'orientationy', 'rotationqy', 'rotationy'],
  'rotation.z': ['qz', 'quaternionz', 'orientationz', 'rotationqz', 'rotationz'],
  'rotation.w': ['qw', 'quaternionw', 'orientationw', 'rotationqw', 'rotationw'],
  'box.ltrb.0': ['xmin', 'x1', 'bboxleft', 'left', 'box2d0', 'bbox2d0', 'bbox0'],
  'box.ltrb.1': ['ymin', 'y1', 'bboxtop', 'top', 'box2d1', 'bbox2d1', 'bbox1'],
  'box.ltrb.2': ['xmax', 'x2', 'bboxright', 'right', 'box2d2', 'bbox2d2', 'bbox2'],
  'box.ltrb.3': ['ymax', 'y2', 'bboxbottom', 'bottom', 'box2d3', 'bbox2d3', 'bbox3'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Meaning = keyof typeof knownNames;

/** Names of one or two letters and plain words must be the whole of a field's last part. */
const SHORT = 3;

/** How surely a field means it: 0 = not at all, larger for names that come first and fields that stand nearer. */
function sureness(field: string, meaning: Meaning): number {
  const names: readonly string[] = knownNames[meaning];
  const whole = plainName(field);
  const last = plainName(field.split('.').at(-1) ?? '');
  const away = field.split('.').filter((step) => step === '^').length;
  for (const [rank, name] of names.entries()) {
    const isName = name.length < SHORT ? last === name : whole.endsWith(name);
    if (isName)
      return names.length - rank + (last === name ? 0.5 : 0) - (whole.length - name.length) / 100 - away / 10;
  }
  return 0;
}

/** The field that most surely means it, or null. `taken`: fields that mean something else already. */
export function fieldMeaning(
  fields: Iterable<string>,
  meaning: Meaning,
  taken: ReadonlySet<string> = new Set(),
): string | null {
  let best: string | null = null;
  let most = 0;
  for (const field of fields) {
    const found = taken.has(field) ? 0 : sureness(field, meaning);
    if (found > most) [best, most] = [field, found];
  }
  return best;
}

/** Is it the underside that this field speaks of? */
export function isUnderside(field: string): boolean {
  return /bottom|底/i.test(field);
}

/** The unit that a field's own name states: `length_cm`, `航向角(度)`. */
export function statedUnit(field: string): 'm' | 'cm' | 'mm' | 'degrees' | 'radians' | null {
  const name = field.toLowerCase();
  const end = (...units: readonly string[]) =>
    units.some((unit) => new RegExp(`[^a-z]${unit}[)\\]）】]?$`).test(name));
  if (end('cm', '厘米')) return 'cm';
  if (end('mm', '毫米')) return 'mm';
  if (end('deg', 'degree', 'degrees', '°', '度', '角度')) return 'degrees';
  if (end('rad', 'radian', 'radians', '弧度')) return 'radians';
  return end('m', 'meter', 'metre', '米') ? 'm' : null;
}
