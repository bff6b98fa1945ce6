/**
 * The priors that hold until a vendor's own lots have taught better: `assets/priors.default.json`.
 *
 * Medians are the mean sizes of ten classes over the nuScenes training labels, and for van, tram and cyclist those of
 * the default QA spec. The spreads are set by hand, wide enough for how differently right labels of public sets come
 * out: KITTI draws cars 1.58 m wide where nuScenes draws 1.95, Argoverse 2 cones are 0.6 m tall and PandaSet's 0.8,
 * a truck is anything from a pickup to 20 m, a trailer anything behind a hitch. They are medians of absolute
 * deviations, so a right label may well stand at three of them.
 */
import shipped from '../../assets/priors.default.json';
import { type PriorsDocument, priorsSchema } from './priors.ts';

export const shippedPriors: PriorsDocument = priorsSchema.parse(shipped);
