/** The checks of cameras, times, poses and calibration: what each is called, what it means, and what its findings say. */
export default {
  PROJ: {
    title: '2D against 3D',
    means:
      'The outline of a cuboid in a picture, through the camera’s real lens, should fit the 2D box of the same object. Hidden, cut and small objects are left out; how tightly this delivery draws its boxes is learned first.',
    limitKeys: {
      all: 'Overlap of outline and box',
      steady: 'Overlap against the object’s own frames around',
      within: 'Share of the box within the outline, of hidden or cut objects',
      absent: 'Has its partner (1) or not (0)',
    },
    says: {
      apart: 'Cuboid and 2D box overlap by only {{overlap}} %.',
      box: 'The 2D box leaves its course: it overlaps the cuboid by only {{overlap}} %.',
      cuboid: 'The cuboid leaves its course: it overlaps the 2D box by only {{overlap}} %.',
      outside: 'Only {{overlap}} % of the 2D box lie within the outline of its cuboid.',
      link: 'The 2D box fits another cuboid: {{other}} % overlap there, {{overlap}} % with the one it is linked to.',
      elsewhere: 'The 2D box is linked to a cuboid that stands elsewhere.',
      unlinked: 'The 2D box fits a cuboid but is linked to none.',
      noCuboid: 'The 2D box has no cuboid, though nearly all others of this camera have one.',
      noBox:
        'The cuboid is in full view of this camera but has no 2D box, though nearly all others of its class have one.',
    },
  },
  TIME: {
    title: 'Times of sensors',
    means:
      'Pictures should keep the offset from the sweep that is usual for their camera, frames their period and their order, and cuboids and 2D boxes should belong to one instant.',
    limitKeys: {
      camera: 'Deviation from the camera’s own usual offset',
      period: 'Deviation from the usual frame period',
      order: 'Time going back between frames',
      clock: 'Clock error that the labels of a camera ask for',
    },
    says: {
      camera: 'This picture is {{ms}} ms from its sweep; usual for this camera are {{usual}} ms.',
      period: '{{ms}} ms since the frame before; usual are {{usual}} ms.',
      order: 'Time does not go forward: {{ms}} ms since the frame before.',
      clock: 'The {{objects}} objects of this camera fit if its pictures are taken to be {{ms}} ms later.',
      allClocks:
        'All cameras fit if their pictures are taken to be {{ms}} ms later: the sweep’s clock or the poses are off.',
    },
  },
  POSE: {
    title: 'Vehicle pose',
    means:
      'The vehicle’s pose should be a rigid motion and change as a vehicle moves. Where the labels of a frame all jump alike in the world, it is the pose that jumped and not the labels.',
    limitKeys: {
      jump: 'Jump of the vehicle beyond its own driving',
      labels: 'Jump that all labels share',
      rigid: 'Distortion of the pose, 20 m away',
    },
    says: {
      jump: 'The vehicle jumps by {{meters}} m beyond what its motion before and after allows.',
      turn: 'The vehicle’s heading jumps by {{degrees}}° beyond what its motion before and after allows.',
      labels:
        '{{objects}} objects jump alike by {{meters}} m in the world: the pose is off here, not their labels.',
      stray:
        '{{objects}} objects jump alike by {{meters}} m in the world while the vehicle’s path is smooth: sweep and pose are of different times.',
      rigid: 'The pose is no rigid motion: it distorts a point {{lever}} m away by {{meters}} m.',
    },
  },
  CALIB: {
    title: 'Calibration',
    means:
      'A camera’s extrinsic must be a rigid motion and its lens possible, and what the cuboids show of its direction must agree with its 2D boxes as a whole. A turned camera is told once, not as an error of each label.',
    limitKeys: {
      rigid: 'Distortion of the extrinsic’s axes',
      lens: 'Optical axis from the middle of the picture',
      aim: 'Usual angle between 2D box and cuboid',
      turn: 'Turn of the camera that its objects ask for',
    },
    says: {
      rigid: 'The extrinsic is no rigid motion: its axes are off by {{deviation}}.',
      lens: 'The optical axis lies {{degrees}}° from the middle of the picture.',
      noLens: 'The intrinsics are not those of a lens: not finite, or no focal length.',
      aim: 'Half of the {{objects}} objects with a linked 2D box stand {{degrees}}° or more beside it.',
      inverted: 'The extrinsic fits the other way round: it was written from camera to lidar.',
      turned:
        '{{objects}} objects fit if the camera is turned by {{degrees}}° (x {{x}}°, y {{y}}°, z {{z}}°).',
      shifted:
        '{{objects}} objects fit if the camera is turned by {{degrees}}° and shifted by {{centimeters}} cm.',
    },
  },
} as const;
