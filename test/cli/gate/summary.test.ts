// `--format github`: annotations on standard output, and the summary of the step in the file that GitHub names.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../../src/cli/run-cli.ts'
import { createTestHost } from '../../host/test-host.ts'
import { type LedgerWorld, openGateWorld, STAGING, UNDER } from './gate-world.ts'

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
}, 120_000)

async function run(environment: Readonly<Record<string, string>>, format = 'github') {
  const { host, output } = createTestHost(world.folder, { environment })
  const exitCode = await runCli(`gate ${UNDER} --format ${format}`.split(' '), host)
  return { exitCode, ...output }
}

const read = (name: string) => readFileSync(join(world.folder, name), 'utf8')

describe('--format github', () => {
  it('appends to what the summary has', async () => {
    writeFileSync(join(world.folder, 'summary.md'), '# Before\n')
    const { exitCode, stdout } = await run({ GITHUB_STEP_SUMMARY: 'summary.md' })
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^::error file=policies\/gate\/[a-z-]+\.yaml,line=\d+,col=\d+,title=/)
    const markdown = await world.run(`gate ${UNDER} --format markdown`)
    expect(read('summary.md')).toBe(`# Before\n\n${markdown.stdout}`)
  })

  it('begins a summary that is not there or empty, and needs none', async () => {
    const markdown = await world.run(`gate ${UNDER} --format markdown`)
    await run({ GITHUB_STEP_SUMMARY: 'new.md' })
    expect(read('new.md')).toBe(markdown.stdout)
    for (const environment of [{}, { GITHUB_STEP_SUMMARY: '' }]) {
      expect((await run(environment)).exitCode).toBe(1)
    }
  })

  it('says where the summary can not be written', async () => {
    const absent = await run({ GITHUB_STEP_SUMMARY: 'none/summary.md' })
    expect([absent.exitCode, absent.stderr]).toEqual([2, expect.stringContaining('none')])
    const folder = await run({ GITHUB_STEP_SUMMARY: 'ledger' })
    expect(folder.exitCode).toBe(2)
  })

  it('is the only one that writes a summary', async () => {
    await run({ GITHUB_STEP_SUMMARY: 'other.md' }, 'markdown')
    expect(() => read('other.md')).toThrow('ENOENT')
  })
})

describe('an annotation', () => {
  it('is there for what blocks alone: a gate that is go has notices', async () => {
    const { stdout } = await world.run(`gate ${UNDER} --format github ${STAGING}`)
    expect(stdout).not.toContain('::error')
    expect(stdout).toContain('::notice')
  })
})
