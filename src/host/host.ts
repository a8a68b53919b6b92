// Every effect that a command may have, as one interface: tests replace it to let the Nth call fail.

import type { Instant, Problem, Result } from '../core/index.ts'
import type { DigestProblem } from '../digest/index.ts'
import type { ExpressionAnswer, ExpressionQuestion, PolicyFile } from '../policy/index.ts'
import type { Signer } from '../sign/index.ts'
import type {
  CommandRun,
  CommandSequence,
  ObservationProblem,
  SmokeObservation,
} from '../record/observation/index.ts'
import type { Source } from '../snapshot/index.ts'
import type { BuildEnvironment } from '../statement/index.ts'
import type {
  ArchiveFile,
  ArchiveFileOptions,
  ArtifactSetOptions,
  ArtifactSetProblem,
  ArtifactSetReading,
} from './artifact-set/index.ts'
import type { ContentDigests } from './digest-file.ts'
import type { ReadOptions, WriteOptions } from './files.ts'
import type { TrackedFiles } from './git/tracked-files.ts'
import type { LedgerConflict, LedgerStore, StoreProblem } from './ledger/index.ts'
import type { HttpProbe, ProbeOutcome } from './network/http-probe.ts'
import type { HttpRequest, HttpResponse } from './network/http-request.ts'
import type { PackFiles, PackReading } from './pack/index.ts'
import type { PolicyPart } from './policies.ts'
import type { HostProblem } from './problem.ts'
import type { Progress } from './progress.ts'
import type { ProjectFiles } from './project-files.ts'
import type { RecordQuestion, RecordVerifier } from './record-threads/index.ts'
import type { FetchedRoot, RootQuestion } from './root-update/root-question.ts'
import type { SmokeQuestion } from './smoke/smoke-question.ts'

/** What words for a person may look like. */
export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'

/** The world as a command sees it. Relative paths count from {@link Host.workingFolder}. */
export interface Host {
  /** Absolute. */
  readonly workingFolder: string

  /** The clock of this machine. */
  now(): Instant

  /** One variable of the environment; there is no way to read them all. */
  readEnvironment(name: string): string | undefined

  /** Where this process runs; of the environment, only the names of an allow-list are read. */
  readBuildEnvironment(kind: BuildEnvironment['kind'] | 'auto'): Promise<BuildEnvironment>

  /** A regular file, whole. */
  readBytes(path: string, options: ReadOptions): Promise<Result<Uint8Array, HostProblem>>

  /** Files and folders, an archive's contents, or what a manifest lists, as one artifact set. */
  readArtifactSet(
    paths: readonly string[],
    options?: ArtifactSetOptions,
  ): Promise<Result<ArtifactSetReading, ArtifactSetProblem>>

  /** One file of a tar archive, whole, and the digests of the archive that it was read from. */
  readArchiveFile(
    archive: string,
    options: ArchiveFileOptions,
  ): Promise<Result<ArchiveFile, DigestProblem>>

  /** Every policy in a folder and below it, or every file of cases beside them, by its path from there. */
  readPolicies(
    folder: string,
    part?: PolicyPart,
  ): Promise<Result<readonly PolicyFile[], HostProblem>>

  /** What CEL expressions come to, each within limits of time and memory; one answer for each question. */
  evaluateExpressions(
    questions: readonly ExpressionQuestion[],
  ): Promise<readonly ExpressionAnswer[]>

  /** Digests of a regular file of any size, by every algorithm that a statement may name. */
  digestFile(path: string): Promise<Result<ContentDigests, HostProblem>>

  /** Standard input, until it ends. */
  readStandardInput(options: ReadOptions): Promise<Result<Uint8Array, HostProblem>>

  /** Where a file is written, absolute, with the links above it resolved: two names of one file have the same. */
  placeOf(path: string): string

  /**
   * Whether {@link Host.writeBytes} could write there now; before what can not be undone. What was read is never replaced, and nothing is
   * written into a ledger that was opened, or among policies that were read.
   */
  judgeOutput(path: string): Promise<Result<void, HostProblem>>

  /** The whole file or none of it: written beside its place, flushed, then renamed. */
  writeBytes(
    path: string,
    bytes: Uint8Array,
    options?: WriteOptions,
  ): Promise<Result<void, HostProblem>>

  /** A private key or a passphrase: refused where others than its owner can read it. */
  readKeyFile(path: string, options: ReadOptions): Promise<Result<Uint8Array, HostProblem>>

  /** Replaces a file by what `edit` makes of it, one edit at a time. */
  editBytes<P extends Problem>(
    path: string,
    edit: (bytes: Uint8Array) => Result<Uint8Array, P>,
    options: ReadOptions,
  ): Promise<Result<Uint8Array, P | HostProblem>>

  /** The ledger in a folder; nothing is read before a method of it is called. */
  openLedger(folder: string): Promise<LedgerStore>

  /** Both sides of a ledger that git could not merge. */
  readLedgerConflict(folder: string): Promise<Result<LedgerConflict, StoreProblem>>

  /** The files of a pack, in memory. */
  readPack(path: string): Promise<Result<PackReading, DigestProblem | HostProblem>>

  /** Writes a pack as a folder and as `<folder>.tar`: both or neither. Gives the bytes of the archive. */
  writePack(folder: string, files: PackFiles): Promise<Result<Uint8Array, HostProblem>>

  /** What verifies `count` records, about: many on all processors. Whoever opens it closes it. */
  openRecordVerifier(question: RecordQuestion, count: number): Promise<RecordVerifier>

  /** Asks on the terminal, without showing what is typed; `undefined` where there is no terminal. */
  askPassphrase(prompt: string): Promise<Uint8Array | undefined>

  /** A signer that is a program: it holds the key, or reaches the KMS or HSM that does. */
  openSignerCommand(program: string): Promise<Result<Signer, HostProblem>>

  /** Asks the engine to spend time rather than memory, for work that makes many short-lived values. */
  keepHeapSmall(): void

  /** Before a large ledger is read: memory stays near what is kept of it. */
  keepHeapFlat(): void

  /** Every file of a folder that may count for a snapshot, and the links, which are never followed. */
  listProjectFiles(folder: string): Promise<Result<ProjectFiles, HostProblem>>

  /** The commit that a folder's files are of, and every way in which they are not. */
  readSource(folder: string): Promise<Result<Source, HostProblem>>

  /** Every file that a commit of the checkout tracks, whatever its work tree holds. */
  readTrackedFiles(folder: string, commit: string): Promise<Result<TrackedFiles, HostProblem>>

  /** Asks a service for what is needed of it. Nothing reaches the network but through this method and the next. */
  request(request: HttpRequest): Promise<Result<HttpResponse, HostProblem>>

  /** Asks a server that is observed, once: whatever it answers is an answer, and that it does not. */
  probe(probe: HttpProbe): Promise<Result<ProbeOutcome, HostProblem>>

  /** Runs the checks of a plan against a server. */
  runSmoke(question: SmokeQuestion): Promise<Result<SmokeObservation, HostProblem>>

  /** Runs commands, one after the other: no shell, their output on standard error, and our signals passed on to them. */
  runCommands(
    sequence: CommandSequence,
  ): Promise<Result<CommandRun, HostProblem | ObservationProblem>>

  /** The trusted root that a TUF repository signs now; what was seen of it stays in a cache folder of this user. */
  fetchTrustedRoot(question: RootQuestion): Promise<Result<FetchedRoot, HostProblem>>

  /** Result of the command, to standard output. */
  print(result: string | Uint8Array): Promise<void>

  /** Words for a person, to standard error. */
  tell(words: string): Promise<void>

  /** Columns of the terminal that {@link Host.print} writes to; infinite where that is a file or a pipe, so that no line is broken. */
  readonly columns: number

  /** Styles text for standard error; the text itself where colours are not wanted. */
  readonly style: (format: Style, text: string) => string

  /** Shows that long work goes on; silent for the first second. */
  startProgress(label: string): Progress
}
