/** The tour for a newcomer. */
export default {
  commands: { take: 'Take the tour' },
  title: 'Tour',
  offer: {
    title: 'New here? Judge three labels of the sample delivery.',
    text: 'The tour takes about five minutes, in the real screens and with the real keys. It makes an audit of the sample on this machine, named as a tour; nothing else is touched.',
    take: 'Take the tour',
    decline: 'Not now',
  },
  step: 'Step {{at}} of {{count}}',
  leave: 'Leave the tour',
  skip: 'Go on without it',
  goThere: 'Go there',
  finish: 'End the tour',
  left: 'The tour is left. “Take the tour” in the list of actions (Ctrl+K) goes on with it at any time.',
  vendor: 'Assay sample',
  batch: 'Tour',
  steps: {
    open: {
      title: 'Open the sample delivery',
      text: 'A delivery is a folder from a vendor. The sample comes with the program and has some faults in it.',
    },
    name: {
      title: 'Say who judges',
      text: 'Write your name and add the profile. Every verdict carries it; it is a name, not a login.',
    },
    start: {
      title: 'Start the audit',
      text: 'Vendor and batch are filled in and say that this is the tour. On the right stands what arrived. Start the audit.',
    },
    freeze: {
      title: 'Freeze the plan',
      text: 'The plan says how many labels are drawn and how many faults are still accepted. It is frozen before anyone sees a label, so that nobody can bend it afterwards.',
    },
    look: {
      title: 'Look at the label',
      text: 'Each label stands in every view at once. Zoom to a face: box, points and the tolerance around the box are seen from near. The arrows left and right go through its track.',
    },
    accept: {
      title: 'Accept a label',
      text: 'Where the box holds its object within the tolerance, accept. The next label comes by itself and all is saved.',
    },
    reject: {
      title: 'Reject one with a code',
      text: 'Now say what is wrong: the digits on the right are the codes. Take 4, position, even where nothing is wrong; the next step takes it back.',
    },
    undo: {
      title: 'Take it back',
      text: 'Nothing is ever lost or final before the signature. Take the last verdict back; the record keeps both.',
    },
    judge: {
      title: 'Judge three',
      text: 'Now in earnest: judge until three labels have a verdict. What you cannot tell is “unsure”, which is an answer, too.',
    },
    done: {
      title: 'That is judging',
      text: 'The rest of an audit is more of this, then searching for what nobody labelled, and the decision. The question mark shows the keys of where you are; the list of actions finds everything. The tour’s audit stays among the deliveries.',
    },
  },
} as const;
