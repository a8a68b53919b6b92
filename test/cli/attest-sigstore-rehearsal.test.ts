// What Assay signs with the real services of Sigstore, judged by cosign.

import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { programPath } from '../rehearsal/programs/catalog.ts'
import type { TokenRequest } from '../rehearsal/rehearsal.ts'
import { useRehearsal } from '../rehearsal/use-rehearsal.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const rehearsal = useRehearsal()
const SAN = 'https://github.com/example/app/.github/workflows/release.yml@refs/tags/v1.0.0'

/** A folder with a set to sign. */
function makeFolder(): string {
  const folder = makeTemporaryFolder('attest-rehearsal')
  execFileSync('mkdir', [join(folder, 'dist')])
  writeFileSync(join(folder, 'dist/a.txt'), 'a')
  return folder
}

async function assay(folder: string, line: string): Promise<string> {
  const { host, output } = createTestHost(folder, { now: Date.now() })
  const exitCode = await runCli(line.split(' '), host)
  expect([exitCode, output.stderr]).toEqual([0, output.stderr])
  return output.stdout
}

async function signKeyless(
  folder: string,
  config: 'rekor' | 'rekorV1',
  who: TokenRequest,
): Promise<string> {
  const { documents, token } = rehearsal()
  writeFileSync(join(folder, 'token'), await token(who), { mode: 0o600 })
  return assay(
    folder,
    `attest provenance --build local --set dist --out a.json --sigstore --signing-config ${documents.signingConfigs[config]} --trusted-root ${documents.trustedRoot} --identity-token-file token`,
  )
}

/** `cosign verify-blob-attestation` of the bundle, about the one file of the set. */
function cosign(folder: string, ...args: readonly string[]) {
  const { documents } = rehearsal()
  const line = ['verify-blob-attestation', '--bundle', 'a.json', '--new-bundle-format']
  const rest = ['--trusted-root', documents.trustedRoot, '--type', 'slsaprovenance1', 'dist/a.txt']
  const ran = spawnSync(programPath('cosign'), [...line, ...args, ...rest], { cwd: folder })
  return { exitCode: ran.status, words: ran.stderr.toString() }
}

const byIdentity = (san: string, kind: 'github' | 'email') => [
  ...['--certificate-identity', san, '--certificate-oidc-issuer', rehearsal().issuers[kind]],
  '--use-signed-timestamps',
]

describe('assay attest with real services', () => {
  it.each(['rekor', 'rekorV1'] as const)(
    'signs keyless (%s), and cosign accepts it',
    async (config) => {
      const folder = makeFolder()
      const said = await signKeyless(folder, config, { kind: 'github' })
      expect(said).toContain(`signed with the certificate of ${SAN} (`)
      expect(cosign(folder, ...byIdentity(SAN, 'github'))).toMatchObject({ exitCode: 0 })
      const other = cosign(folder, ...byIdentity(`${SAN}.evil`, 'github'))
      expect(other.exitCode).not.toBe(0)
      writeFileSync(join(folder, 'dist/a.txt'), 'another')
      expect(cosign(folder, ...byIdentity(SAN, 'github')).exitCode).not.toBe(0)
    },
  )

  it('signs in the name of a mail address', async () => {
    const folder = makeFolder()
    const said = await signKeyless(folder, 'rekor', { kind: 'email' })
    expect(said).toContain('signed with the certificate of release@example.org (')
    const found = cosign(folder, ...byIdentity('release@example.org', 'email'))
    expect(found).toMatchObject({ exitCode: 0 })
  })

  it('signs with a key and a timestamp, and cosign accepts it', async () => {
    const folder = makeFolder()
    const { urls, documents } = rehearsal()
    await assay(folder, 'key generate --out me --unsafe-unencrypted')
    const line = 'attest provenance --build local --set dist --key me.key.pem --out a.json'
    const root = `--trusted-root ${documents.trustedRoot}`
    await assay(folder, `${line} --timestamp ${urls.timestampAuthority} ${root}`)
    const offline = ['--key', 'me.pub.pem', '--insecure-ignore-tlog', '--use-signed-timestamps']
    expect(cosign(folder, ...offline)).toMatchObject({ exitCode: 0 })

    const witnesses = `--timestamp ${urls.timestampAuthority} --rekor ${urls.rekor} --rekor ${urls.rekorV1}`
    await assay(folder, `${line} ${witnesses} ${root}`)
    const logged = ['--key', 'me.pub.pem', '--use-signed-timestamps']
    expect(cosign(folder, ...logged)).toMatchObject({ exitCode: 0 })
  })
})
