// A ledger of many signed records, made without waiting for the disk: what a bench asks about.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { encodeBundle } from '../../src/bundle/index.ts'
import { entryOfRecord } from '../../src/cli/ledger/record-entry.ts'
import { encodeTimestamp } from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import {
  createDisk,
  createLedgerStore,
  type LedgerStore,
  type NewRecord,
} from '../../src/host/ledger/index.ts'
import { buildRecord, findFamily } from '../../src/record/index.ts'
import { createLocalSigner, generatePrivateKey, signStatement } from '../../src/sign/index.ts'
import { encodeStatement } from '../../src/statement/index.ts'
import { addKey, buildEmptyTrust, encodeTrust, type PublicKey } from '../../src/trust/index.ts'

/** Records of one release. */
const RECORDS_A_RELEASE = 10
/** At once into the ledger. */
const BATCH = 5_000

/** A ledger in `folder/ledger`, with `trust.json` beside it. */
export interface MadeLedger {
  readonly publicKey: PublicKey
  /** Records in it. */
  size(): number
  /** A record that is not in it yet; each call gives another one. */
  next(): Promise<NewRecord>
  /** As a command does it. */
  append(record: NewRecord): Promise<void>
  /** Appends until there are that many. */
  fill(size: number): Promise<void>
}

/** Makes an empty one. */
export async function makeLedger(folder: string): Promise<MadeLedger> {
  const privateKey = generatePrivateKey('p256')
  const { publicKey } = privateKey
  const trusted = { name: 'bench', publicKey, roles: ['release'], kind: 'person' } as const
  const trust = addKey(buildEmptyTrust(), trusted)
  if (!trust.ok) throw new Error(trust.problems[0].message)
  writeFileSync(join(folder, 'trust.json'), encodeTrust(trust.value))
  const signer = createLocalSigner(privateKey)
  const place = join(folder, 'ledger')
  const disk = createDisk(place, 'ledger')
  const store = createLedgerStore('ledger', disk)
  const started = await store.init()
  if (!started.ok) throw new Error(started.problems[0].message)
  // The same files, without a flush after each.
  const quick = createLedgerStore('ledger', {
    ...disk,
    flush: () => {},
    write: (path, bytes) => {
      const file = join(place, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
    },
  })
  const held = { records: 0, made: 0 }
  const next = async (): Promise<NewRecord> => {
    const statement = statementOf(held.made++)
    const bytes = encodeBundle(await signStatement(encodeStatement(statement), signer))
    const entry = entryOfRecord(bytes)
    if (!entry.ok) throw new Error(entry.problems[0].message)
    return { entry: entry.value, bytes }
  }
  const append = async (into: LedgerStore, records: readonly NewRecord[]) => {
    const appended = await into.append(records)
    if (!appended.ok) throw new Error(appended.problems[0].message)
    held.records += records.length
  }
  return {
    publicKey,
    size: () => held.records,
    next,
    append: async (record) => append(store, [record]),
    async fill(size) {
      while (held.records < size) {
        const length = Math.min(BATCH, size - held.records)
        const records: NewRecord[] = []
        for (let at = 0; at < length; at++) records.push(await next())
        await append(quick, records)
      }
    },
  }
}

/** One waiver of a release of its own tenth. */
function statementOf(index: number) {
  const family = findFamily('waiver')
  if (family === undefined) throw new Error('There are waivers')
  const version = `v1.${Math.floor(index / RECORDS_A_RELEASE)}.0`
  const run = '4711-1'
  const id = `staging__render_staging_rollout__${version}__${run}`
  const built = buildRecord(family, {
    about: { kind: 'set', id, digest: digestBytes('sha256', Buffer.from(id)) },
    header: {
      release: {
        approvalRecord: 'release_approval.render_staging_rollout.bundle_backed_manual_staging',
        gate: 'gate.release_target.render_staging_rollout',
        artifactVersion: version,
        artifactSetId: id,
        sourceRevision: 'c27d339ee6075c1f744c5d4b200f7901aad2c369',
        deploymentStage: 'staging',
        releaseChannel: 'staging',
        phase: 'pre-deploy-candidate',
        run,
      },
      reportedAt: encodeTimestamp(index * 1000),
    },
    members: {
      check: `check-${index}`,
      owner: 'Release manager',
      reason: 'The export is late',
      expires: '2099-01-01T00:00:00Z',
    },
  })
  if (!built.ok) throw new Error(built.problems[0].message)
  return built.value
}
