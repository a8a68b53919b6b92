import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkNode } from '../../src/cli/doctor/node-version.ts'
import { checkSelf } from '../../src/cli/doctor/self-check.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { failedChecks, groupChecks } from '../../src/core/index.ts'
import { createTestHost, type TestWorld } from '../host/test-host.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-doctor-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function doctor(args: readonly string[] = [], world: TestWorld = {}) {
  const { host, output } = createTestHost(folder, world)
  const exitCode = await runCli(['doctor', '--format', 'json', ...args], host)
  const document: unknown = JSON.parse(output.stdout)
  return { exitCode, document, text: output.stdout }
}

describe('checkSelf()', () => {
  it('notices a verifier that accepts everything (A-125)', async () => {
    const verdict = groupChecks('all', 'Whatever it is', [
      { name: 'nothing', outcome: 'accepted', message: 'Not looked at' },
    ])
    const check = await checkSelf(0, () => ({ verdict }))
    expect(check.outcome).toBe('rejected')
    expect(failedChecks(check).map(({ code }) => code)).toContain('cli/self-check')
    // Some bundles are refused before a verifier sees them.
    expect(failedChecks(check).map(({ name }) => name)).toEqual([
      'payload-changed',
      'payload-type-changed',
      'signature-changed',
      'other-artifact',
      'other-key',
      'no-key',
    ])
  })

  it('notices a verifier that accepts nothing', async () => {
    const check = await checkSelf(0, () => ({ verdict: groupChecks('none', 'Refused', []) }))
    expect(failedChecks(check).map(({ name }) => name)).toEqual(['untouched'])
  })
})

describe('checkNode()', () => {
  it.each([
    ['v22.22.1', 'v22.22.2'],
    ['v20.20.2', 'v22.23.0'],
    ['v23.11.0', 'v24.15.0'],
    ['v24.14.9', 'v24.21.0'],
    ['v25.9.0', 'v26.0.0'],
    ['v18.0.0', 'v30.1.0'],
  ])('refuses %s and accepts %s', (refused, accepted) => {
    expect(checkNode(refused).code).toBe('cli/node-version')
    expect(checkNode(accepted).outcome).toBe('accepted')
  })
})

describe('assay doctor', () => {
  it('finds nothing wrong here, and shows every bundle that it had refused', async () => {
    const { exitCode, document, text } = await doctor()
    expect(exitCode).toBe(0)
    expect(document).toMatchObject({ schema: 'assay/doctor/v1', outcome: 'accepted' })
    expect(text.match(/is refused/g)?.length).toBeGreaterThanOrEqual(10)
    expect(text).toContain('names no source')
  })

  it('says what a signature in a CI run would name', async () => {
    const { text } = await doctor([], {
      environment: {
        GITHUB_ACTIONS: 'true',
        GITHUB_EVENT_NAME: 'push',
        GITHUB_REF: 'refs/tags/v1.0.0',
        GITHUB_REPOSITORY: 'o/r',
        GITHUB_REPOSITORY_ID: '1',
        GITHUB_REPOSITORY_OWNER_ID: '2',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_RUN_ID: '3',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/release.yml@refs/tags/v1.0.0',
        RUNNER_ENVIRONMENT: 'github-hosted',
      },
    })
    expect(text).toContain('https://actions.github.io/buildtypes/workflow/v1')
  })

  it('does not end with 0 where a run in CI could not be described', async () => {
    const { exitCode, text } = await doctor([], { environment: { GITHUB_ACTIONS: 'true' } })
    expect(exitCode).toBe(2)
    expect(text).toContain('"outcome": "error"')
  })

  it('tells a clock that can not be right', async () => {
    const { exitCode, text } = await doctor([], { now: 0 })
    expect(exitCode).toBe(1)
    expect(text).toContain('cli/clock')
  })

  it('looks at a trust document: no key, keys, and none to read', async () => {
    const { host } = createTestHost(folder)
    await runCli(['trust', 'init', '--out', 'trust.json'], host)
    const empty = await doctor(['--trust', 'trust.json'])
    expect([empty.exitCode, empty.text.includes('cli/trust-empty')]).toEqual([1, true])

    await runCli(['key', 'generate', '--out', 'doc', '--unsafe-unencrypted'], host)
    await runCli(['trust', 'add-key', 'doc.pub.pem', '--name', 'doc', '--role', 'release'], host)
    const trusted = await doctor(['--trust', 'trust.json'])
    expect([trusted.exitCode, trusted.text.includes('Key \\"doc\\": valid, no end')]).toEqual([
      0,
      true,
    ])

    const standingAt = async (now: string) => {
      const { exitCode, text } = await doctor(['--trust', 'trust.json'], { now: Date.parse(now) })
      const key = text.slice(text.indexOf('"name": "key"'))
      return [exitCode, /"outcome": "(\w+)"/.exec(key)?.[1], /"code": "([\w/-]+)"/.exec(key)?.[1]]
    }
    const window = ['--not-before', '2026-03-01T00:00:00Z', '--not-after', '2026-05-01T00:00:00Z']
    await runCli(['trust', 'init', '--out', 'window.json'], host)
    const add = ['trust', 'add-key', 'doc.pub.pem', '--name', 'doc', '--role', 'release']
    writeFileSync(join(folder, 'trust.json'), readFileSync(join(folder, 'window.json')))
    await runCli([...add, ...window], host)
    expect(await standingAt('2026-04-10T00:00:00Z')).toEqual([0, 'accepted', undefined])
    expect(await standingAt('2026-02-10T00:00:00Z')).toEqual([1, 'stale', 'cli/key-stale'])
    expect(await standingAt('2026-06-10T00:00:00Z')).toEqual([1, 'stale', 'cli/key-stale'])
    const revoke = ['trust', 'revoke-key', '--name', 'doc', '--at', '2026-04-01T00:00:00Z']
    await runCli([...revoke, '--reason', 'retired'], host)
    expect(await standingAt('2026-04-10T00:00:00Z')).toEqual([1, 'stale', 'cli/key-stale'])
    await runCli([...revoke, '--reason', 'compromised'], host)
    const compromised = await standingAt('2026-04-10T00:00:00Z')
    expect(compromised).toEqual([1, 'rejected', 'cli/key-compromised'])

    writeFileSync(join(folder, 'broken.json'), '{')
    expect((await doctor(['--trust', 'broken.json'])).exitCode).toBe(2)
    expect((await doctor(['--trust', 'none.json'])).exitCode).toBe(2)
  })
})
