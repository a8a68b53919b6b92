// Verification opens no socket: the program runs with every way to the network made to throw.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findCorpus } from '../corpora.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { type Instance, KEYLESS, OUT, startInstance } from './attest-sigstore.ts'

const PROGRAM = resolve(import.meta.dirname, '../../src/cli/main.ts')
const PRELOAD = new URL('no-network.ts', import.meta.url).href

/** The program itself, in a process of its own. */
function run(folder: string, line: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', PRELOAD, PROGRAM, ...line.split(' ')],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: folder } },
  )
  return { status, stdout, stderr }
}

/** Accepted, and nothing reached for the network. */
function expectOffline(folder: string, line: string): string {
  const { status, stdout, stderr } = run(folder, line)
  expect([line, status, stderr]).toEqual([line, 0, expect.not.stringContaining('NETWORK')])
  return stdout
}

const KEY = 'attest https://example.org/made/v1 --predicate p.json --artifact a.txt'
const IDENTITY =
  '--issuer https://token.actions.githubusercontent.com --san https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1'

let instance: Instance
beforeAll(async () => {
  instance = await startInstance()
  for (const line of [
    'key generate --type p256 --out me --unsafe-unencrypted',
    'trust init',
    'trust add-key me.pub.pem --name me --role release',
    'trust add-root root.json --name loopback --rehearsal',
    `trust add-identity --name workflow ${IDENTITY} --role release --ci`,
    `${KEY} --key me.key.pem --out key.sigstore.json`,
    KEYLESS,
  ]) {
    const ran = await instance.run(line)
    expect([line, ran.exitCode, ran.stderr]).toEqual([line, 0, ran.stderr])
  }
})

describe('the program without a network', () => {
  it('would say so if it reached for one', () => {
    const { status, stderr } = run(instance.folder, 'trust update --name loopback')
    expect([status === 0, stderr]).toEqual([false, expect.stringContaining('NETWORK fetch')])
  })

  it.each(['key.sigstore.json', OUT])('verifies %s', (bundle) => {
    const line = `verify ${bundle} --artifact a.txt --trust trust.json --format json`
    const document = expectOffline(instance.folder, line)
    expect(JSON.parse(document)).toMatchObject({ outcome: 'accepted' })
    // What a certificate vouches for, the second verifier has judged, too.
    expect(document.includes('second-verifier')).toBe(bundle === OUT)
  })

  it.each(['key.sigstore.json', OUT])('checks what is deployed against %s', (bundle) => {
    const { folder } = instance
    const deployed = makeTemporaryFolder('offline')
    writeFileSync(join(deployed, 'a.txt'), readFileSync(join(folder, 'a.txt')))
    expectOffline(folder, `deployed ${deployed} --release ${bundle} --trust trust.json`)
  })

  it.each([`inspect ${OUT}`, 'inspect root.json', 'inspect trust.json', 'trust show'])(
    'runs: assay %s',
    (line) => {
      expectOffline(instance.folder, line)
    },
  )
})

const corpus = findCorpus('sigstore-conformance')

describe.skipIf(corpus === undefined)('a bundle of the public instance', () => {
  it('is verified without a network', () => {
    const folder = makeTemporaryFolder('offline-public')
    expect(corpus).toBeDefined()
    const { name, identity, issuer, artifact, bundle } = pickCase(corpus as string)
    for (const line of [
      'trust init',
      'trust add-root public-good --name public --live',
      `trust add-identity --name it --issuer ${issuer} --san ${identity} --role release`,
    ]) {
      expectOffline(folder, line)
    }
    const document = expectOffline(
      folder,
      `verify ${bundle} --artifact ${artifact} --trust trust.json --format json`,
    )
    expect([name, JSON.parse(document)]).toMatchObject([name, { outcome: 'accepted' }])
    expect(document).toContain('second-verifier')
  })
})

interface PublicCase {
  readonly name: string
  readonly bundle: string
  readonly artifact: string
  readonly identity: string
  readonly issuer: string
}

/** Signed with a certificate of the public instance, over a file. */
function pickCase(folder: string): PublicCase {
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as PublicCase[]
  const found = cases.find(({ name }) => name === 'happy-path-v0.3')
  expect(found).toBeDefined()
  const one = found as PublicCase
  return { ...one, bundle: join(folder, one.bundle), artifact: join(folder, one.artifact) }
}
