// Any single byte that is changed anywhere in a ledger is found, by what `assay ledger verify` and `assay audit` judge it with.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkContents, checkHeads, verdictOf } from '../../src/cli/ledger/verification.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Host } from '../../src/host/index.ts'
import { createDisk, createLedgerStore, type LedgerStore } from '../../src/host/ledger/index.ts'
import { parseNoteKey } from '../../src/trust/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { expectValue } from '../ledger/test-ledger.ts'
import { createLedger, createWorld, NOW, ORIGIN } from './ledger-world.ts'

/**
 * What may change without harm, and why:
 * - `.gitattributes` and `.gitignore` are settings for git. Nothing is judged by them; what git makes of the files of the ledger for
 *   want of them is found in those files.
 * - `.work` holds the lock and what is computed from the entries; git never sees it, and for another folder it is computed anew.
 */
const HARMLESS = /^(?:\.gitattributes$|\.gitignore$|\.work\/)/

/** Below this, every byte is changed; of larger files, some. */
const SMALL = 1_024

let files: ReadonlyMap<string, Uint8Array>
let host: Host
let folder: string

/** Three records under a signed head, and one after it. */
beforeAll(async () => {
  const world = await createWorld(4)
  await createLedger(world, 'ledger', { records: [1, 2, 3], isSigned: true })
  await world.done('ledger append r4.json --trust trust.json')
  folder = join(world.folder, 'ledger')
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = found
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
  files = new Map(
    paths
      .filter((path) => !HARMLESS.test(path))
      .map((path) => [path, readFileSync(join(folder, path))]),
  )
  host = createTestHost(world.folder, { now: NOW }).host
}, 60_000)

/** One byte of one file. */
interface Change {
  readonly path: string
  readonly at: number
  readonly byte: number
}

/** The ledger as the disk has it but for that byte. */
function openChanged(change?: Change): LedgerStore {
  const disk = createDisk(folder, 'ledger')
  const read: typeof disk.read = (path, bytesMax) => {
    const bytes = disk.read(path, bytesMax)
    return path === change?.path && bytes !== undefined ? changeByte(bytes, change) : bytes
  }
  return createLedgerStore('ledger', { ...disk, read })
}

function changeByte(bytes: Uint8Array, { at, byte }: Change): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = byte
  return changed
}

/** What `ledger verify --log-key log.vkey` says of it, with `--max-age` where the time of the head is asked for as well. */
async function verify(change?: Change, isTimed = true): Promise<string> {
  const store = openChanged(change)
  const records = await store.listRecords()
  const state = await store.readFiles()
  if (!state.ok) return 'refused'
  const { checks } = await checkContents(host, { store, state: state.value, records })
  const key = expectValue(parseNoteKey(readFileSync(join(folder, '../log.vkey'), 'utf8').trim()))
  const heads = await checkHeads(state.value, {
    expectation: { origin: ORIGIN, keys: [key], witnesses: [], quorum: 0 },
    ...(isTimed && { age: { now: NOW, maxAgeMs: 1_000 } }),
  })
  return verdictOf('ledger', [...checks, ...heads]).outcome
}

/** The codes of what `audit` says about the ledger itself. */
async function audit(change?: Change): Promise<readonly string[]> {
  const { host, output } = createTestHost(join(folder, '..'), { now: NOW })
  const line = 'audit ledger --trust trust.json --log-key log.vkey --max-age 1d --format json'
  await runCli(line.split(' '), { ...host, openLedger: async () => openChanged(change) })
  return [...output.stdout.matchAll(/"code": ?"((?:host|ledger)\/[a-z-]+)"/g)].map(
    ([, code = '']) => code,
  )
}

/** Any byte of any file, changed into any other. */
function anyChange(): fc.Arbitrary<Change> {
  return fc
    .constantFrom(...files)
    .chain(([path, bytes]) =>
      fc.record({
        path: fc.constant(path),
        at: fc.nat(bytes.length - 1),
        byte: fc.nat(255),
      }),
    )
    .filter(({ path, at, byte }) => files.get(path)?.[at] !== byte)
}

describe('a single byte that is changed anywhere in a ledger', () => {
  it('is found by verify, whichever it is', async () => {
    expect(await verify()).toBe('accepted')
    expect([...files.keys()].map((path) => path.replace(/[/].*/, ''))).toEqual(
      expect.arrayContaining(['checkpoint', 'head', 'records', 'tile']),
    )
    let changed = 0
    for (const [path, bytes] of files) {
      if (bytes.length > SMALL) continue
      for (const [at, byte] of bytes.entries()) {
        changed += 1
        // Another bit of each: what is in it is text, digests and base64.
        const change = { path, at, byte: byte ^ (1 << (at % 8)) }
        const outcome = await verify(change)
        if (outcome === 'accepted') expect.fail(`unseen: ${JSON.stringify(change)}`)
      }
    }
    expect(changed).toBeGreaterThan(1_500)
  }, 120_000)

  it('is found by verify, whatever it becomes', async () => {
    await fc.assert(
      fc.asyncProperty(anyChange(), async (change) => {
        expect(await verify(change)).not.toBe('accepted')
      }),
      { numRuns: 200 },
    )
  }, 120_000)

  it('is found by audit', async () => {
    expect(await audit()).toEqual([])
    await fc.assert(
      fc.asyncProperty(anyChange(), async (change) => {
        expect(await audit(change)).not.toEqual([])
      }),
      { numRuns: 30 },
    )
  }, 120_000)

  // A line with an unknown name or key id is somebody else's: verifiers ignore it (C2SP signed-note), and nobody knows the time.
  it('is passed over by verify without --max-age on the name and key id of the line of the time alone', async () => {
    const note = Buffer.from(files.get('checkpoint') ?? []).toString('latin1')
    // A line begins with an em dash, which is three bytes, and a blank; the id is five digits of base64 and two bits of the next.
    const start = note.lastIndexOf('\xe2\x80\x94 ') + 4
    const end = start + ORIGIN.length + 1 + 6
    const unseen: number[] = []
    for (let at = 0; at < note.length; at++) {
      const change = { path: 'checkpoint', at, byte: note.charCodeAt(at) ^ 1 }
      if ((await verify(change, false)) === 'accepted') unseen.push(at)
    }
    expect(unseen.length).toBeGreaterThan(0)
    expect(unseen.filter((at) => at < start || at >= end)).toEqual([])
  }, 60_000)
})
