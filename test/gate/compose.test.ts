// `node test/gate/fixtures/compose.ts CASE OUT`: a project as a folder, and the commands that ask about it, which say what its expectation says.

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { DECISIONS, readPlaybookExpectation } from './fixtures/playbook/playbook-fixture.ts'
import { readNearMiss } from './fixtures/near-misses/case.ts'
import { openFolder } from './fixtures/scene.ts'

/** A day on which somebody may ask: before the time that near misses are asked about, and after that of a playbook. */
const NOW = Date.parse('2030-01-01T00:00:00Z')
const folder = makeTemporaryFolder('composed')
afterAll(() => rmSync(folder, { recursive: true }))

function compose(...words: readonly string[]) {
  const script = join(ROOT, 'test/gate/fixtures/compose.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
    encoding: 'utf8',
  })
  return { status, lines: stdout.split('\n').slice(0, -1), stderr }
}

/** Runs what it printed. */
async function ask(out: string, lines: readonly string[]) {
  const [first, ...commands] = lines
  expect(first).toBe(`cd ${out}`)
  const scene = openFolder(out)
  return Promise.all(commands.map((line) => scene.run(line.replace(/^assay /, ''), NOW)))
}

describe('compose.ts', () => {
  it('writes a near miss, and how to ask about it', async () => {
    const name = 'launch-approved-by-one'
    const out = join(folder, name)
    const { status, lines } = compose(name, out)
    expect(status).toBe(0)
    const [said, ...others] = await ask(out, lines)
    expect([said?.exitCode, others]).toEqual([1, []])
    const blockers = said?.stdout
      .match(/^ {2}[a-z]+ +\S+#\S+$/gm)
      ?.map((line) => line.split(' ').at(-1))
    expect(blockers).toEqual(Object.keys(readNearMiss(name).expect.blockers))
    expect(readFileSync(join(out, 'expect.json'), 'utf8')).toContain(readNearMiss(name).title)
  })

  it('writes the release of the playbook, and how to ask about each of its states', async () => {
    const out = join(folder, 'playbook')
    const { status, lines } = compose('production-readiness', out)
    expect(status).toBe(0)
    const { states } = readPlaybookExpectation()
    const codes = (await ask(out, lines)).map(({ exitCode }) => exitCode)
    expect(codes).toEqual(DECISIONS.map((decision) => states[decision].exitCode))
  })

  it('writes a release that may go on through every stage, and how to ask about it', async () => {
    const out = join(folder, 'readiness')
    const { status, lines } = compose('deployment-readiness', out)
    expect(status).toBe(0)
    const [said, ...others] = await ask(out, lines)
    expect([said?.exitCode, others]).toEqual([0, []])
    expect(said?.stdout.match(/^continue /gm)).toHaveLength(5)
  })

  it('writes no case that is not there, and into no folder that is', () => {
    const unknown = compose('nothing', join(folder, 'nothing'))
    expect(unknown.status).toBe(2)
    expect(unknown.stderr).toContain('launch-approved-by-one\n')
    const taken = compose('production-readiness', folder)
    expect(taken).toMatchObject({ status: 2, lines: [] })
    expect(taken.stderr).toContain('Expected a folder that is not there yet')
  })
})
