/** The checks that hold labels against the points: what each is called, what it means, and what its findings say. */
export default {
  EMPTY: {
    title: 'Empty label',
    means:
      'A label in which nothing stands, though the lidar looked there and nothing was in the way. Labels hidden behind others are not meant.',
    limitKeys: {
      all: 'Points inside',
      near: 'Points inside that are not the ground’s, up to 40 m away',
      beside: 'Points inside, with something unlabelled right before the label',
    },
    says: {
      beside:
        'Nothing inside, but something without a label stands right before it: the label seems to be beside its object.',
      is: 'No lidar point inside, and {{percent}} % of the rays towards it were free.',
      onlyGround:
        'Only points of the ground inside, and {{percent}} % of the rays towards it were free: nothing stands here.',
    },
  },
  LOOSE: {
    title: 'Loose label',
    means:
      'A face stands off the points of its object although rays of the lidar went through the gap between them. The label is too large there, or stands in the wrong place.',
    limitKeys: {
      end: 'Gap behind front and rear, vehicles',
      side: 'Gap behind a side, vehicles',
      top: 'Gap below the top, vehicles',
      softEnd: 'Gap behind front and rear, others',
      softSide: 'Gap behind a side, others',
      softTop: 'Gap below the top, others',
      departure: 'Wider than usual in the track, vehicles',
      softDeparture: 'Wider than usual in the track, others',
      pooled: 'Gap over all frames of a track, vehicles',
    },
    says: {
      front: 'The front stands {{meters}} m off the nearest points.',
      rear: 'The rear stands {{meters}} m off the nearest points.',
      left: 'The left side stands {{meters}} m off the nearest points.',
      right: 'The right side stands {{meters}} m off the nearest points.',
      top: 'The top stands {{meters}} m above the highest points.',
      pooledFront:
        'Over the track, the front stands {{meters}} m off what was seen of the object in {{frames}} frames.',
      pooledRear:
        'Over the track, the rear stands {{meters}} m off what was seen of the object in {{frames}} frames.',
      pooledLeft:
        'Over the track, the left side stands {{meters}} m off what was seen of the object in {{frames}} frames.',
      pooledRight:
        'Over the track, the right side stands {{meters}} m off what was seen of the object in {{frames}} frames.',
      departure: 'A face stands {{meters}} m off the nearest points; in this track {{usual}} m is usual.',
    },
  },
  CUT: {
    title: 'Points cut off',
    means:
      'Points that hang together with those inside and belong to no other label lie outside of a face. The label is too small there, or stands or points the wrong way.',
    limitKeys: {
      all: 'Share of points just outside, vehicles',
      limbs: 'Share of points just outside, others',
      pooled: 'Share of points outside of a face over all frames of a track, vehicles',
    },
    says: {
      front: '{{percent}} % of the points lie outside, up to {{meters}} m before the front.',
      rear: '{{percent}} % of the points lie outside, up to {{meters}} m behind the rear.',
      left: '{{percent}} % of the points lie outside, up to {{meters}} m beyond the left side.',
      right: '{{percent}} % of the points lie outside, up to {{meters}} m beyond the right side.',
      top: '{{percent}} % of the points lie outside, up to {{meters}} m above the top.',
      pooledFront: 'Over the track, {{percent}} % of the points lie before the front, in {{frames}} frames.',
      pooledRear: 'Over the track, {{percent}} % of the points lie behind the rear, in {{frames}} frames.',
      pooledLeft:
        'Over the track, {{percent}} % of the points lie beyond the left side, in {{frames}} frames.',
      pooledRight:
        'Over the track, {{percent}} % of the points lie beyond the right side, in {{frames}} frames.',
      pooledTop: 'Over the track, {{percent}} % of the points lie above the top, in {{frames}} frames.',
    },
  },
  GROUND: {
    title: 'Off the ground',
    means:
      'Road users stand on the ground around them. A label whose bottom floats above it or lies below it has the wrong height or the wrong place; one that leans was tilted by mistake.',
    limitKeys: {
      all: 'Distance from the ground, one frame',
      steady: 'Distance from the ground, over the track',
      both: 'Distance from the ground where the top is off as well',
      tilt: 'How far one end leans off',
    },
    says: {
      floating: 'The bottom floats {{meters}} m above the ground.',
      sunk: 'The bottom lies {{meters}} m below the ground.',
      tilt: 'The label leans by {{degrees}}° against the ground: one end stands {{meters}} m off.',
    },
  },
  CLUSTER: {
    title: 'Unlabelled object',
    means:
      'Points that hang together, stand on the ground and have the size of a road user, in no label and near none. Buildings, plants and posts are left out as well as points alone allow.',
    limitKeys: { all: 'Points, as many as they would be 20 m away' },
    says: {
      is: '{{points}} points {{range}} m away have no label, in {{frames}} frames: {{length}} m long, {{width}} m wide, {{height}} m high.',
    },
  },
} as const;
