export { DIGEST_HEX_LENGTH, type DigestAlgorithm, digestBytes } from './algorithm.ts'
export {
  type ArchiveListing,
  type ListingOptions,
  linkRefused,
  listArchive,
} from './archive/listing.ts'
export { type ArchiveEntry, scanTar } from './archive/tar.ts'
export {
  type Artifact,
  type ArtifactSet,
  compareArtifacts,
  findEmptyFolders,
  type LeftOut,
  type SymbolicLink,
} from './artifact.ts'
export { collisionKey, parseArtifactPath } from './artifact-path.ts'
export {
  type ChangedArtifact,
  checkSet,
  compareSets,
  type DigestedPath,
  isSameSet,
  type ListedArtifact,
  type RenamedArtifact,
  type SetDifference,
} from './difference.ts'
export {
  digestSet,
  encodeManifest,
  encodeManifestLines,
  type ManifestLine,
} from './manifest.ts'
export { parseManifest, parseManifestLines } from './manifest-lines.ts'
export { type Consistency, isConsistent } from './merkle/consistency.ts'
export { HASH_BYTES, hashEmptyTree, hashLeaf, hashNode } from './merkle/hash.ts'
export { type Inclusion, isIncluded } from './merkle/inclusion.ts'
export { findPathCollisions, findUnportablePaths, pathCollision } from './path-collision.ts'
export type { DigestProblem } from './problem.ts'
