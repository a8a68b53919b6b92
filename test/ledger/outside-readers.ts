// Two programs of others that read ledgers in tlog-tiles layout; `.ci/outside-tools.sh` builds them. Absent ones are said loudly.

import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'
import { hasTool } from '../outside-tool.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import type { TestLedger } from './test-ledger.ts'

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')

/** The check of whole logs that comes with Tessera. */
const fsck = process.env['ASSAY_TEST_FSCK'] ?? join(cache, 'assay-ci-fsck-1.0.4/fsck')
export const hasFsck = hasTool(fsck, '-h')

/** Go's `sumdb/tlog` and `sumdb/note` behind the main in `test/ledger/go`. */
const peer =
  process.env['ASSAY_TEST_LEDGER_PEER'] ??
  join(cache, `assay-ci-ledger-peer-${peerVersion()}/ledger-peer`)
export const hasPeer = hasTool(peer, '-h')

/** A changed byte of its sources makes another program. */
function peerVersion(): string {
  const hash = createHash('sha256')
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    hash.update(readFileSync(join(ROOT, 'test/ledger/go', file)))
  }
  return hash.digest('hex').slice(0, 12)
}

/** The ledger as a folder that has the checkpoint in it. */
export function writeLedger({ files }: TestLedger, checkpoint: string): string {
  const folder = makeTemporaryFolder('ledger')
  for (const [path, bytes] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  writeFileSync(join(folder, 'checkpoint'), checkpoint)
  return folder
}

/**
 * What fsck says against the folder; empty where it finds nothing. It exits with 0 either way.
 *
 * With fewer workers than tiles it would wait for ever behind the first tile that is wrong.
 */
export function runFsck(folder: string, key: string): string {
  // Not in the folder, in which there is nothing but the ledger.
  const keyFile = `${folder}.vkey`
  writeFileSync(keyFile, key)
  const args = [`-storage_url=file://${folder}`, `-public_key=${keyFile}`, '-N=16']
  const { status, stdout, stderr } = spawnSync(fsck, [...args, '-ui=false', '-v=1'], {
    encoding: 'utf8',
    timeout: 15_000,
  })
  rmSync(keyFile)
  const said = `${stdout}${stderr}`
  if (status !== 0 || !said.includes('Completed ranges')) return said
  return said
    .split('\n')
    .filter((line) => /^[EF]\d{4}|failed/.test(line))
    .join('\n')
}

/** Hashes in base64. */
type Proof = readonly string[]

export interface PeerAnswer {
  readonly size: number
  readonly signatures: readonly { readonly name: string; readonly time: number }[]
  /** Signatures by keys that it does not know. */
  readonly unverified: number
  readonly refused: readonly string[]
  readonly inclusion: Readonly<Record<string, Proof | null>>
  readonly consistency: Readonly<Record<string, Proof | null>>
  /** The same checkpoint, signed by a key of Go and cosigned by another. */
  readonly note: string
  readonly key: string
  readonly cosigner: string
}

/** Asks the peer; an error of its own throws. */
export function askPeer(request: {
  readonly dir: string
  readonly keys: readonly string[]
  readonly cosigners: readonly string[]
  readonly inclusion: readonly { index: number; leaf: string; hashes: Proof }[]
  readonly consistency: readonly { from: number; root: string; hashes: Proof }[]
}): PeerAnswer {
  const said = execFileSync(peer, [], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return JSON.parse(said) as PeerAnswer
}
