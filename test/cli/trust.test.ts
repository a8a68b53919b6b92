import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { parseTrust } from '../../src/trust/index.ts'
import { createTestHost, failNthCall } from '../host/test-host.ts'
import { pemOf, valueOf } from '../trust/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const EMPTY = '{"schema":"assay/trust/v1","keys":[],"roles":[]}'

function newFolder(): string {
  const folder = makeTemporaryFolder('trust')
  writeFileSync(join(folder, 'trust.json'), EMPTY)
  return folder
}

function writeKey(folder: string, name: string): void {
  writeFileSync(join(folder, name), pemOf(generateKeyPairSync('ed25519').publicKey))
}

describe('assay trust', () => {
  it('loses no key when several processes add one at once', async () => {
    const folder = newFolder()
    const names = ['a', 'b', 'c', 'd']
    for (const name of names) writeKey(folder, `${name}.pem`)
    await Promise.all(
      names.map((name) => {
        const args = ['trust', 'add-key', `${name}.pem`, '--name', name, '--role', 'release']
        return promisify(execFile)(process.execPath, [MAIN, ...args], { cwd: folder })
      }),
    )
    const { keys } = valueOf(parseTrust(readFileSync(join(folder, 'trust.json'))))
    expect(keys.map(({ name }) => name)).toEqual(names)
    expect(readdirSync(folder).filter((name) => name.includes('lock'))).toEqual([])
  })

  it('leaves the old document or the new one, whichever effect fails', async () => {
    const args = ['trust', 'add-key', 'a.pem', '--name', 'a', '--role', 'release']
    for (let failing = 1; ; failing++) {
      const folder = newFolder()
      writeKey(folder, 'a.pem')
      const { host, calls } = failNthCall(createTestHost(folder).host, failing)
      const exitCode = await runCli(args, host)
      expect(
        valueOf(parseTrust(readFileSync(join(folder, 'trust.json')))).keys.length,
      ).toBeLessThan(2)
      expect(readdirSync(folder).toSorted()).toEqual(['a.pem', 'trust.json'])
      if (calls() < failing) {
        expect(exitCode).toBe(0)
        expect(failing).toBeGreaterThan(4)
        return
      }
      expect(exitCode).toBe(3)
    }
  })

  it('escapes names of files that a terminal would act on', async () => {
    const { host, output } = createTestHost(newFolder())
    expect(await runCli(['trust', 'show', '--trust', 'a\u001b[2J.json'], host)).toBe(2)
    expect(output.stderr).not.toContain('\u001b')
  })
})
