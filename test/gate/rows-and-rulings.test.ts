// The table of docs/policy.md: every number is there once, with a policy in which lint finds nothing, and a command that shows what it says.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import type { Said } from '../cli/ledger-world.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { copyOf, type Expectation, FIXTURES, readExpectation } from './fixtures/fixture.ts'
import { listNearMisses, readNearMiss } from './fixtures/near-misses/case.ts'
import { askedOf as askedOfNearMiss, compose, composeBase } from './fixtures/near-misses/compose.ts'
import { readLiveEntries } from './fixtures/near-misses/live-entries.ts'
import {
  DECISIONS,
  readPlaybookExpectation,
  writePlaybookProject,
} from './fixtures/playbook/playbook-fixture.ts'
import { writeReadinessProject } from './fixtures/readiness.ts'
import { openFolder, openScene, type Scene } from './fixtures/scene.ts'

const ROWS = [3, 4, [6, 8], [12, 21], [23, 35]] as const
const RULINGS = [[25, 44]] as const

/** Numbers that no line of the table shows yet. One that is shown has to leave it. */
const NOT_YET: readonly string[] = []

/** Where a command is run: a fixture, `live` with what the owners of stages sign, a state of what a playbook is asked about, or a near miss. */
const NEAR = listNearMisses()
const FOLDERS: readonly string[] = [...FIXTURES, 'readiness', ...DECISIONS, ...NEAR]
type Folder = string

interface Line {
  readonly number: string
  readonly policy: string
  readonly command: string
  readonly folder: Folder
  readonly exitCode: number
  readonly shows: string
}

const LINE =
  /^\| (?<number>(?:row|ruling) \d+) \| [^|]+ \| `(?<policy>[^`]+)` \| `assay (?<command>[^`]+)` \| (?<folder>[a-z-]+) \| (?<exit>\d) \| `(?<shows>[^`]+)` \|$/gm

const LINES = Array.from(
  readFileSync(join(ROOT, 'docs/policy.md'), 'utf8').matchAll(LINE),
  ({ groups = {} }): Line => {
    const { number = '', policy = '', command = '', exit, shows = '' } = groups
    const { folder = '' } = groups
    if (!FOLDERS.includes(folder)) throw new Error(`Expected a folder, found ${folder}`)
    return { number, policy, command, folder, exitCode: Number(exit), shows }
  },
)

type Numbers = readonly (number | readonly [number, number])[]

function named(word: string, numbers: Numbers): readonly string[] {
  return numbers.flatMap((one) => {
    const [from, to] = typeof one === 'number' ? [one, one] : one
    return Array.from({ length: to - from + 1 }, (_, at) => `${word} ${from + at}`)
  })
}

it('every row and every ruling is shown by one line, or known to be shown by none yet', () => {
  const shown = LINES.map(({ number }) => number)
  expect([...shown, ...NOT_YET].toSorted()).toEqual(
    [...named('row', ROWS), ...named('ruling', RULINGS)].toSorted(),
  )
})

const scenes = new Map<Folder, Scene>()
const said = new Map<string, Promise<Said>>()

/** What of a ledger counts, and as of when. */
function asked(folder: Folder): Pick<Expectation, 'at' | 'head' | 'logKey'> {
  const decision = DECISIONS.find((name) => name === folder)
  if (decision !== undefined) {
    const { logKey, states } = readPlaybookExpectation()
    return { at: states[decision].at, head: `heads/${decision}`, logKey }
  }
  if (NEAR.includes(folder)) return askedOfNearMiss(readNearMiss(folder))
  return readExpectation(FIXTURES.find((name) => name === folder) ?? 'live')
}

/** Whenever it is asked, what was true then is told. */
const NOW = Date.parse(readExpectation('live').at)

/** The same command in the same folder says the same. */
function say(folder: Folder, command: string): Promise<Said> {
  const { at, head, logKey } = asked(folder)
  const under = `--policies policies --trust trust.json --log-key ${logKey} --at ${at} --head ${head}`
  const line = command
    .replace('$UNDER', under)
    .replace('$KEY', logKey)
    .replace('$RELEASE', RELEASE)
    .replace('$EARLIER', EARLIER)
  const key = `${folder} ${line}`
  const answer = said.get(key) ?? scenes.get(folder)?.run(line, NOW)
  if (answer === undefined) throw new Error(`Expected the folder ${folder}`)
  said.set(key, answer)
  return answer
}

const RELEASE = 'production__render_production_launch__v1.0.0__3003-1'

const EARLIER = 'production__render_production_launch__synthetic-proof-2026-04-10__20260410-post'

const WAIVER = [
  'check: gate.release_target.render_production_launch#audit-posture',
  'reason: The scanner is down',
  'owner: release-team',
  'expires: 2100-01-01T00:00:00Z',
  '',
].join('\n')

async function readNearMissBase() {
  const live = await readLiveEntries()
  return [live, await composeBase(live)] as const
}

beforeAll(async () => {
  for (const name of FIXTURES) if (name !== 'live') scenes.set(name, openFolder(copyOf(name)))
  scenes.set('readiness', openFolder(await writeReadinessProject()))
  const states = openFolder(await writePlaybookProject(makeTemporaryFolder('rows')))
  for (const decision of DECISIONS) scenes.set(decision, states)
  const [live, base] = await readNearMissBase()
  for (const name of new Set(LINES.map((line) => line.folder))) {
    if (!NEAR.includes(name)) continue
    scenes.set(name, await openScene(await compose(readNearMiss(name), base, live)))
  }
  const folder = copyOf('live')
  scenes.set('live', openFolder(folder))
  const advisories = join(ROOT, 'fixtures/advisories')
  cpSync(join(advisories, 'npm-audit.json'), join(folder, 'npm-audit.json'))
  cpSync(join(advisories, 'package-lock.json'), join(folder, 'web/package-lock.json'))
  const none = 'schema: assay/advisory-exceptions/v1\nexceptions: []\n'
  writeFileSync(join(folder, 'none.yaml'), none)
  writeFileSync(join(folder, 'waiver.yaml'), WAIVER)
  cpSync(join(folder, 'policies'), join(folder, 'cut'), { recursive: true })
  rmSync(join(folder, 'cut/canary'), { recursive: true })
  await say('live', 'key generate --out result --type ed25519 --unsafe-unencrypted')
  await say('live', 'key jwks result.pub.pem --out jwks.json')
}, 60_000)

describe('docs/policy.md', () => {
  it.each(LINES.map((line) => [line.number, line] as const))('%s', async (_, line) => {
    const { exitCode, stdout, stderr } = await say(line.folder, line.command)
    expect(stdout + stderr).toContain(line.shows)
    expect(exitCode, stderr).toBe(line.exitCode)
  })

  it('names policies that are there, and in whose folders lint finds nothing', async () => {
    const folders = new Set(LINES.map(({ policy }) => policy.split('/')[0] ?? ''))
    for (const folder of folders) {
      const { exitCode, stdout } = await say(
        'live',
        `policy lint ${join(ROOT, 'policies', folder)}`,
      )
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^0 findings in \d+ polic/)])
    }
    for (const { policy } of LINES) {
      expect(readFileSync(join(ROOT, 'policies', policy), 'utf8')).toMatch(/^kind: /m)
    }
  })
})
