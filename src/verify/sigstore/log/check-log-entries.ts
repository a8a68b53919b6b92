// The log entries of one bundle: which of them a trusted log vouches for, and when the log says it took them in.

import type { BundleVersion, LogEntry } from '../../../bundle/index.ts'
import { type Check, encodeHex, encodeTimestamp, type Instant, quote } from '../../../core/index.ts'
import { hashLeaf } from '../../../digest/index.ts'
import type { NamedRoot, TransparencyLog } from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import { checkBody, type LoggedQuestion } from './entry-match.ts'
import { isPromised } from './promise.ts'
import { checkProof } from './proof-check.ts'
import { checkLogTime, findLogs, type TrustedLog, type TrustedLogs } from './trusted-log.ts'

/** What the entries are held against. */
export interface LogQuestion extends LoggedQuestion {
  readonly bundleVersion: BundleVersion
  readonly roots: readonly NamedRoot[]
}

/** An entry that counts, but for the time of one that has none: {@link checkLogTime} with the times of others. */
export interface VerifiedLogEntry {
  readonly log: TransparencyLog
  readonly root: NamedRoot
  /** Where a promise binds it, the index that the log gives out; else the place in the tree. */
  readonly logIndex: bigint
  /** Only where a verified promise binds it (RK-2). */
  readonly integratedTime?: Instant
  /** Every trusted log that vouches for the entry, {@link log} first: they differ in their roots and windows. */
  readonly logs: TrustedLogs
}

/** Every check, and the entries of which none failed. */
export interface LogFinding {
  readonly checks: readonly Check[]
  readonly entries: readonly VerifiedLogEntry[]
}

/**
 * Judges every entry. Whoever asks decides how many must count, and counts the logs of one operator once (TR-4, CS-9, A-09).
 *
 * SB-6: a bundle of version 0.1 must have the promise, later ones the proof; whatever else is there must hold as well.
 */
export function checkLogEntries(entries: readonly LogEntry[], question: LogQuestion): LogFinding {
  const seen = new Set<string>()
  const judged = entries.map((entry) => {
    const isRepeated = namesOf(entry).some((name) => seen.has(name))
    namesOf(entry).forEach((name) => seen.add(name))
    return isRepeated ? { checks: [duplicate(entry)] } : judgeEntry(entry, question)
  })
  return {
    checks: judged.flatMap(({ checks }) => checks),
    entries: judged.flatMap((finding) => ('entry' in finding ? finding.entry : [])),
  }
}

/** What may be there once: a place in a log, and a body in a log, for an unsigned index is easily changed. */
function namesOf({ logId, logIndex, canonicalizedBody }: LogEntry): readonly string[] {
  const log = encodeHex(logId)
  return [`${log} at ${logIndex}`, `${log} of ${encodeHex(hashLeaf(canonicalizedBody))}`]
}

function duplicate({ logIndex }: LogEntry): Check {
  const message = 'The bundle has the same log entry twice'
  const found = `the entry ${logIndex} again`
  return failed('log-entry', 'rejected', 'verify/log-entry-duplicate', message, { found })
}

interface EntryFinding {
  readonly checks: readonly Check[]
  readonly entry?: VerifiedLogEntry
}

/** What a promise or a proof shows, and the logs that it shows it for. */
interface Vouching {
  readonly checks: readonly Check[]
  readonly logs: TrustedLogs
}

function judgeEntry(entry: LogEntry, question: LogQuestion): EntryFinding {
  const matches = checkBody(entry, question)
  const known = findLogs(entry.logId, question.roots)
  if (!isSome(known)) return { checks: [logUnknown(entry), ...matches] }
  const promise = judgePromise(entry, question, known)
  const proof = judgeProof(entry, question, promise.logs)
  const checks = [...promise.checks, ...proof.checks, ...matches]
  const { integratedTime } = promise
  const { logIndex } = integratedTime === undefined ? (entry.inclusionProof ?? entry) : entry
  if (checks.some(({ outcome }) => outcome !== 'accepted')) return { checks }
  const [first] = proof.logs
  const time = integratedTime === undefined ? {} : { integratedTime }
  return { checks, entry: { ...first, logIndex, ...time, logs: proof.logs } }
}

function judgePromise(
  entry: LogEntry,
  { bundleVersion }: LogQuestion,
  logs: TrustedLogs,
): Vouching & { readonly integratedTime?: Instant } {
  const { inclusionPromise, integratedTime } = entry
  const name = quote(logs[0].log.origin)
  if (inclusionPromise === undefined) {
    if (bundleVersion !== '0.1') return { checks: [], logs }
    const message = `A bundle of version 0.1 needs the promise of the log ${name}, and there is none`
    return {
      checks: [failed('log-promise', 'missing', 'verify/log-promise-missing', message)],
      logs,
    }
  }
  const promising = logs.filter(({ log }) => isPromised(entry, inclusionPromise, log.publicKey))
  if (!isSome(promising) || integratedTime === undefined) {
    const message = `The promise is not the word of the log ${name} about this entry and its time`
    return {
      checks: [failed('log-promise', 'rejected', 'verify/log-promise-invalid', message)],
      logs,
    }
  }
  const found = `the entry ${entry.logIndex} at ${encodeTimestamp(integratedTime)}`
  const promised = passed('log-promise', `The log ${name} promised the entry`, { found })
  // a log that promised is judged by its own time.
  const timely = checkLogTime(promising, [
    { at: integratedTime, by: 'log', name: logs[0].log.origin },
  ])
  const checks = [promised, timely.check]
  return { checks, logs: isSome(timely.logs) ? timely.logs : promising, integratedTime }
}

function judgeProof(entry: LogEntry, { bundleVersion }: LogQuestion, logs: TrustedLogs): Vouching {
  const { inclusionProof } = entry
  if (inclusionProof !== undefined) {
    const proof = checkProof(entry, inclusionProof, {
      logs,
      needsCheckpoint: bundleVersion !== '0.1',
    })
    return { checks: [proof.check], logs: isSome(proof.logs) ? proof.logs : logs }
  }
  if (bundleVersion === '0.1') return { checks: [], logs }
  const message = `A bundle of version ${bundleVersion} needs the proof that the log holds the entry, and there is none`
  return { checks: [failed('log-proof', 'missing', 'verify/log-proof-missing', message)], logs }
}

function logUnknown({ logId }: LogEntry): Check {
  const message = 'No trusted root knows the log of the entry'
  return failed('log', 'rejected', 'verify/log-unknown', message, {
    expected: 'a log of a trusted root',
    found: `a log with the id ${encodeHex(logId)}`,
    hint: 'The bundle may be of another Sigstore instance: assay trust show --trust FILE lists the roots',
  })
}

function isSome(logs: readonly TrustedLog[]): logs is TrustedLogs {
  return logs.length > 0
}
