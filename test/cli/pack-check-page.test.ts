// The page inside of a pack: its blocks are run in the folder, as they stand there, by a plain shell.

import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { programPath } from '../rehearsal/programs/catalog.ts'
import { hasTool } from '../outside-tool.ts'
import { encodePae } from '../../src/bundle/index.ts'
import {
  encodePackManifest,
  PACK_MANIFEST_PATH,
  parsePackManifest,
} from '../../src/record/index.ts'
import { encodePublicKey } from '../../src/trust/index.ts'
import { testKey } from '../verify/keys.ts'
import { digestOf } from '../verify/release.ts'
import { runBlock } from './check-blocks.ts'
import { openPackWorld, PLACE, type PackWorld, RELEASE, RESULT } from './pack-world.ts'

const FORGER = testKey('forger')

interface ForgedBundle {
  readonly dsseEnvelope: {
    payload: string
    readonly payloadType: string
    signatures: readonly { readonly sig: string }[]
  }
  readonly verificationMaterial: { readonly publicKey: { hint: string } }
}

const COSIGN = programPath('cosign')
const hasOpenssl = hasTool('openssl', 'version')

let world: PackWorld
beforeEach(async () => {
  world = await openPackWorld()
}, 60_000)

const inPack = (path: string) => world.at('one', PLACE, path)

/** What the block under a heading says. */
const run = (heading: string) => runBlock(inPack('.'), heading)

const LISTED = `all files are as listed
and there is no other
records and documents have the digests of their names
`

describe.skipIf(!hasOpenssl)('CHECK.md', () => {
  it('finds the files as listed, and what was changed, dropped or added', () => {
    expect(run('The files')).toBe(LISTED)
    writeFileSync(inPack('extra'), 'x')
    expect(run('The files')).toMatch(/^> extra$/m)
    rmSync(inPack('extra'))
    appendFileSync(inPack('inner-manifest.json'), ' ')
    expect(run('The files')).toContain('inner-manifest.json: FAILED')
  })

  it('tells the digest of the trust document', async () => {
    expect(run('Whom you believe')).toBe(
      `${digestOf(readFileSync(inPack('trust.json')))}  trust.json\n`,
    )
    const shown = await world.done('trust show --format json')
    expect(run('Whom you believe')).toContain((JSON.parse(shown) as { digest: string }).digest)
  })

  it('verifies every signature, and finds the one that was changed', () => {
    const lines = run('Who signed').trim().split('\n')
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
    expect(run('Who signed')).toContain('WRONG SIGNATURE: records/')
  })

  it('takes no path for the name of a key', () => {
    const path = inPack(`records/${digestOf(RELEASE.generated[1] ?? '')}.sigstore.json`)
    const { keyId } = testKey('release').publicKey
    const bundle = readFileSync(path, 'utf8')
    writeFileSync(path, bundle.replace(keyId, `../keys/${keyId}`))
    expect(run('Who signed')).toMatch(/^WRONG NAME OF A KEY: records\//m)
    writeFileSync(path, bundle.replace(keyId, keyId.toLowerCase()))
    expect(run('Who signed')).toMatch(/^WRONG KEY, which is not in keys\/: records\//m)
  })

  it('finds a record and a document under another name, whatever the list says', () => {
    const [record = ''] = readdirSync(inPack('records'))
    const [document = ''] = readdirSync(inPack('documents'))
    for (const path of [`records/${record}`, `documents/${document}`]) {
      const bytes = readFileSync(inPack(path))
      appendFileSync(inPack(path), ' ')
      list()
      expect(run('The files')).toContain('all files are as listed\nand there is no other\n')
      expect(run('The files')).toContain(`${path}: FAILED`)
      writeFileSync(inPack(path), bytes)
    }
    list()
    expect(run('The files')).toBe(LISTED)
  })

  it('tells what was said and the digest of the set', () => {
    const said = run('What was said, and about what')
    expect(said).toContain('"predicateType":"urn:assay:predicate:tracking:v1"')
    expect(said).toContain(`${RELEASE.set}  SHA256SUMS`)
    expect(said).toContain(`${digestOf(RELEASE.innerManifest)}  inner-manifest.json`)
  })
})

/** Makes the list of the files anew, as a forger would. */
function list(): void {
  const paths = readdirSync(inPack('.'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(inPack('.'), join(entry.parentPath, entry.name)))
  const files = new Map(paths.map((path) => [path, readFileSync(inPack(path))]))
  const manifest = parsePackManifest(files.get(PACK_MANIFEST_PATH))
  if (!manifest.ok) throw new Error('The pack has a manifest')
  writeFileSync(inPack(PACK_MANIFEST_PATH), encodePackManifest(manifest.value, files))
}

describe.skipIf(!hasOpenssl)('a forged pack with the genuine trust document', () => {
  /** Every record says something else, signed by a key of the forger, whom the bundle names so. */
  function forge({ hint, isRenamed }: { hint: string; isRenamed: boolean }): void {
    for (const name of readdirSync(inPack('records'))) {
      const bundle = JSON.parse(readFileSync(inPack(`records/${name}`), 'utf8')) as ForgedBundle
      const { dsseEnvelope, verificationMaterial } = bundle
      const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString()
      const forged = Buffer.from(payload.replace('{', '{"forged":true,'))
      verificationMaterial.publicKey.hint = hint
      dsseEnvelope.payload = forged.toString('base64')
      const signature = FORGER.sign(encodePae(dsseEnvelope.payloadType, forged))
      dsseEnvelope.signatures = [{ sig: Buffer.from(signature).toString('base64') }]
      const bytes = JSON.stringify(bundle)
      rmSync(inPack(`records/${name}`))
      const path = isRenamed ? `${digestOf(bytes)}.sigstore.json` : name
      writeFileSync(inPack(`records/${path}`), bytes)
    }
  }

  it('fails where its keys and records stand under the names of others', () => {
    const { keyId } = testKey('release').publicKey
    for (const name of readdirSync(inPack('keys'))) {
      writeFileSync(inPack(`keys/${name}`), encodePublicKey(FORGER.publicKey))
    }
    forge({ hint: keyId, isRenamed: false })
    list()
    // Nothing but the names is wrong.
    expect(run('Whom you believe')).toContain(digestOf(readFileSync(inPack('trust.json'))))
    expect(run('Who signed')).not.toContain('WRONG')
    expect(run('The files').match(/^records\/.*: FAILED$/gm)).toHaveLength(4)
    const said = run('Whose keys').trim().split('\n')
    expect(said).toHaveLength(2)
    for (const line of said) {
      expect(line).toMatch(/^WRONG NAME: keys\/.* is the key /)
      expect(line).toContain(FORGER.publicKey.keyId)
    }
  })

  it('fails where they stand under their own names', () => {
    const { keyId } = FORGER.publicKey
    writeFileSync(inPack(`keys/${keyId}.pem`), encodePublicKey(FORGER.publicKey))
    forge({ hint: keyId, isRenamed: true })
    list()
    expect(run('The files')).toBe(LISTED)
    expect(run('Who signed').match(/^signed by keys\//gm)).toHaveLength(4)
    expect(run('Who signed')).not.toContain('WRONG')
    expect(run('Whose keys')).toContain(
      `WRONG KEY, which trust.json does not hold: keys/${keyId}.pem\n`,
    )
  })
})

describe.skipIf(!hasTool(COSIGN, 'version'))('CHECK.md with cosign', () => {
  it('verifies every record about the set, and none by another key', () => {
    const accepted = RELEASE.generated.map((bytes) => `records/${digestOf(bytes)}.sigstore.json`)
    const lines = run('The same with cosign').split('\n')
    for (const path of accepted) expect(lines).toContain(path)
    // The record about the commit is not about the set.
    expect(lines).not.toContain(`records/${digestOf(RESULT)}.sigstore.json`)
    for (const name of readdirSync(inPack('keys'))) {
      writeFileSync(inPack(`keys/${name}`), encodePublicKey(testKey('another').publicKey))
    }
    const refused = run('The same with cosign').split('\n')
    for (const path of accepted) expect(refused).not.toContain(path)
  })
})
