// Records that an identity signs, and keys whose signatures others witness: against services on loopback.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { type Instance, startInstance } from '../attest-sigstore.ts'
import { FIRST } from './record-world.ts'

const SAN = 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1'
const ISSUER = 'https://token.actions.githubusercontent.com'
const AUTHORITY = `record authority ${FIRST.join(' ')} --approval-reference run-1 --trust trust.json`
const SIGSTORE =
  '--sigstore --signing-config config.json --trusted-root root.json --identity-token-file token'

/** A project beside the services, which trusts their root. */
async function startProject(): Promise<Instance> {
  const instance = await startInstance()
  cpSync(join(ROOT, 'policies'), join(instance.folder, 'policies'), { recursive: true })
  mkdirSync(join(instance.folder, 'dist'))
  writeFileSync(join(instance.folder, 'dist/app.js'), 'export {}\n')
  for (const line of [
    'trust init',
    'trust add-root root.json --name loopback --rehearsal',
    'key generate --out me --unsafe-unencrypted',
    'ledger init',
  ]) {
    expect([line, (await instance.run(line)).exitCode]).toEqual([line, 0])
  }
  return instance
}

const isPublished = ({ services }: Instance) =>
  services.asked.some(({ path }) => path.includes('/log/'))

describe('a record', () => {
  it('that an identity signs is appended under its certificate', async () => {
    const instance = await startProject()
    const identity = `trust add-identity --name ci --issuer ${ISSUER} --san ${SAN} --role release`
    expect((await instance.run(identity)).exitCode).toBe(0)
    const ran = await instance.run(`${AUTHORITY} --ledger ledger ${SIGSTORE}`)
    // Of the policies, a local word is not enough: it is recorded, and not accepted.
    expect([ran.exitCode, ran.codes]).toEqual([1, []])
    expect(JSON.parse(ran.stdout)).toMatchObject({
      identity: { issuer: ISSUER, san: { value: SAN } },
      vouched: [{ by: 'timestamp' }],
      // The certificates of this authority name no run.
      view: { status: 'local-manual-reference-only' },
    })
  })

  it('that an identity signs whom nobody trusts goes nowhere', async () => {
    const instance = await startProject()
    const ran = await instance.run(`${AUTHORITY} --ledger ledger ${SIGSTORE}`)
    expect([ran.exitCode, ran.codes]).toEqual([2, ['cli/signer-not-trusted']])
    // Not even the certificate authority has seen the token.
    expect(instance.services.asked).toEqual([])
    const listed = await instance.run('ledger list')
    expect(JSON.parse(listed.stdout)).toMatchObject({ size: 0 })
  })

  it('that an identity signs who has no role for it is sent nowhere', async () => {
    const instance = await startProject()
    await instance.run('trust add-role --name tester --predicate-type test-result')
    await instance.run(`trust add-identity --name ci --issuer ${ISSUER} --san ${SAN} --role tester`)
    const ran = await instance.run(`${AUTHORITY} --ledger ledger ${SIGSTORE}`)
    expect([ran.exitCode, ran.codes]).toEqual([2, ['cli/signer-not-trusted']])
    expect(ran.stdout).toContain('found tester of')
    expect(instance.services.asked).toEqual([])
  })

  it('that an identity signs whose certificate has another claim is in no log', async () => {
    const instance = await startProject()
    await instance.run(
      `trust add-identity --name ci --issuer ${ISSUER} --san ${SAN} --role release --claim sourceRepositoryOwnerIdentifier=1`,
    )
    const ran = await instance.run(`${AUTHORITY} --ledger ledger ${SIGSTORE}`)
    expect([ran.exitCode, ran.codes]).toEqual([
      2,
      ['cli/bundle-not-verified', 'verify/claim-unexpected'],
    ])
    expect(isPublished(instance)).toBe(false)
  })

  const witnessed = ({ services: { url } }: Instance) =>
    `--key me.key.pem --trusted-root root.json --timestamp ${url}/timestamp --rekor ${url}`

  it('that a key signs is witnessed', async () => {
    const instance = await startProject()
    await instance.run('trust add-key me.pub.pem --name me --role release')
    const ran = await instance.run(`${AUTHORITY} --out a.json ${witnessed(instance)}`)
    expect([ran.exitCode, ran.codes]).toEqual([0, []])
    expect(JSON.parse(ran.stdout)).toMatchObject({ out: 'a.json', logIndexes: ['1'] })
    expect(isPublished(instance)).toBe(true)
  })

  it('that a key signs which nobody trusts is not even published', async () => {
    const instance = await startProject()
    const ran = await instance.run(`${AUTHORITY} --out a.json ${witnessed(instance)}`)
    expect([ran.exitCode, ran.codes]).toEqual([
      2,
      ['cli/bundle-not-verified', 'verify/key-unknown'],
    ])
    expect(isPublished(instance)).toBe(false)
  })
})
