import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** Adds an identity of this issuer to a new trust document. */
async function addIdentity(issuer: string, ...more: readonly string[]): Promise<string> {
  const { host, output } = createTestHost(makeTemporaryFolder('trust-ci-issuer'))
  expect(await runCli(['trust', 'init'], host)).toBe(0)
  output.stderr = ''
  const who = ['--name', 'n', '--issuer', issuer, '--san', 'https://a.example/x@refs/heads/main']
  expect(await runCli(['trust', 'add-identity', ...who, ...more], host)).toBe(0)
  return output.stderr
}

describe('assay trust add-identity', () => {
  it.each([
    'https://token.actions.githubusercontent.com',
    'https://token.actions.githubusercontent.com/acme',
    'https://gitlab.com',
    'https://agent.buildkite.com',
  ])('warns that without --ci %s is no CI system', async (issuer) => {
    expect(await addIdentity(issuer)).toContain(
      'WARNING: the issuer is that of a CI system, and without --ci this identity counts as local proof',
    )
    expect(await addIdentity(issuer, '--ci')).toBe('Added the identity to trust.json\n')
  })

  it.each(['https://accounts.google.com', 'https://gitlab.com.example', 'https://gitlab.company'])(
    'does not warn of %s',
    async (issuer) => {
      expect(await addIdentity(issuer)).toBe('Added the identity to trust.json\n')
    },
  )
})
