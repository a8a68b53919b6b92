export type {
  Dependency,
  DependencySource,
  Ecosystem,
  FloatingRequirement,
  LockedDigest,
  LockedDigestAlgorithm,
  Lockfile,
  LockfileInput,
  LockfileParser,
} from './dependency.ts'
export type { SnapshotProblem } from './problem.ts'
export { buildPurl, type Purl, parsePurl } from './purl.ts'
