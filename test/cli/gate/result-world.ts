// A signed result in a folder: served as any server serves files, and changed in each of its fields.

import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join, normalize } from 'node:path'
import type { LedgerWorld } from './gate-world.ts'

/** Any static server: the files of a folder, and nothing else. */
export function serveFiles(folder: string): Server {
  return createServer(({ url: path = '/' }, response) => {
    try {
      response.end(readFileSync(join(folder, normalize(`/${path}`))))
    } catch {
      response.writeHead(404).end()
    }
  })
}

export type Document = Readonly<Record<string, string>>

/** The signed result of the world. */
export function readResult({ folder }: LedgerWorld, name = 'result.json'): Document {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Document
}

/** What was signed. */
export function payloadOf({ payload = '' }: Document): Document {
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Document
}

/** A file with the result, changed. */
export function writeChanged(world: LedgerWorld, change: object): string {
  const changed = { ...readResult(world), ...change }
  writeFileSync(join(world.folder, 'changed.json'), JSON.stringify(changed))
  return 'changed.json'
}

const flip = (text = '') => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)

/** One change of each field; those of the payload are changed inside it, so that it still can be read. */
export function changesOf(world: LedgerWorld): readonly (readonly [string, object])[] {
  const result = readResult(world)
  const signed = payloadOf(result)
  const inside = (change: object) => ({
    payload: Buffer.from(JSON.stringify({ ...signed, ...change })).toString('base64url'),
  })
  const values: Document = {
    commitment_id: '0'.repeat(64),
    kid: flip(result['kid']),
    sig_alg: 'ES384',
    verdict: 'missing',
  }
  return [
    ...Object.entries(values).flatMap(([name, value]) => [
      [name, { [name]: value }] as const,
      [`${name} inside`, inside({ [name]: value })] as const,
      [`${name} everywhere`, { [name]: value, ...inside({ [name]: value }) }] as const,
    ]),
    ['schema', { schema: 'assay/signed-result/v2' }],
    ['signature', { signature: flip(result['signature']) }],
    ['preimage inside', inside({ preimage: signed['preimage']?.replace('staging', 'stagine') })],
    ['signed_at inside', inside({ signed_at: '2026-04-10T12:00:01Z' })],
    ['type inside', inside({ type: 'urn:assay:signed-result:v2' })],
  ]
}

const VERIFIER = join(import.meta.dirname, '../../../docs/verify-result.py')

/** Whatever `docs/verify-result.py` says, and its exit code. */
export function runVerifier(
  python: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(python, ['-W', 'ignore', VERIFIER, ...args], (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, said: (stdout + stderr).trim() })
    })
  })
}
