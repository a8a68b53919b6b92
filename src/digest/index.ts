export { DIGEST_HEX_LENGTH, type DigestAlgorithm, digestBytes } from './algorithm.ts'
export {
  type Artifact,
  type ArtifactSet,
  compareArtifacts,
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
  parseManifest,
  parseManifestLines,
} from './manifest.ts'
export type { DigestProblem } from './problem.ts'
