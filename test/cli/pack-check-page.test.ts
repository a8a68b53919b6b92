// The page inside of a pack: its blocks are run in the folder, as they stand there, by a plain shell.

import { spawnSync } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { programPath } from '../rehearsal/programs/catalog.ts'
import { hasTool } from '../outside-tool.ts'
import { encodePublicKey } from '../../src/trust/index.ts'
import { testKey } from '../verify/keys.ts'
import { digestOf } from '../verify/release.ts'
import { openPackWorld, PLACE, type PackWorld, RELEASE, RESULT } from './pack-world.ts'

const COSIGN = programPath('cosign')
const hasOpenssl = hasTool('openssl', 'version')

let world: PackWorld
beforeEach(async () => {
  world = await openPackWorld()
}, 60_000)

const inPack = (path: string) => world.at('one', PLACE, path)

/** Runs one of the blocks in the folder of the pack. */
function run(number: number): string {
  const page = readFileSync(inPack('CHECK.md'), 'utf8')
  const blocks = [...page.matchAll(/^```sh\b.*\n([^]*?)^```$/gm)].map(([, block = '']) => block)
  const { stdout, stderr } = spawnSync('sh', ['-c', blocks[number] ?? 'false'], {
    cwd: world.at('one', PLACE),
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(COSIGN)}${delimiter}${process.env['PATH']}` },
  })
  return stdout + stderr
}

describe.skipIf(!hasOpenssl)('CHECK.md', () => {
  it('finds the files as listed, and what was changed, dropped or added', () => {
    expect(run(0)).toBe('all files are as listed\nand there is no other\n')
    writeFileSync(inPack('extra'), 'x')
    expect(run(0)).toMatch(/^> extra$/m)
    rmSync(inPack('extra'))
    appendFileSync(inPack('inner-manifest.json'), ' ')
    expect(run(0)).toContain('inner-manifest.json: FAILED')
  })

  it('tells the digest of the trust document', async () => {
    expect(run(1)).toBe(`${digestOf(readFileSync(inPack('trust.json')))}  trust.json\n`)
    const shown = await world.done('trust show --format json')
    expect(run(1)).toContain((JSON.parse(shown) as { digest: string }).digest)
  })

  it('verifies every signature, and finds the one that was changed', () => {
    const lines = run(2).trim().split('\n')
    expect(lines).toHaveLength(4)
    for (const line of lines) expect(line).toMatch(/^signed by keys\/\S+\.pem: records\//)
    const path = inPack(`records/${digestOf(RELEASE.generated[1] ?? '')}.sigstore.json`)
    const bundle = JSON.parse(readFileSync(path, 'utf8')) as {
      dsseEnvelope: { payload: string }
    }
    const { dsseEnvelope } = bundle
    const payload = Buffer.from(dsseEnvelope.payload, 'base64')
      .toString()
      .replace('v1.2.0', 'v1.2.1')
    dsseEnvelope.payload = Buffer.from(payload).toString('base64')
    writeFileSync(path, JSON.stringify(bundle))
    expect(run(2)).toContain('WRONG SIGNATURE: records/')
  })

  it('tells what was said and the digest of the set', () => {
    const said = run(3)
    expect(said).toContain('"predicateType":"urn:assay:predicate:tracking:v1"')
    expect(said).toContain(`${RELEASE.set}  SHA256SUMS`)
    expect(said).toContain(`${digestOf(RELEASE.innerManifest)}  inner-manifest.json`)
  })
})

describe.skipIf(!hasTool(COSIGN, 'version'))('CHECK.md with cosign', () => {
  it('verifies every record about the set, and none by another key', () => {
    const accepted = RELEASE.generated.map((bytes) => `records/${digestOf(bytes)}.sigstore.json`)
    const lines = run(4).split('\n')
    for (const path of accepted) expect(lines).toContain(path)
    // The record about the commit is not about the set.
    expect(lines).not.toContain(`records/${digestOf(RESULT)}.sigstore.json`)
    for (const name of readdirSync(inPack('keys'))) {
      writeFileSync(inPack(`keys/${name}`), encodePublicKey(testKey('another').publicKey))
    }
    const refused = run(4).split('\n')
    for (const path of accepted) expect(refused).not.toContain(path)
  })
})
