// The commands of docs/verify-without-assay.md for cosign and sigstore-python, as they stand there, on releases that Assay signed; and
// what the page says that they do not check.

import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { hasTool } from '../outside-tool.ts'
import { replaceAllOnce } from '../recipes/project.ts'
import { runScript, runScriptOrThrow } from '../recipes/script.ts'
import { useRehearsal } from '../rehearsal/use-rehearsal.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { readCodeBlocks } from './code-blocks.ts'

const blocks = readCodeBlocks('docs/verify-without-assay.md', 'sh')
const ofGh = blocks.filter((block) => block.startsWith('gh '))
const others = blocks.filter((block) => !ofGh.includes(block))
const byCosign = others.filter((block) => block.startsWith('cosign '))
const [ofIdentity = '', ...ofKeys] = byCosign
const ofPython = others.find((block) => block.includes('python3 -m sigstore')) ?? ''

const rehearsal = useRehearsal()
let signed: Promise<string> | undefined

const ASSAY = `assay() { '${join(ROOT, 'test/cli/bin/assay')}' "$@"; }\n`
const KEYLESS =
  '--sigstore --signing-config signing_config.json --trusted-root trusted_root.json --identity-token-file token'

/** The folder of the page, signed in all its ways. */
async function makeRelease(): Promise<string> {
  signed ??= signRelease()
  const folder = makeTemporaryFolder('sigstore-tools')
  cpSync(await signed, folder, { recursive: true })
  return folder
}

async function signRelease(): Promise<string> {
  const folder = makeTemporaryFolder('sigstore-tools')
  const { documents, token, urls } = rehearsal()
  cpSync(documents.trustedRoot, join(folder, 'trusted_root.json'))
  cpSync(documents.signingConfigs.rekor, join(folder, 'signing_config.json'))
  writeFileSync(join(folder, 'token'), await token({ kind: 'github' }), { mode: 0o600 })
  const attest = 'assay attest provenance --build local'
  const stamped = `--timestamp ${urls.timestampAuthority} --trusted-root trusted_root.json`
  const script = `${ASSAY}mkdir -p dist/lib
echo 'console.log(1)' > dist/app.js
echo 'export {}' > dist/lib/add.js
assay digest dist --out SHA256SUMS
assay key generate --out release --type p256 --unsafe-unencrypted
${attest} --set dist --key release.key.pem --out release.sigstore.json
${attest} --set dist --key release.key.pem ${stamped} --out timestamped.sigstore.json
${attest} --set dist ${KEYLESS} --out keyless.sigstore.json
${attest} --artifact SHA256SUMS ${KEYLESS} --out manifest.sigstore.json
`
  await runScriptOrThrow(script, { folder, home: folder })
  return folder
}

const REFUSED = /^refused: ./

const ISSUER = 'https://token.actions.githubusercontent.com'

async function ask(folder: string, block: string) {
  const issuer: readonly [string, string] = [ISSUER, rehearsal().issuers.github]
  const script = replaceAllOnce(block, block.includes(ISSUER) ? [issuer] : [])
  const { status, stderr } = await runScript(script, { folder, home: folder })
  return status === 0 ? 'accepted' : `refused: ${stderr}`
}

const COMMANDS = [
  { name: 'cosign, of an identity', block: ofIdentity },
  { name: 'sigstore-python', block: ofPython },
  { name: 'cosign, of a key', block: ofKeys[0] ?? '' },
  { name: 'cosign, of a key with a timestamp', block: ofKeys[1] ?? '' },
]

describe('a command for the tools of Sigstore', () => {
  it('is run here, but for that of gh', () => {
    expect(ofGh).toHaveLength(1)
    expect(others.toSorted()).toEqual(COMMANDS.map(({ block }) => block).toSorted())
  })

  it.each(COMMANDS)('accepts what Assay signed, and nothing else ($name)', async ({ block }) => {
    const folder = await makeRelease()
    expect(await ask(folder, block)).toBe('accepted')
    writeFileSync(join(folder, 'SHA256SUMS'), '')
    expect(await ask(folder, block)).toMatch(REFUSED)
  })

  it.each(COMMANDS.slice(0, 2))('asks for the signer exactly ($name)', async ({ block }) => {
    const folder = await makeRelease()
    const other = replaceAllOnce(block, [['@refs/tags/v1.0.0', '@refs/tags/v1.0.1']])
    expect(await ask(folder, other)).toMatch(REFUSED)
  })

  it.each(COMMANDS)('asks for no name of a file ($name)', async ({ block }) => {
    const folder = await makeRelease()
    renameSync(join(folder, 'SHA256SUMS'), join(folder, 'other'))
    expect(await ask(folder, aboutFile(block, 'other'))).toBe('accepted')
  })

  it('of cosign takes each file of a set, and does not miss the others', async () => {
    const folder = await makeRelease()
    rmSync(join(folder, 'dist/lib'), { recursive: true })
    for (const block of byCosign) {
      expect(await ask(folder, aboutFile(block, 'dist/app.js'))).toBe('accepted')
    }
    writeFileSync(join(folder, 'dist/app.js'), 'console.log(2)\n')
    for (const block of byCosign) {
      expect(await ask(folder, aboutFile(block, 'dist/app.js'))).toMatch(REFUSED)
    }
  })

  it('of sigstore-python takes no set', async () => {
    const folder = await makeRelease()
    const ofSet = replaceAllOnce(ofPython, [['manifest.sigstore.json', 'keyless.sigstore.json']])
    expect(await ask(folder, ofSet)).toMatch(/^refused: .*malformed in-toto statement.*dirHash/s)
  })

  it('asks for the type of the predicate, if it is one of cosign', async () => {
    const folder = await makeRelease()
    const other = `${ASSAY}echo '{"made":"here"}' > predicate.json
assay attest https://example.org/made/v1 --predicate predicate.json ${KEYLESS} --artifact SHA256SUMS --out manifest.sigstore.json
cp manifest.sigstore.json keyless.sigstore.json
`
    await runScriptOrThrow(other, { folder, home: folder })
    expect(await ask(folder, ofIdentity)).toMatch(REFUSED)
    expect(await ask(folder, ofPython)).toBe('accepted')
  })

  it.skipIf(!hasTool('gh', 'attestation', 'verify', '--help'))(
    'of gh has options that it knows',
    async () => {
      const folder = makeTemporaryFolder('gh')
      const help = await runScriptOrThrow('gh attestation verify --help', { folder, home: folder })
      const options = ofGh[0]?.match(/--[a-z-]+/g) ?? []
      expect(options.length).toBeGreaterThan(5)
      expect(options.filter((option) => !help.includes(option))).toEqual([])
    },
  )
})

/** The page asks about the manifest. */
function aboutFile(block: string, path: string): string {
  return replaceAllOnce(block, [['SHA256SUMS', path]])
}
