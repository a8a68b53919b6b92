// Signatures of the older forms, and the trust documents that judge them.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeRelease, type Release, WORKFLOW_IDENTITY } from './order.ts'
import {
  makeCosignKey,
  type OlderFiles,
  type OlderOrder,
  signWithOlderCosign,
} from './peers/older-cosign.ts'
import type { Rehearsal } from './rehearsal.ts'

/** What is signed, by name. */
export const ORDERS = {
  certified: { command: 'sign-blob', by: 'certificate', isLogged: true },
  attested: { command: 'attest-blob', by: 'certificate', isLogged: true },
  logged: { command: 'sign-blob', by: 'key', isLogged: true },
  stamped: { command: 'sign-blob', by: 'key', isLogged: false },
  keyAttested: { command: 'attest-blob', by: 'key', isLogged: true },
  /** The same as the first, once more: to put parts of one into the other. */
  other: { command: 'sign-blob', by: 'certificate', isLogged: true },
} as const satisfies Record<string, Omit<OlderOrder, 'name'>>
export type Name = keyof typeof ORDERS

export interface OlderScene {
  readonly release: Release
  readonly files: Readonly<Record<Name, OlderFiles>>
}

/** Signs everything, and writes a trust document with the rehearsal's root, and one with that root without its logs. */
export async function makeOlderScene(rehearsal: Rehearsal): Promise<OlderScene> {
  const release = await makeRelease(rehearsal, 'older')
  const { documents, folder } = release
  const key = await makeCosignKey(folder)
  const entries: (readonly [string, OlderFiles])[] = []
  for (const [name, order] of Object.entries(ORDERS)) {
    const files = await signWithOlderCosign(release, rehearsal.urls, { ...order, name })
    entries.push([name, files])
  }
  const root = JSON.parse(readFileSync(documents.trustedRoot, 'utf8')) as object
  writeFileSync(join(folder, 'logless.json'), JSON.stringify({ ...root, tlogs: [] }))
  const identity = ['--issuer', rehearsal.issuers.github, '--san', WORKFLOW_IDENTITY]
  for (const [trust, rootFile] of [
    ['trust.json', documents.trustedRoot],
    ['logless-trust.json', 'logless.json'],
  ] as const) {
    for (const line of [
      ['init', '--out', trust],
      ['add-root', rootFile, '--rehearsal', '--name', 'rehearsal', '--trust', trust],
      ['add-identity', ...identity, '--name', 'workflow', '--role', 'release', '--trust', trust],
      ['add-key', key, '--name', 'key', '--role', 'release', '--trust', trust],
    ]) {
      const { exitCode, stderr } = await assay(folder, ['trust', ...line])
      if (exitCode !== 0) throw new Error(`assay trust ${line[0]}: ${stderr}`)
    }
  }
  writeFileSync(join(folder, 'other.txt'), 'another release\n')
  return { release, files: Object.fromEntries(entries) as OlderScene['files'] }
}

/** One run of the command in the folder. */
export async function assay(folder: string, words: readonly string[]) {
  const { host, output } = createTestHost(folder, { now: Date.now() })
  return { exitCode: await runCli(words, host), ...output }
}

/** What is in the file of `--bundle`. */
export interface OlderBundle {
  base64Signature: string
  cert?: string
  rekorBundle: {
    SignedEntryTimestamp: string
    Payload: { body: string; integratedTime: number; logIndex: number; logID: string }
  }
}

/** One bit of the bytes, at a part of their length. */
export function flip(base64: string, at = 0.5): string {
  const bytes = Buffer.from(base64, 'base64')
  const index = Math.floor(bytes.length * at)
  bytes[index] = (bytes[index] ?? 0) ^ 1
  return bytes.toString('base64')
}

/** The same in the DER of a certificate. */
export function flipCertificate(base64: string, at = 0.5): string {
  const pem = Buffer.from(base64, 'base64').toString()
  const body = pem.replaceAll(/-----.*-----|\n/g, '')
  const lines = flip(body, at).replaceAll(/.{64}/g, '$&\n')
  const other = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
  return Buffer.from(other).toString('base64')
}
