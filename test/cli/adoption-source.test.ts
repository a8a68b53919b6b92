// What a source of an adoption is held against besides its head: the policies of its run, its entries, and what reviewers said before.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkOutcome } from '../../src/cli/record/adoption/outcome.ts'
import { readProject, readRelease } from '../../src/cli/record/adoption/project.ts'
import { parseCandidate, verifyRecord } from '../../src/record/index.ts'
import { digestOf } from '../verify/release.ts'
import { createTestHost } from '../host/test-host.ts'
import {
  applying,
  COMMON,
  copyOf,
  createAdoptionWorld,
  PRE,
  proposing,
  REVISION,
  reviewing,
  RUN,
  SET_ID,
  sizeOf,
  write,
} from './adoption-world.ts'
import { type LedgerWorld, NOW } from './ledger-world.ts'

let world: LedgerWorld
const at = (...path: readonly string[]) => join(world.folder, ...path)

beforeAll(async () => {
  world = await createAdoptionWorld()
}, 120_000)

/** The first bundle of the run of which this holds. */
function bundleOf(
  word: string,
  ledger = 'run',
): { readonly sha256: string; readonly text: string } {
  for (const path of readdirSync(at(ledger, 'records'), { recursive: true }).map(String)) {
    if (!path.endsWith('.json')) continue
    const text = readFileSync(at(ledger, 'records', path), 'utf8')
    const { dsseEnvelope } = JSON.parse(text) as Bundle
    const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString()
    if (payload.includes(word)) return { sha256: path.slice(3, 67), text }
  }
  throw new Error(`No record has ${word}`)
}

interface Bundle {
  readonly dsseEnvelope: { readonly payload: string }
}

function indented(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 1)
}

describe('The policies of a run', () => {
  it('are brought with its folder, and are not those of the project unasked', async () => {
    const line = proposing('run', 'x.json').replace('--source-policies policies ', '')
    const judged = await world.judge(line)
    expect(judged).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    expect(judged.text).toContain('--source-policies')
    const absent = proposing('run', 'x.json').replace(
      '--source-policies policies',
      '--source-policies none',
    )
    expect(await world.judge(absent)).toMatchObject({ exitCode: 2, codes: ['host/file-missing'] })
    expect(await world.judge(proposing('run', 'x.json'))).toMatchObject({ exitCode: 0 })
  })

  it('are held against those of the project, and signed as those of the run', async () => {
    const [ledger, policies] = [copyOf(world, 'ledger'), copyOf(world, 'policies')]
    const path = at(policies, 'tracking/render-staging-rollout.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('title: ', 'title: Before, '))
    const theirs = RUN.replace('policies policies', `policies ${policies}`)
    const propose = `record adoption propose run ${COMMON} ${theirs} --phase ${PRE} --out moved.json`
    expect((await world.run(propose)).stdout).toContain('policy moved: release_tracking_policy')
    const review = `record adoption review moved.json --from run ${COMMON} ${theirs}`
    await world.done(`${review} --decision adopt --key rita.key.pem --out moved-review.json`)
    const changes = { candidate: 'moved.json', reviews: ['moved-review.json'] }
    const judged = await world.judge(applying(ledger, { ...changes, run: theirs }))
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/policies-moved']])
    // Others than the candidate names are no way around it.
    const others = await world.judge(applying(ledger, changes))
    expect(others.codes).toEqual(['record/adoption-source', 'record/policies-moved'])
    expect(await sizeOf(world, ledger)).toBe(0)
    await world.done(applying(ledger))
  })
})

describe('A refusal', () => {
  it('stands against the same records out of a run with another head, and the sheet shows it', async () => {
    const [ledger, run] = [copyOf(world, 'ledger'), copyOf(world, 'run')]
    await world.done(reviewing('rob', 'no.json', '--decision refuse --note Never'))
    await world.done(`ledger append no.json --ledger ${ledger} --trust trust.json`)
    // Whoever has no key can append a record again in another bundle.
    write(world, 'copy.json', indented(bundleOf('predicate:tracking:v1').text))
    await world.done(`ledger append copy.json --ledger ${run} --trust trust.json`)
    await world.done(proposing(run, 'again.json'))
    const review = `record adoption review again.json --from ${run} ${COMMON} ${RUN} --ledger ${ledger}`
    expect((await world.run(review)).stdout).toMatch(
      /refused {2}by rob before, in\s+\w{64}:\s+Never/,
    )
    const { sheet } = JSON.parse((await world.judge(review)).text) as Sheeted
    expect(sheet.refusals).toMatchObject([{ reviewer: 'rob', note: 'Never' }])
    await world.done(`${review} --decision adopt --key rita.key.pem --out again-rita.json`)
    const changes = { from: run, candidate: 'again.json' }
    const judged = await world.judge(applying(ledger, { ...changes, reviews: ['again-rita.json'] }))
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/rejection']])
    expect(await sizeOf(world, ledger)).toBe(1)
    await world.done(`${review} --decision adopt --key rob.key.pem --out again-rob.json`)
    const both = ['again-rita.json', 'again-rob.json']
    await world.done(applying(ledger, { ...changes, reviews: both }))
  })
})

interface Sheeted {
  readonly sheet: { readonly refusals: readonly object[] }
}

describe('An entry that is not of its record', () => {
  const OTHER = SET_ID.replace('v1.2.0__4711-1', 'v9.9.9__4799-1')

  /** The ledger, and the tracking record of the run under an entry of another release. */
  async function misplacedIn(ledger: string): Promise<string> {
    const { text, sha256 } = bundleOf('predicate:tracking:v1')
    const store = await createTestHost(world.folder, { now: NOW }).host.openLedger(ledger)
    const bytes = Buffer.from(ledger.startsWith('run') ? indented(text) : text)
    const entry = {
      sha256: ledger.startsWith('run') ? digestOf(bytes) : sha256,
      predicateType: 'urn:assay:predicate:tracking:v1',
      release: OTHER,
    }
    expect(await store.append([{ bytes, entry }])).toMatchObject({ ok: true })
    return ledger
  }

  it('makes a run no source, as an audit refuses it', async () => {
    const run = await misplacedIn(copyOf(world, 'run'))
    const judged = await world.judge(proposing(run, 'x.json'))
    expect([judged.exitCode, judged.codes]).toEqual([1, ['cli/ledger-record']])
    const audit = `audit ${run} ${COMMON} --run --unsafe-unsigned`
    expect((await world.judge(audit)).codes).toContain('cli/ledger-record')
    expect(await world.judge(proposing('run', 'x.json'))).toMatchObject({ exitCode: 0 })
  })

  it('is no word about the release that it names, for whoever records about that', async () => {
    const ledger = await misplacedIn(copyOf(world, 'ledger'))
    const waive = `record waiver --phase ${PRE} ${COMMON} --check c --owner o --reason r --expires 7d --key ci.key.pem --ledger ${ledger}`
    const about = `--release-id ${OTHER} --set dist --source-revision ${REVISION}`
    const said = await world.run(`${waive} ${about}`)
    expect(said.stderr).toContain('Not accepted, and counted nowhere: 1 record')
    expect(said.stderr).toContain('is not the one that its entry names')
    const own = copyOf(world, 'run')
    const line = `${waive.replace(ledger, own)} --run --release-id ${SET_ID}`
    expect((await world.run(line)).stderr).not.toContain('counted nowhere')
  })
})

describe('What an adoption would come to', () => {
  it('is not accepted where the adoption itself would not be among the records', async () => {
    const ledger = copyOf(world, 'ledger')
    const { host } = createTestHost(world.folder, { now: NOW })
    const flags = { ledger, trust: 'trust.json', policies: 'policies', format: 'text' } as const
    const asked = async () => {
      const project = await readProject(host, flags)
      const candidate = parseCandidate(readFileSync(at('candidate.json')))
      if (!project.ok || !candidate.ok) throw new Error('The world has a project and a candidate')
      const release = await readRelease(project.value, candidate.value, { files: [] })
      if (!release.ok) throw new Error('The ledger can be read')
      const recordOf = (text: string) => {
        const { record } = verifyRecord(Buffer.from(text), project.value.request)
        if (record?.kind !== 'record') throw new Error('The adoption is accepted')
        return record
      }
      return { release: release.value, recordOf }
    }
    await world.done(applying(ledger))
    const { text } = bundleOf('"adoptedRecords"', ledger)
    const { release, recordOf } = await asked()
    const codesOf = (bundle: string) =>
      checkOutcome(release, [], recordOf(bundle)).flatMap(({ code }) => code ?? [])
    expect(codesOf(text)).toEqual([])
    // The ledger has this act of signing in another bundle already: this one would count nowhere.
    expect(codesOf(indented(text))).toEqual(['record/missing'])
  })
})
