/**
 * `tracklet_labels.xml`: objects of a drive with a pose for every frame they are seen in, as boost writes it. Tags that
 * the format does not name are kept as attributes.
 */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import type { XmlElement } from './xmlTree.ts';
import { parseXml } from './xmlTree.ts';

export interface TrackletPose {
  readonly frame: number;
  /** Middle of the cuboid in the Velodyne's space. */
  readonly center: Vec3;
  readonly rotation: Quaternion;
  /** The file's `state` says that the pose lies between two that a person drew. */
  readonly isInterpolated: boolean;
  readonly attributes: AttributeSet;
}

export interface Tracklet {
  /** Position in the file, from 0. */
  readonly index: number;
  readonly type: string;
  /** Length, width, height. */
  readonly size: Vec3;
  readonly attributes: AttributeSet;
  readonly poses: readonly TrackletPose[];
}

/** Beyond any drive's: the longest recorded one has 5,177 frames and under a thousand objects. */
const LARGEST_XML = 64 * 1024 * 1024;
/** Poses and objects together: empty tags would otherwise make millions of frames out of one file. */
const MOST_ITEMS = 500_000;
const LAST_FRAME = 10_000_000;
/** Values of `state`. */
const INTERPOLATED = 1;

const POSE_TAGS: ReadonlySet<string> = new Set(['tx', 'ty', 'tz', 'rz']);
const OBJECT_TAGS: ReadonlySet<string> = new Set([
  'objectType',
  'h',
  'w',
  'l',
  'first_frame',
  'poses',
  'finished',
]);

/** The text of a child; of several the first. */
function textOf(element: XmlElement, tag: string): string {
  return element.children.find(({ name }) => name === tag)?.text ?? '';
}

/** NaN where the tag is missing or holds no number. */
function number(element: XmlElement, tag: string): number {
  const text = textOf(element, tag);
  return text === '' ? Number.NaN : Number(text);
}

function itemsOf(element: XmlElement | undefined): readonly XmlElement[] {
  return element?.children.filter(({ name }) => name === 'item') ?? [];
}

/** What is left of an element when the tags that become something else are taken out. */
function attributesOf({ children }: XmlElement, known: ReadonlySet<string>): AttributeSet {
  const attributes: [string, string | number][] = [];
  for (const { name, text, children: below } of children) {
    if (known.has(name) || below.length > 0) continue;
    const asNumber = Number(text);
    attributes.push([name, text !== '' && Number.isFinite(asNumber) ? asNumber : text]);
  }
  return Object.fromEntries(attributes);
}

/** Pose `k` of an object belongs to frame `first_frame + k`; its place is the middle of the bottom face. */
function poseOf(node: XmlElement, frame: number, height: number): TrackletPose {
  return {
    frame,
    center: [number(node, 'tx'), number(node, 'ty'), number(node, 'tz') + height / 2],
    rotation: quaternionFromYaw(number(node, 'rz')),
    isInterpolated: number(node, 'state') === INTERPOLATED,
    attributes: attributesOf(node, POSE_TAGS),
  };
}

function trackletOf(node: XmlElement, index: number): Tracklet | null {
  const first = number(node, 'first_frame');
  const poses = itemsOf(node.children.find(({ name }) => name === 'poses'));
  if (!Number.isInteger(first) || first < 0 || first + poses.length > LAST_FRAME) return null;
  const [h, w, l] = ['h', 'w', 'l'].map((tag) => number(node, tag)) as [number, number, number];
  return {
    index,
    type: textOf(node, 'objectType'),
    size: [l, w, h],
    attributes: attributesOf(node, OBJECT_TAGS),
    poses: poses.map((pose, k) => poseOf(pose, first + k, h)),
  };
}

export interface TrackletFile {
  readonly tracklets: readonly Tracklet[];
  readonly problems: readonly Problem[];
}

function hasMoreThan(text: string, word: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (++count > most) return true;
  }
  return false;
}

/** Objects without a first frame are left out and told. Fails with `kitti-tracklets-bad` where there is no list of them. */
export function parseTracklets(text: string, path: string): Result<TrackletFile> {
  const bad = (reason: string) =>
    failed<TrackletFile>({ code: 'kitti-tracklets-bad', severity: 'error', path, params: { reason } });
  if (text.length > LARGEST_XML || hasMoreThan(text, '<item', MOST_ITEMS)) return bad('size');
  const root = parseXml(text);
  if (!root) return bad('XML');
  const list = root.children.find(({ name }) => name === 'tracklets');
  if (root.name !== 'boost_serialization' || !list) return bad('boost_serialization/tracklets');
  const items = itemsOf(list);
  const problems: Problem[] = [];
  const tracklets = items.flatMap((node, i) => {
    const tracklet = trackletOf(node, i);
    if (tracklet) return [tracklet];
    const place = `tracklets/item ${i}`;
    problems.push({ code: 'kitti-tracklet-bad', severity: 'error', path, place });
    return [];
  });
  const stated = number(list, 'count');
  if (Number.isInteger(stated) && stated !== items.length) {
    const params = { stated, found: items.length };
    problems.push({ code: 'kitti-tracklets-count', severity: 'warning', path, params });
  }
  return done({ tracklets, problems });
}
