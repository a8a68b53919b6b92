// Worlds of releases that properties are tried on: really signed records, verified once, of which any may be left out, added or put elsewhere.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addCommits, candidateOf } from '../../src/cli/gate/gate-run.ts'
import { createEntryIndex } from '../../src/cli/judging/entry-index.ts'
import { refusedOf } from '../../src/cli/judging/release-items.ts'
import { passReleases } from '../../src/cli/judging/release-pass.ts'
import { entryOfRecord } from '../../src/cli/ledger/record-entry.ts'
import { accept, type JsonObject } from '../../src/core/index.ts'
import { collectProject, judgeProject, type ProjectFinding } from '../../src/gate/index.ts'
import { recordEvidence, releaseEvidenceOf } from '../../src/gate/release-evidence.ts'
import { createHost } from '../../src/host/index.ts'
import { loadRecordJudge } from '../../src/host/record-threads/record-question.ts'
import type { RecordFinding } from '../../src/host/index.ts'
import { type LedgerEntry, readEntries } from '../../src/ledger/index.ts'
import {
  type Evidence,
  parsePolicies,
  type RecordFamily,
  type Registry,
} from '../../src/policy/index.ts'
import {
  buildRecord,
  findFamily,
  type LedgerItem,
  type LedgerRecord,
  type RecordHeader,
  type ViewedRecord,
} from '../../src/record/index.ts'
import { parseTrust, principalsWith, type TrustDocument } from '../../src/trust/index.ts'
import { type FixtureName, folderOf, readExpectation } from './fixtures/fixture.ts'
import { type Party, signedBy } from './fixtures/parties.ts'
import type { ProjectContent } from './fixtures/scene.ts'
import { digestOf } from '../verify/release.ts'

/** A record, verified, that may stand anywhere in a ledger. */
export interface Piece {
  readonly entry: LedgerEntry
  readonly finding: RecordFinding
}

/** What records are judged under. */
export interface World {
  readonly registry: Registry
  readonly trust: TrustDocument
  readonly now: number
  /** In the order of the ledger. */
  readonly pieces: readonly Piece[]
  /** Verifies one more. */
  readonly verify: (bytes: Uint8Array) => Piece
}

/** A fixture, with each of its records verified. */
export async function openWorld(name: FixtureName): Promise<World> {
  const folder = folderOf(name)
  const store = await createHost(folder).openLedger('ledger')
  const listed: LedgerEntry[] = []
  needed(await readEntries(needed(await store.read()), 0, (entry) => void listed.push(entry)))
  const entries: Uint8Array[] = []
  for (const { sha256 } of listed) entries.push(needed(await store.readRecord({ sha256 })))
  const policies = filesIn(join(folder, 'policies'))
  const trust = readFileSync(join(folder, 'trust.json'))
  return composeWorld({ entries, policies, trust }, Date.parse(readExpectation(name).at))
}

const judges = new Map<string, Promise<World['verify']>>()

/** The world of a project. What two of them hold under one trust document, and at one instant, is verified once. */
export async function composeWorld(
  { entries, policies, trust: bytes }: Pick<ProjectContent, 'entries' | 'policies' | 'trust'>,
  now: number,
): Promise<World> {
  const trust = needed(parseTrust(bytes))
  const asked = `${trust.digest} ${now}`
  const judge = judges.get(asked) ?? openJudge(bytes, now)
  judges.set(asked, judge)
  const verify = await judge
  const registry = needed(parsePolicies(policies))
  return { registry, trust, now, pieces: entries.map(verify), verify }
}

async function openJudge(trust: Uint8Array, now: number): Promise<World['verify']> {
  const judge = await loadRecordJudge({ trust, now })
  const known = new Map<string, Piece>()
  return (record) => {
    const digest = digestOf(record)
    const piece = known.get(digest) ?? {
      entry: needed(entryOfRecord(record)),
      finding: judge(record),
    }
    known.set(digest, piece)
    return piece
  }
}

function filesIn(folder: string) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.endsWith('.test.yaml'))
    .map((path) => ({ name: path, bytes: readFileSync(join(folder, path)) }))
}

function needed<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; problems: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** The family of a record, or the name of a material; nothing of what is refused. */
export function nameOf({ finding }: Piece): string {
  if ('verdict' in finding) return 'refused'
  const { record } = finding
  return record.kind === 'record' ? record.family : record.name
}

/** The record of a piece that is one. */
export function recordOf({ finding }: Piece): LedgerRecord | undefined {
  return 'record' in finding && finding.record.kind === 'record' ? finding.record : undefined
}

/** How pieces are judged, where it is not as the world has it. */
export interface Judging {
  readonly registry?: Registry
  readonly now?: number
  readonly isStrict?: boolean
  /** Entries from this one on are left out, as under a head that was kept. */
  readonly end?: number | undefined
  readonly select?: (items: readonly LedgerItem[]) => readonly LedgerItem[]
}

/** What came of it. */
export interface JudgedWorld extends ProjectFinding {
  /** SHA-256 of the records that are accepted and count. */
  readonly accepted: ReadonlySet<string>
}

/** What the command finds of a ledger that nothing is wrong with. */
const WHOLE = { name: 'ground', outcome: 'accepted', message: 'The ledger' } as const

const host = createHost('/nonexistent')

/** What a ledger of these pieces, in this order, comes to: as `assay gate` judges it when its tree and its head are in order. */
export async function judgeWorld(
  world: World,
  pieces: readonly Piece[],
  { registry = world.registry, now = world.now, isStrict = false, end, select }: Judging = {},
): Promise<JudgedWorld> {
  const accepted = new Set<string>()
  const collection = collectProject(registry)
  const { others, candidate } = await passWorld(world, pieces, {
    ...{ registry, now, end, select },
    onRelease: (view, { refused, lost }) => {
      collection.add(view, refusedOf({ refused, lost }))
      for (const { record, view: one } of [...view.records, ...view.commitRecords]) {
        if (one.check.outcome === 'accepted') accepted.add(record.sha256)
      }
    },
  })
  addCommits(collection, others, candidate)
  const judged = await judgeProject({
    registry,
    project: collection.close(),
    ground: WHOLE,
    now,
    isStrict,
    expressions: { evaluate: host.evaluateExpressions },
    candidateOf: (gate) => candidateOf(gate, others, candidate),
  })
  return { ...judged, accepted }
}

interface Pass extends Required<Pick<Judging, 'registry' | 'now'>>, Pick<Judging, 'end'> {
  readonly select?: Judging['select'] | undefined
  readonly onRelease: Parameters<typeof passReleases>[0]['onRelease']
}

/** Everything about every release; what is about none is left. */
async function passWorld(
  { trust }: World,
  pieces: readonly Piece[],
  { registry, now, end, select, onRelease }: Pass,
) {
  const index = createEntryIndex()
  for (const [at, { entry }] of pieces.slice(0, end).entries()) index.add(entry, at)
  const known = new Map(pieces.map(({ entry, finding }) => [entry.sha256, finding]))
  const { others } = await passReleases({
    index,
    source: {
      // What stands for the bytes is the digest, by which they were verified before.
      read: ({ sha256 }) => Promise.resolve(accept(Buffer.from(sha256))),
      verify: (files) =>
        Promise.resolve(
          files.map((file) => {
            const finding = known.get(Buffer.from(file).toString())
            if (finding === undefined) throw new Error('Expected a record of the world')
            return finding
          }),
        ),
    },
    ...{ registry, now, scope: 'project' },
    holdersOf: (roles) => principalsWith(trust, roles),
    ...(select !== undefined && { select }),
    onRelease,
    onProgress: () => undefined,
  })
  return { others, candidate: { registry, trust, now, at: undefined, commit: undefined } }
}

/** Everything that requirements are ever asked over: about each release, and about commits that became none. */
export async function evidenceIn(world: World): Promise<readonly Evidence[]> {
  const { registry, now, pieces } = world
  const found: Evidence[] = []
  const { others, candidate } = await passWorld(world, pieces, {
    ...{ registry, now },
    onRelease: (view) => {
      const { set, commit } = releaseEvidenceOf(view, registry)
      found.push(...set, ...commit)
    },
  })
  const addCommit = (records: readonly ViewedRecord[]) =>
    void found.push(...records.map((record) => recordEvidence(record, registry)))
  addCommits({ addCommit }, others, candidate)
  return found
}

/** One more record about what another one is about, signed by a party. */
export async function recordLike(
  world: World,
  like: Piece,
  { family: name, members, by, header = {} }: NewRecord,
): Promise<Piece> {
  const record = recordOf(like)
  const family = findFamily(name)
  if (record === undefined || family === undefined) throw new Error(`Expected a record of ${name}`)
  const { about, release } = record
  const own = { ...(release !== undefined && { release }), reportedAt: REPORTED_AT, ...header }
  const built = needed(buildRecord(family, { about, header: own, members }))
  return world.verify(await signedBy(by)(built))
}

/** What is new of it. */
export interface NewRecord {
  readonly family: RecordFamily
  readonly members: JsonObject
  readonly by: Party
  readonly header?: Partial<RecordHeader>
}

const REPORTED_AT = '2026-04-10T12:00:00Z'
