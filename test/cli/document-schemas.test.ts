// Every command's JSON is what its published schema says.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { listSchemas } from '../../.ci/build/schemas.ts'
import { readSources } from '../../.ci/source-file.ts'
import { DOCUMENT_SCHEMAS } from '../../src/cli/document-schemas.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-documents-'))
mkdirSync(join(folder, 'dist'))
writeFileSync(join(folder, 'dist/app.js'), '')
writeFileSync(join(folder, 'other.txt'), 'x')
afterAll(() => rmSync(folder, { recursive: true }))

const RELEASE = ['--key', 'release.key.pem', '--out', 'release.sigstore.json']
const TRUST = ['--trust', 'trust.json']
const KEY = ['release.pub.pem', '--name', 'release', '--role', 'release']

/** In this order: later commands read what earlier ones wrote. */
const COMMANDS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['digest', ['digest', 'dist']],
  ['digest', ['digest', 'dist', '--algorithm', 'sha256', '--algorithm', 'sha512']],
  ['key', ['key', 'generate', '--out', 'release', '--unsafe-unencrypted']],
  ['public-key', ['key', 'public', 'release.key.pem']],
  ['trust-change', ['trust', 'init', '--out', 'trust.json']],
  ['jwks', ['key', 'jwks', 'release.pub.pem']],
  ['trust-change', ['trust', 'add-key', ...KEY, ...TRUST]],
  ['trust-summary', ['trust', 'show', ...TRUST]],
  ['attest', ['attest', 'provenance', '--set', 'dist', ...RELEASE]],
  ['attest', ['attest', 'provenance', '--set', 'dist', '--key', 'release.key.pem', '--dry-run']],
  ['verification', ['verify', 'release.sigstore.json', '--set', 'dist', ...TRUST]],
  ['verification', ['verify', 'release.sigstore.json', '--artifact', 'other.txt', ...TRUST]],
  ['verification', ['deployed', 'dist', '--release', 'release.sigstore.json', ...TRUST]],
  ['inspection', ['inspect', 'release.sigstore.json']],
  ['inspection', ['inspect', 'trust.json']],
  ['doctor', ['doctor']],
  ['problems', ['verify', 'absent.json', '--set', 'dist', ...TRUST]],
]

async function run(args: readonly string[]): Promise<unknown> {
  const { host, output } = createTestHost(folder)
  await runCli([...args, '--format', 'json'], host)
  return JSON.parse(output.stdout)
}

describe('a document', () => {
  it.each(COMMANDS)('%s, made by: %s', async (name, args) => {
    const schema = DOCUMENT_SCHEMAS[name as keyof typeof DOCUMENT_SCHEMAS]
    const parsed = z.safeParse(schema, await run(args))
    expect(parsed.error).toBeUndefined()
  })

  it('digest-check and snapshot-difference, made by comparing', async () => {
    const { host } = createTestHost(folder)
    await runCli(['digest', 'dist', '--out', 'SHA256SUMS'], host)
    await runCli(['snapshot', 'dist', '--out', 'a.json'], host)
    writeFileSync(join(folder, 'dist/extra.js'), '')
    writeFileSync(join(folder, 'dist/package.json'), '{ "dependencies": { "a": "^1.0.0" } }')
    await runCli(['snapshot', 'dist', '--out', 'b.json'], host)
    const check = await run(['digest', '--check', 'SHA256SUMS', 'dist'])
    expect(check).toMatchObject({ extra: [{ path: 'extra.js' }, { path: 'package.json' }] })
    expect(z.safeParse(DOCUMENT_SCHEMAS['digest-check'], check).error).toBeUndefined()
    const difference = await run(['snapshot', 'diff', 'a.json', 'b.json'])
    expect(z.safeParse(DOCUMENT_SCHEMAS['snapshot-difference'], difference).error).toBeUndefined()
  })

  it('has a schema, whatever it is', () => {
    const made = readSources('src').flatMap(({ text }) =>
      [...text.matchAll(/'assay\/([a-z-]+)\/v1'/g)].map(([, name = '']) => name),
    )
    const published = listSchemas().map(([file]) => file.replace(/[.]json$/, ''))
    const missing = made.filter((name) => !published.includes(name))
    expect(made.length).toBeGreaterThan(0)
    expect([...new Set(missing)]).toEqual([])
  })
})
