/** A rigid or affine 4x4 transform: 16 numbers, row-major, X_parent = M * X_child. */
export type Mat4 = readonly number[];

export type Vec3 = readonly [x: number, y: number, z: number];

/** Unit quaternion, scalar last. */
export type Quaternion = readonly [x: number, y: number, z: number, w: number];
