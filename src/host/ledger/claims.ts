// Which artifact set each release version has, kept beside the ledger so that an append need not read all entries. It is computed from
// them, for one head in one folder; for any other it is computed anew, so that nobody brings it along with a repository. Whoever is
// refused by it is refused by the entries themselves.

import { accept, encodeUtf8, equalBytes, LIMITS, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import {
  claimRelease,
  findReleaseConflict,
  type LedgerEntry,
  type LedgerProblem,
  type LedgerTree,
  readEntries,
  type ReleaseSets,
  releaseVersionOf,
} from '../../ledger/index.ts'
import { type LedgerDisk, WORK_FOLDER } from './disk.ts'
import { headFile } from './layout.ts'
import type { LedgerState } from './state.ts'

const FOLDER = `${WORK_FOLDER}/claims`
const HEAD = `${FOLDER}/head`

/** Sets of versions, in files of a 256th of them each. */
function pathOf(version: string): string {
  return `${FOLDER}/${digestBytes('sha256', encodeUtf8(version)).slice(0, 2)}`
}

/** The sets that the versions of these entries have in the ledger. */
export async function readClaims(
  disk: LedgerDisk,
  state: LedgerState,
  entries: readonly LedgerEntry[],
): Promise<Result<ReleaseSets, LedgerProblem>> {
  if (!isOf(disk, state)) {
    const built = await buildClaims(disk, state)
    if (!built.ok) return built
  }
  const known = lookUp(disk, entries)
  const isConflict = entries.some((entry) => findReleaseConflict(known, entry) !== undefined)
  if (!isConflict) return accept(known)
  // Nobody is refused by a file that anybody may have put there.
  const built = await buildClaims(disk, state)
  return built.ok ? accept(lookUp(disk, entries)) : built
}

/** Notes the sets of new entries. The head is written last: without it, all is computed anew. */
export function addClaims(
  disk: LedgerDisk,
  entries: readonly LedgerEntry[],
  head: LedgerState['head'],
): void {
  const known = new Map(lookUp(disk, entries))
  const added = new Map<string, string[]>()
  for (const entry of entries) {
    const version = releaseVersionOf(entry)
    if (version === undefined || known.has(version)) continue
    known.set(version, entry.release)
    const path = pathOf(version)
    added.set(path, [...(added.get(path) ?? []), entry.release])
  }
  for (const [path, sets] of added) {
    const before = read(disk, path) ?? new Uint8Array(0)
    disk.write(path, Buffer.concat([before, encodeUtf8(sets.map(lineOf).join(''))]))
  }
  disk.write(HEAD, stampOf(disk, head))
}

function isOf(disk: LedgerDisk, { head }: LedgerState): boolean {
  const found = read(disk, HEAD)
  return found !== undefined && equalBytes(found, stampOf(disk, head))
}

function stampOf(disk: LedgerDisk, head: LedgerState['head']): Uint8Array {
  return Buffer.concat([headFile(head).bytes, encodeUtf8(lineOf(disk.identify()))])
}

async function buildClaims(
  disk: LedgerDisk,
  { head, ...tree }: LedgerState,
): Promise<Result<undefined, LedgerProblem>> {
  const sets = await readReleaseSets(tree)
  if (!sets.ok) return sets
  disk.makeFolder(FOLDER)
  // While it is written, it is of no head.
  disk.remove(HEAD)
  for (const { name } of disk.list(FOLDER)) disk.remove(`${FOLDER}/${name}`)
  const files = new Map<string, string[]>()
  for (const [version, set] of sets.value) {
    const path = pathOf(version)
    const lines = files.get(path)
    if (lines === undefined) files.set(path, [lineOf(set)])
    else lines.push(lineOf(set))
  }
  for (const [path, lines] of files) disk.write(path, encodeUtf8(lines.join('')))
  disk.write(HEAD, stampOf(disk, head))
  return accept(undefined)
}

/** The set of every version, from the entries. Where one has two, the first counts, and an audit tells of the other. */
async function readReleaseSets(tree: LedgerTree): Promise<Result<ReleaseSets, LedgerProblem>> {
  const sets = new Map<string, string>()
  const read = await readEntries(tree, 0, (entry) => {
    claimRelease(sets, entry)
  })
  return read.ok ? accept(sets) : read
}

function lookUp(disk: LedgerDisk, entries: readonly LedgerEntry[]): ReleaseSets {
  const versions = new Set(entries.flatMap((entry) => releaseVersionOf(entry) ?? []))
  const sets = new Map<string, string>()
  for (const path of new Set([...versions].map(pathOf))) {
    const text = Buffer.from(read(disk, path) ?? []).toString()
    for (const release of text.split('\n')) {
      const version = releaseVersionOf({ release } as LedgerEntry)
      if (version !== undefined && versions.has(version)) sets.set(version, release)
    }
  }
  return sets
}

function read(disk: LedgerDisk, path: string): Uint8Array | undefined {
  return disk.read(path, LIMITS.ledgerWorkBytesMax)
}

function lineOf(set: string): string {
  return `${set}\n`
}
