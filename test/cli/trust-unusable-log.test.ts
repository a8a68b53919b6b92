import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../src/core/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { foreignLog, PUBLIC, rootWith } from '../trust/sigstore/roots.ts'

const WARNING =
  'The log "log.next.example" can not be used, and nothing counts by its word: its key is of the kind "PKIX_ML_DSA_65"'

/** What add-root, show and inspect say of a root. */
async function tellOf(root: unknown): Promise<Readonly<Record<string, string>>> {
  const { host, output } = createTestHost(makeTemporaryFolder('trust-unusable-log'))
  const said = async (...args: readonly string[]) => {
    output.stdout = ''
    output.stderr = ''
    expect(await runCli([...args], host), output.stderr).toBe(0)
    return `${output.stdout}${output.stderr}`
  }
  await host.writeBytes('root.json', encodeUtf8(JSON.stringify(root)))
  await said('trust', 'init')
  return {
    added: await said('trust', 'add-root', 'root.json', '--name', 'next', '--rehearsal'),
    shown: await said('trust', 'show'),
    inspected: await said('inspect', 'root.json'),
  }
}

describe('a root with a log whose key is of a foreign kind (TR-7)', () => {
  it('is added, and the log is told as one that can not be used', async () => {
    const root = rootWith({ tlogs: [...PUBLIC.tlogs, foreignLog()] })
    const { added, shown, inspected } = await tellOf(root)
    expect(added).toContain(WARNING)
    expect(shown).toContain('log log.next.example: not-usable (from 2026-01-01T00:00:00Z)')
    expect(inspected).toContain('log that can not be used: log.next.example')
  })

  it('is the only one of which that is said', async () => {
    const { added, shown, inspected } = await tellOf(PUBLIC)
    expect(added).not.toContain('can not be used')
    expect(shown).not.toContain('not-usable')
    expect(inspected).not.toContain('can not be used')
  })
})
