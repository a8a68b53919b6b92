// What is to be adopted: every record of a run, verified under the trust document of the project and never by what came with it.

import { strict as assert } from 'node:assert'
import { accept, type Check, groupChecks, type Result, refuse } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { Host, NewRecord, PackReading } from '../../../host/index.ts'
import type { PlacedEntry } from '../../../ledger/index.ts'
import type { Phase } from '../../../policy/index.ts'
import type {
  AdoptionSource,
  LedgerItem,
  LedgerMaterial,
  LedgerRecord,
} from '../../../record/index.ts'
import { type HeadSetting, readHeadSetting } from '../../judging/ledger-setting.ts'
import { readItems } from '../../judging/release-items.ts'
import { judgeHeadKeys } from '../../ledger/head-keys.ts'
import { checkContents } from '../../ledger/verification.ts'
import { usage } from '../../usage.ts'
import { type RecordRequest, verifyUnder } from '../ledger-input.ts'
import { readRegistry } from '../registry-input.ts'
import type { PhaseFlags, SourceFlags } from './adoption-flags.ts'
import { type OpenedSource, openPack } from './pack-input.ts'
import { judgeSourceHead } from './source-head.ts'

/** A record of the source: its file, its entry, and what was read of it. */
export interface SourceRecord extends NewRecord {
  readonly record: LedgerRecord | LedgerMaterial
}

/** The source, as far as it is accepted. */
export interface SourceInput extends AdoptionSource {
  /** All that it holds, in its order; records that need no adoption are among them. */
  readonly files: readonly SourceRecord[]
  /** Of its records under the trust document. */
  readonly verdict: Check
}

/** Under what it is read. */
export interface SourceSetting {
  readonly request: RecordRequest
  readonly head: HeadSetting
  readonly phase: Phase | undefined
  /** Folder of the policies of the run, where the source is its ledger. */
  readonly policies: string | undefined
}

/** What the command line says of the run. */
export async function readSourceSetting(
  host: Host,
  flags: SourceFlags & PhaseFlags,
  request: RecordRequest,
): Promise<Result<SourceSetting>> {
  const head = await readHeadSetting(host, flags, request.now)
  if (!head.ok) return head
  const sound = judgeHeadKeys(head.value.expectation, request.trust)
  if (!sound.ok) return sound
  const { phase, sourcePolicies: policies } = flags
  return accept({ request, head: head.value, phase, policies })
}

/** Reads a pack, or the folder of the ledger of a run, which is known by its head. */
export async function readRun(
  host: Host,
  path: string,
  setting: SourceSetting,
): Promise<Result<SourceInput>> {
  const reading = await host.readPack(path)
  const isFolder = !reading.ok && reading.problems[0].code === 'host/file-not-regular'
  if (!reading.ok && !isFolder) return reading
  const opened = reading.ok
    ? await openPackAlone(reading.value, setting)
    : await openRun(host, path, setting)
  if (!opened.ok) return opened
  const { entries, read, checks, tree, ...source } = opened.value
  const bytes = new Map<string, Uint8Array>()
  const found = await readItems(entries, {
    read: async (entry) => {
      const file = await read(entry)
      if (file.ok) bytes.set(entry.sha256, file.value)
      return file
    },
    verify: verifyUnder(setting.request),
  })
  const [lost, ...more] = found.lost
  if (lost !== undefined) return refuse(lost, ...more)
  const { checks: heads, runHead } = await judgeSourceHead(tree, setting.head)
  const places = new Map(entries.map((entry) => [entry.index, entry]))
  const files = found.items.map((record) => fileOf(record, places, bytes))
  return accept({
    ...source,
    ...(runHead !== undefined && { runHead }),
    records: found.items.filter((item) => item.kind === 'record'),
    files,
    verdict: verdictOf([...checks, ...heads, ...found.refused], files.length),
  })
}

function fileOf(
  { index, ...record }: LedgerItem,
  places: ReadonlyMap<number, PlacedEntry>,
  files: ReadonlyMap<string, Uint8Array>,
): SourceRecord {
  const placed = places.get(index)
  const bytes = files.get(record.sha256)
  assert(placed !== undefined && bytes !== undefined, 'what was found was read')
  const { index: _, ...entry } = placed
  return { entry, bytes, record }
}

/** What is accepted is counted; what is not is told with its reasons. */
function verdictOf(checks: readonly Check[], records: number): Check {
  const refused = checks.filter(({ outcome }) => outcome !== 'accepted')
  if (refused.length === 0) {
    const message = `The trust document accepts every record of the source: ${records}`
    return { name: 'source', outcome: 'accepted', message }
  }
  return groupChecks('source', 'The source is not accepted', refused)
}

async function openPackAlone(
  reading: PackReading,
  { phase, policies }: SourceSetting,
): Promise<Result<OpenedSource>> {
  if (policies === undefined) return openPack(reading, phase)
  return usage('Expected --source-policies with the ledger of a run: a pack brings its policies')
}

async function openRun(
  host: Host,
  path: string,
  { phase, policies }: SourceSetting,
): Promise<Result<OpenedSource>> {
  const store = await host.openLedger(path)
  const records = await store.listRecords()
  const state = await store.readFiles()
  if (!state.ok) return state
  if (phase === undefined) {
    return usage('Expected --phase: the ledger of a run may hold both phases of its release')
  }
  if (policies === undefined) {
    return usage(
      'Expected --source-policies DIR: the policies of the run, which its ledger does not hold',
      'Those of the commit that the run was of; they are held against those of the project',
    )
  }
  const registry = await readRegistry(host, policies)
  if (!registry.ok) return registry
  assert(registry.value !== undefined, 'a folder that is named is there, or refused')
  const entries: PlacedEntry[] = []
  const { checks } = await checkContents(host, {
    store,
    state: state.value,
    records,
    onEntry: (entry, index) => void entries.push({ ...entry, index }),
  })
  return accept({
    pack: digestBytes('sha256', state.value.headFile),
    phase,
    registry: registry.value,
    entries,
    read: store.readRecord,
    checks,
    tree: state.value,
  })
}
