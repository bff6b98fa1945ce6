/** The checks of labels by themselves: size, doubles, overlap, range, schema, history, second sources: what each is called, what it means, and what its findings say. */
export default {
  SIZE: {
    title: 'Size',
    means:
      'Length, width and height are held against what is usual for the class, once for each object. A box far off is badly fitted, or of another class.',
    limitKeys: {
      all: 'Robust deviations from the usual size',
      large: 'Times the usual size',
      small: 'Times smaller than usual',
      otherClass: 'How much likelier another class is (logarithm)',
    },
    says: {
      length: '{{extent}} m long; {{usual}} m is usual for the class ({{times}} times).',
      width: '{{extent}} m wide; {{usual}} m is usual for the class ({{times}} times).',
      height: '{{extent}} m high; {{usual}} m is usual for the class ({{times}} times).',
      otherClass: 'The size is that of a {{otherClass}} rather than of the class given.',
    },
  },
  DUP: {
    title: 'Labelled twice',
    means:
      'Two labels of one frame that share most of their ground are one object labelled twice. One above the other, or a rider on a cycle, are not meant.',
    limitKeys: {
      all: 'Shared ground, same class',
      sameCenter: 'Shared ground, same class, centres less than 0.3 m apart',
      otherClass: 'Shared ground, different classes',
      parked: 'Share of a standing thing’s labels with another class',
    },
    says: {
      is: 'Shares {{percent}} % of its ground with {{other}}; their centres are {{meters}} m apart.',
      otherClass: 'Stands where {{other}} ({{otherClass}}) stands: they share {{percent}} % of their ground.',
      parked: 'In {{frames}} other frames the same standing thing is labelled {{otherClass}}.',
    },
  },
  OVERLAP: {
    title: 'Overlap of solid things',
    means:
      'Two solid things cannot be in one place. Trailers, riders, people in vehicles and cycles on racks may; labels that only touch are not told.',
    limitKeys: {
      all: 'Share of the smaller one, vehicles',
      crowd: 'Share of the smaller one, people and machines with arms',
    },
    says: { is: '{{percent}} % of the smaller of the two lies in the other: {{other}} ({{otherClass}}).' },
  },
  RANGE: {
    title: 'Out of range',
    means:
      'The spec says how far out is labelled. Labels beyond it are work that nobody ordered, or misplaced.',
    says: {
      is: '{{range}} m away; the spec ends at {{most}} m.',
      implausible: '{{range}} m away: further than any lidar on a vehicle reaches.',
    },
  },
  EGO: {
    title: 'In the vehicle itself',
    means:
      'A label that reaches into the recording vehicle cannot be right, unless it is the vehicle itself.',
    says: {
      is: 'Covers {{percent}} % of the middle of the recording vehicle; its centre is {{meters}} m away.',
    },
  },
  SCHEMA: {
    title: 'Form of the labels',
    means:
      'Numbers that cannot be used, classes and attributes outside the spec, one id for two labels, boxes outside their picture, missing files and frames.',
    limitKeys: {
      all: 'Breaches of the form',
      rare: 'Classes that one object alone has',
      empty: 'Objects that go on over frames without labels',
      sweeps: 'Labelled frames without a sweep',
      outside: 'Percent of a box outside its picture',
    },
    says: {
      numbers: 'Its place, size ({{size}}) or rotation are no usable numbers.',
      taxonomy: 'The class “{{given}}” is not in the spec; {{objects}} objects of this scene have it.',
      class: 'The class “{{given}}” is not in the spec.',
      rareClass: 'Only this object of the scene has the class “{{given}}”, and the spec does not list it.',
      attribute: 'The attribute “{{attribute}}”, which the spec requires, is missing.',
      value: 'The attribute “{{attribute}}” is {{given}}, which the spec does not allow.',
      id: 'The id “{{id}}” is given to two labels of this frame.',
      corners: 'The box ({{box}}) has no area: its corners are the wrong way round, or no numbers.',
      outside:
        '{{percent}} % of the box ({{box}}) lies outside the picture of {{width}} × {{height}} pixels.',
      empty: 'No labels in {{frames}} frames, though {{labels}} objects are labelled before and after.',
      sweeps: '{{frames}} of {{all}} frames have labels but no sweep.',
      file: 'The file {{file}} is missing or cannot be read whole.',
      files: '{{files}} label files are missing or cannot be read whole.',
    },
  },
  DRIFT: {
    title: 'Drift',
    means:
      'The mix of classes, the boxes a frame and the points a box of this delivery, against those of the accepted lots before it. What moves so far is worth asking about before a sample is drawn.',
    says: {
      classes:
        'The mix of classes has moved by {{index}} (chance alone: {{chance}}), most of all {{bin}}: {{before}} % before, {{after}} % now.',
      boxesPerFrame:
        'The number of boxes a frame has moved by {{index}} (chance alone: {{chance}}), most of all from {{bin}} on: {{before}} % of scenes before, {{after}} % now.',
      pointsPerBox:
        'The number of points a box has moved by {{index}} (chance alone: {{chance}}), most of all from {{bin}} on: {{before}} % of objects before, {{after}} % now.',
    },
  },
  MODEL: {
    title: 'Second source',
    means:
      'A program’s labels, or another vendor’s, beside the judged ones. Where they disagree one of the two is wrong; what the source can be believed in, what is near and who is vulnerable comes first.',
    limitKeys: {
      missing: 'Belief in an object that only the source has',
      ghost: 'Share of such labels that the source finds',
      otherClass: 'Belief in the other class',
      place: 'Place: times what is tolerated and usual',
      size: 'Size: times what is tolerated and usual',
      heading: 'Heading: times what is tolerated and usual',
      box: 'Share of the two boxes that is not common',
    },
    says: {
      missing:
        '{{source}} has a {{otherClass}} here, {{meters}} m away, and no label stands for it (belief {{percent}} %).',
      missingBox:
        '{{source}} has a {{otherClass}} here in {{frames}} frames, and no box stands for it (belief {{percent}} %).',
      ghost: '{{source}} sees nothing here in {{frames}} frames; it finds {{percent}} % of such labels.',
      otherClass: '{{source}} calls it {{otherClass}} in {{frames}} frames (belief {{percent}} %).',
      place: '{{source}} places it {{amount}} m away from the label.',
      size: '{{source}} makes it {{amount}} m larger or smaller.',
      heading: '{{source}} turns it by {{amount}}°.',
      box: 'The box shares {{percent}} % with that of {{source}}.',
    },
  },
} as const;
