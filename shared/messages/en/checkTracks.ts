/** The checks of motion and identity: what each is called, what it means, and what its findings say. */
export default {
  SIZEVAR: {
    title: 'Size changes',
    means:
      'A rigid object has one size. Each label of its track is held against the size in the middle of all of them, extent by extent.',
    limitKeys: { all: 'Metres off the usual extent of the track' },
    says: {
      length: '{{size}} m long, {{off}} m off the {{usual}} m of its track.',
      width: '{{size}} m wide, {{off}} m off the {{usual}} m of its track.',
      height: '{{size}} m high, {{off}} m off the {{usual}} m of its track.',
    },
  },
  SPEED: {
    title: 'Too fast',
    means:
      'Speed over the ground from the places of the frame before and the frame after, with real times. What is faster than its kind can be is misplaced, or of another class.',
    limitKeys: {
      car: 'Cars and motorcycles',
      heavy: 'Trucks and buses',
      cycle: 'Cycles',
      pedestrian: 'Pedestrians',
      still: 'Things that stand where they were put',
    },
    says: { is: 'Moves at {{speed}} m/s; such an object is looked at from {{limit}} m/s on.' },
  },
  ACCEL: {
    title: 'Jerky way',
    means:
      'Acceleration over the ground, fitted over a second. What changes its motion faster than such an object can has jumped, not driven. The limit gives way to what right labels may scatter.',
    limitKeys: {
      car: 'Cars and motorcycles',
      heavy: 'Trucks and buses',
      cycle: 'Cycles',
      pedestrian: 'Pedestrians',
    },
    says: { is: 'Its places would need {{acceleration}} m/s²; {{limit}} m/s² is much for such an object.' },
  },
  YAWRATE: {
    title: 'Turns too fast',
    means:
      'Turning of a moving wheeled object, fitted over a second, held against what steering allows and what tyres hold at its speed.',
    limitKeys: { all: 'Turning of wheeled objects' },
    says: {
      is: 'Turns by {{rate}}°/s at {{speed}} m/s.',
      slips: 'Turns by {{rate}}°/s at {{speed}} m/s: more than tyres hold.',
    },
  },
  FLIP: {
    title: 'Heading turned round',
    means:
      'Headings that turn round from one frame to the next, or point against the direction of travel, have front and rear exchanged. Smaller slips show against the frames around. A label that leans where all others stand upright was tilted by mistake.',
    limitKeys: {
      all: 'Wheeled objects',
      pedestrian: 'Pedestrians',
      line: 'Off the heading of the frames around',
      lean: 'Leaning where others stand upright',
    },
    says: {
      is: 'The heading turns by {{step}}° from one frame to the next.',
      course: 'The heading is {{off}}° off the direction of travel.',
      lean: 'The label leans by {{off}}°; the others of the scene stand upright.',
      line: 'The heading is {{off}}° off that of the frames around.',
    },
  },
  CRAB: {
    title: 'Rolls sideways',
    means:
      'Wheels roll the way they point. A heading that is at an angle to the course of a moving vehicle is wrong, even if only by a little for a long time.',
    limitKeys: { all: 'A single frame', lasting: 'In the middle of a second' },
    says: {
      is: 'The heading is {{angle}}° off the course.',
      lasting: 'For a second the heading stays {{angle}}° to one side of the course.',
    },
  },
  STATIC: {
    title: 'Unsteady place',
    means:
      'What stands must not wander, and what moves must move smoothly. Standing objects are held against the other standing objects of the scene, so that drift of the pose is not taken for an error of the labels.',
    limitKeys: {
      all: 'Off its place, standing objects',
      line: 'Off the way of the frames around, moving objects',
      jitter: 'Scatter of the whole track about a smooth way',
      height: 'Off the height of most of the track',
    },
    says: {
      is: 'Stands {{meters}} m off its place in the other frames.',
      line: '{{meters}} m off the way that the frames around make.',
      step: 'Steps {{meters}} m off the way of the frames before.',
      higher: 'Stands {{meters}} m higher than most of its track.',
      lower: 'Stands {{meters}} m lower than most of its track.',
      jitter: 'The {{labels}} labels of the track scatter by {{meters}} m about a smooth way.',
    },
  },
  ATTRMOT: {
    title: 'Attribute against motion',
    means:
      'An attribute that says "moving" of what stands for a second, or "parked" or "stopped" of what moves.',
    limitKeys: {
      moving: 'Called moving, stands: seconds',
      still: 'Called parked or stopped, moves: seconds',
      fast: 'Called parked or stopped, moves faster than 3 m/s: seconds',
    },
    says: {
      moving: 'Called moving, but stands for {{seconds}} s ({{speed}} m/s).',
      still: 'Called parked or stopped, but moves at {{speed}} m/s for {{seconds}} s.',
    },
  },
  GAP: {
    title: 'Missing part of a track',
    means:
      'Between two labels of a track, before its first and after its last, the sweeps are searched at the place where the object ought to be. Where its points are in plain sight, the label is missing.',
    limitKeys: {
      all: 'Frames missing inside a track',
      ends: 'Frames missing before its start or after its end',
    },
    says: {
      is: 'No label although the object stands there. Frames: {{frames}}; points at the place: {{points}}.',
      late: 'The track starts late: the object stood there before. Frames: {{frames}}; points at the place: {{points}}.',
      early:
        'The track ends early: the object is still there. Frames: {{frames}}; points at the place: {{points}}.',
    },
  },
  IDJUMP: {
    title: 'Id jumps',
    means:
      'An id belongs to one object. One that leaps to where its object cannot have got, comes back elsewhere after a gap, or stands twice in a frame, was given to another one.',
    limitKeys: {
      all: 'Metres beyond the farthest it can get',
      leap: 'Metres off its way from one frame to the next',
      reuse: 'Metres off its way after a gap',
      double: 'Metres between two labels of one id in a frame',
    },
    says: {
      is: 'Moves {{moved}} m in {{seconds}} s; it cannot get farther than {{farthest}} m.',
      leap: 'Leaps {{off}} m off its way.',
      reuse: 'Comes back {{off}} m off its way. Frames without it: {{frames}}.',
      double: 'The same id twice in one frame, {{apart}} m apart.',
    },
  },
  IDSW: {
    title: 'Ids exchanged or broken',
    means:
      'Two tracks that would both go on more smoothly with each other’s id have exchanged them. A track that begins where and when another one of its kind ends is the same object under a new id.',
    limitKeys: { all: 'Metres from where the other track was going' },
    says: {
      exchange: 'Leaps {{off}} m off its way; with the id of {{other}} both are only {{swapped}} m off.',
      broken: 'Begins {{seconds}} s after {{other}} ends, {{off}} m from where that was going.',
    },
  },
  SHORT: {
    title: 'Very short track',
    means:
      'A track of a frame or two, near and in plain sight, in the middle of a scene. Objects do not come and go so fast: it is part of another track, or no object.',
    limitKeys: { all: 'Frames of the track' },
    says: { is: 'In plain sight, but the track is this short. Frames: {{frames}}.' },
  },
  FLICKER: {
    title: 'Class flickers',
    means: 'One object has one class. Labels of a track that differ in class from most of it are told.',
    limitKeys: { all: 'Classes of one track' },
    says: {
      is: 'Called {{here}}, though most of its track is called {{usual}}. Labels called so: {{frames}}.',
    },
  },
  COPY: {
    title: 'Copied pose',
    means:
      'Poses that repeat to the last digit while the object moves on were copied, not drawn. Long ways without any unevenness between two corners were drawn at their ends only.',
    limitKeys: { all: 'Copied frames', ruled: 'Frames on a ruled line' },
    says: {
      is: 'The pose of the frame before, although the object moves on. Copied frames: {{frames}}.',
      ruled: 'Moves along a ruled line at {{speed}} m/s between two corners. Frames: {{frames}}.',
    },
  },
} as const;
