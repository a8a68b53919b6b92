import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseBundle } from '../../src/bundle/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { request } from '../../src/host/network/request.ts'
import { findClosedPort, say } from '../host/network/misbehaving-server.ts'
import { createTimelessWorld } from '../host/network/timeless-world.ts'
import { type Faults, STAMPED_AT, startServices } from '../host/sigstore/loopback-services.ts'
import { createTestHost, failNthCall } from '../host/test-host.ts'
import { makeToken } from '../sign/sigstore/tokens.ts'
import { valueOf } from '../trust/keys.ts'
import { type Instance, KEYLESS, OUT, startInstance } from './attest-sigstore.ts'

const bundleOf = ({ folder }: Instance) => valueOf(parseBundle(readFileSync(join(folder, OUT))))
const KEY = `attest https://example.org/made/v1 --predicate p.json --artifact a.txt --out ${OUT} --key me.key.pem`

/** A log that knows no version 2. */
const ONLY_V1: Faults = {
  answer: (response, { path }) => {
    if (!path.startsWith('/api/v2/log')) return false
    say(response, 404)
    return true
  },
}

/** A key in the folder. */
async function withKey(instance: Instance, type = 'p256'): Promise<Instance> {
  const made = await instance.run(`key generate --type ${type} --out me --unsafe-unencrypted`)
  expect(made.exitCode).toBe(0)
  return instance
}

describe('assay attest --sigstore', () => {
  it.each([2, 1] as const)('signs in the name of the token, with Rekor v%i', async (version) => {
    const instance = await startInstance({}, version)
    const ran = await instance.run(KEYLESS)
    expect([ran.exitCode, ran.codes]).toEqual([0, []])
    expect(JSON.parse(ran.stdout)).toMatchObject({
      identity: { issuer: 'https://token.actions.githubusercontent.com', san: { type: 'uri' } },
      vouched: [
        { at: '2026-01-10T12:01:00Z', by: 'timestamp' },
        ...(version === 1 ? [{ by: 'log' }] : []),
      ],
      logIndexes: [version === 1 ? '1001' : '1'],
    })
    const { keyMaterial, logEntries, timestamps } = bundleOf(instance)
    expect([keyMaterial.kind, logEntries.length, timestamps.length]).toEqual(['certificate', 1, 1])
    expect(logEntries[0]?.kind).toBe(version === 1 ? 'dsse' : 'hashedrekord')
    expect(ran.everything).not.toContain(instance.token)
  })

  it('says who signed', async () => {
    const instance = await startInstance()
    const ran = await instance.run(`${KEYLESS} --format text`)
    expect(ran.stdout).toBe(
      `${OUT}: https://example.org/made/v1 about 1 subject, signed with the certificate of https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1 (https://token.actions.githubusercontent.com)\n`,
    )
  })

  it('says what becomes public before anything is sent', async () => {
    const instance = await startInstance()
    const told: string[] = []
    const ran = await instance.run(KEYLESS, {}, (host) => ({
      ...host,
      tell: (words) => {
        told.push(words)
        expect(instance.services.asked).toEqual([])
        return host.tell(words)
      },
    }))
    expect(ran.exitCode).toBe(0)
    expect(told).toEqual([
      [
        `Becomes public, and stays so, at ${instance.services.url}:`,
        '  who signs: repo:o/r:ref:refs/tags/v1 (https://token.actions.githubusercontent.com), with what the token says of repository and run',
        '  what is signed: a.txt',
        '',
      ].join('\n'),
    ])
  })

  it('keeps a repository that is not public to itself, unless it is told otherwise (A-120)', async () => {
    const instance = await startInstance()
    const private_ = makeToken({ repository_visibility: 'private' })
    writeFileSync(join(instance.folder, 'token'), private_, { mode: 0o600 })
    const refused = await instance.run(KEYLESS)
    expect([refused.exitCode, refused.codes]).toEqual([2, ['sign/visibility-private']])
    expect([refused.isWritten, instance.services.asked]).toEqual([false, []])
    expect((await instance.run(`${KEYLESS} --publish-private`)).exitCode).toBe(0)
  })

  it('takes the token from the environment, and not from a file that others can read', async () => {
    const instance = await startInstance()
    const line = KEYLESS.replace(' --identity-token-file token', '')
    const environment = { SIGSTORE_ID_TOKEN: instance.token }
    expect((await instance.run(line, { environment })).exitCode).toBe(0)
    expect((await instance.run(line)).codes).toEqual(['sign/token-missing'])
    writeFileSync(join(instance.folder, 'open'), instance.token, { mode: 0o644 })
    const open = await instance.run(KEYLESS.replace('-file token', '-file open'))
    expect([open.exitCode, open.codes]).toEqual([2, ['host/key-file-exposed']])
  })

  it('writes the whole bundle or nothing, whichever effect fails', async () => {
    const instance = await startInstance()
    const out = join(instance.folder, OUT)
    const counted = failNthCall(createTestHost(instance.folder, { now: STAMPED_AT }).host, 0)
    expect(await runCli(KEYLESS.split(' '), counted.host)).toBe(0)
    const good = readFileSync(out)
    // Token, config, root, predicate, subjects, four requests, words, the file, the result.
    expect(counted.calls()).toBeGreaterThan(8)
    for (let failing = 1; failing <= counted.calls(); failing++) {
      const before = readFileSync(out)
      const { host, output } = createTestHost(instance.folder, { now: STAMPED_AT })
      const code = await runCli(KEYLESS.split(' '), failNthCall(host, failing).host)
      expect([failing, code]).toEqual([failing, 3])
      const after = readFileSync(out)
      // Only what comes after the writing may fail and leave a new one: then it is whole.
      if (!after.equals(before)) expect(parseBundle(after).ok).toBe(true)
      expect(`${output.stdout}${output.stderr}`).not.toContain(instance.token)
    }
    expect(good.length).toBeGreaterThan(0)
  })

  it.each<[string, string]>([
    ['--key beside it', `${KEYLESS} --key me.key.pem`],
    ['--timestamp beside it', `${KEYLESS} --timestamp https://tsa.example`],
    ['no --signing-config', KEYLESS.replace(' --signing-config config.json', '')],
    ['no --trusted-root', KEYLESS.replace(' --trusted-root root.json', '')],
    ['no --sigstore', KEYLESS.replace(' --sigstore', '')],
    ['a root and nothing that it judges', `${KEY} --trusted-root root.json`],
    ['witnesses and no root', `${KEY} --timestamp https://tsa.example`],
  ])('refuses %s', async (_, line) => {
    const instance = await withKey(await startInstance())
    const ran = await instance.run(line)
    expect([ran.exitCode, ran.codes, ran.isWritten]).toEqual([2, ['cli/usage'], false])
    expect(instance.services.asked).toEqual([])
  })

  it('refuses a signing config and a trusted root that are none', async () => {
    const instance = await startInstance()
    const config = await instance.run(KEYLESS.replace('config.json', 'root.json'))
    expect(config.codes).toEqual(['sign/signing-config'])
    for (const wrong of ['config.json', 'a.txt']) {
      const root = await instance.run(
        KEYLESS.replace('--trusted-root root.json', `--trusted-root ${wrong}`),
      )
      expect([wrong, root.exitCode, root.codes[0]]).toEqual([wrong, 2, 'trust/root-format'])
    }
    expect(instance.services.asked).toEqual([])
  })

  it('refuses an expired token, and one for others', async () => {
    const instance = await startInstance()
    const late = await instance.run(KEYLESS, { now: STAMPED_AT + 60 * 60_000 })
    expect(late.codes).toEqual(['sign/token-expired'])
    writeFileSync(join(instance.folder, 'token'), makeToken({ aud: 'npm' }), { mode: 0o600 })
    expect((await instance.run(KEYLESS)).codes).toEqual(['sign/token-audience'])
    expect(instance.services.asked).toEqual([])
  })
})

describe('assay attest --key with witnesses', () => {
  it('adds the word of every witness', async () => {
    // Two of one authority and one second are one to the Sigstore project's verifier.
    let at = STAMPED_AT
    const faults: Faults = { timestamp: (answer) => ({ ...answer, at: (at += 1_000) }) }
    const instance = await withKey(await startInstance(faults))
    const { url } = instance.services
    const ran = await instance.run(
      `${KEY} --timestamp ${url}/timestamp --timestamp ${url}/timestamp --rekor ${url} --trusted-root root.json`,
    )
    expect([ran.codes, ran.exitCode]).toEqual([[], 0])
    expect(JSON.parse(ran.stdout)).toMatchObject({ logIndexes: ['1'], vouched: [{}, {}] })
    const { keyMaterial, logEntries, timestamps } = bundleOf(instance)
    expect([keyMaterial.kind, logEntries.length, timestamps.length]).toEqual(['public-key', 1, 2])
    expect(ran.stderr).toContain('Becomes public, and stays so, at http://127.0.0.1')
  })

  it('publishes nothing with timestamps alone', async () => {
    const instance = await withKey(await startInstance(), 'ed25519')
    const { url } = instance.services
    const ran = await instance.run(`${KEY} --timestamp ${url}/timestamp --trusted-root root.json`)
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
  })

  it('uses Rekor v1 where the log does not know version 2', async () => {
    const instance = await withKey(await startInstance(ONLY_V1))
    const { url } = instance.services
    const ran = await instance.run(`${KEY} --rekor ${url} --trusted-root root.json`)
    expect([ran.codes, ran.exitCode]).toEqual([[], 0])
    expect(bundleOf(instance).logEntries[0]?.kind).toBe('dsse')
  })

  it('refuses a key that a log of version 2 can not take', async () => {
    const instance = await withKey(await startInstance(), 'ed25519')
    const line = `${KEY} --rekor ${instance.services.url} --trusted-root root.json`
    expect((await instance.run(line)).codes).toEqual(['sign/log-key-type'])
  })

  it('writes nothing that is witnessed by strangers', async () => {
    const instance = await withKey(await startInstance())
    const other = await startServices(ONLY_V1)
    const line = `${KEY} --rekor ${other.url} --trusted-root root.json`
    const ran = await instance.run(line)
    expect([ran.exitCode, ran.codes[0]]).toEqual([2, 'cli/bundle-not-verified'])
    expect(existsSync(join(instance.folder, OUT))).toBe(false)
  })

  it('publishes nothing beside a timestamp that does not count', async () => {
    const begun = STAMPED_AT - 400 * 24 * 60 * 60_000
    const faults: Faults = { timestamp: (answer) => ({ ...answer, at: begun }) }
    const instance = await withKey(await startInstance(faults))
    const { url, asked } = instance.services
    const witnesses = `--timestamp ${url}/timestamp --rekor ${url} --trusted-root root.json`
    const ran = await instance.run(`${KEY} ${witnesses}`, { now: begun })
    expect([ran.exitCode, ran.codes[0], ran.isWritten]).toEqual([
      2,
      'cli/bundle-not-verified',
      false,
    ])
    expect(asked.map(({ path }) => path)).toEqual(['/timestamp'])
  })

  it.each([
    ['60 days late', -60 * 24 * 60],
    ['20 days early', 20 * 24 * 60],
    ['six minutes early', 6],
  ])('refuses a timestamp of a clock that is %s beside a key', async (_, minutes) => {
    const at = STAMPED_AT + minutes * 60_000
    const instance = await withKey(
      await startInstance({ timestamp: (answer) => ({ ...answer, at }) }),
    )
    const witnesses = `--timestamp ${instance.services.url}/timestamp --trusted-root root.json`
    const ran = await instance.run(`${KEY} ${witnesses}`)
    expect([ran.exitCode, ran.codes, ran.isWritten]).toEqual([2, ['sign/timestamp-time'], false])
    const twin = await instance.run(`${KEY} ${witnesses}`, { now: at - 4 * 60_000 })
    expect([twin.exitCode, twin.codes, twin.isWritten]).toEqual([0, [], true])
  })

  it('says when nobody listens', async () => {
    const instance = await withKey(await startInstance())
    const port = await findClosedPort()
    const line = `${KEY} --timestamp http://127.0.0.1:${port} --trusted-root root.json`
    const ran = await instance.run(line, {}, (host) => ({
      ...host,
      request: (asked) => request(asked, createTimelessWorld()),
    }))
    expect([ran.exitCode, ran.codes, ran.isWritten]).toEqual([3, ['host/unreachable'], false])
  })
})
