export type {
  ArtifactSetOptions,
  ArtifactSetProblem,
  ArtifactSetReading,
  FileForm,
} from './artifact-set/index.ts'
export { createHost } from './create-host.ts'
export type { ContentDigests } from './digest-file.ts'
export type { ReadOptions, WriteOptions } from './files.ts'
export type { Host, Style } from './host.ts'
export type {
  Appended,
  ConflictSide,
  LedgerConflict,
  LedgerFiles,
  LedgerMerge,
  LedgerState,
  LedgerStore,
  NewRecord,
  RecordFiles,
  StoreProblem,
} from './ledger/index.ts'
export type { HttpRequest, HttpResponse } from './network/http-request.ts'
export type { PackFiles, PackReading } from './pack/index.ts'
export type { HostProblem } from './problem.ts'
export type { Progress } from './progress.ts'
export type { RecordFinding, RecordQuestion, RecordVerifier } from './record-threads/index.ts'
export type { FetchedRoot, RootQuestion } from './root-update/root-question.ts'
export { loadSigstoreServices, type SigstoreServices } from './sigstore/load.ts'
