// A record on its way: composed, previewed, saved, given to review; and made by a person in the end.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/index.ts'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { goldenRecord } from '../../record/golden-record.ts'
import { fileOf } from '../../record/signed.ts'
import { put } from '../audit-world.ts'
import { openGateWorld, STAGING } from '../gate/gate-world.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { PRE, RELEASE } from '../project-world.ts'
import { DRAFTER, draftOf, exampleOf } from './draft-records.ts'

const UNDER = '--ledger ledger --trust trust.json --policies policies'
const ABOUT = `--release-id ${RELEASE.id} --phase ${PRE}`
const SIGN = '--trust trust.json --key drafts.key.pem'
const COMPOSE = `draft compose waiver --from waiver.yaml ${ABOUT} ${UNDER}`
const WAIVER = [
  'check: gate.release_target.render_staging_rollout#scanner',
  'reason: The scanner is down',
  'owner: release-team',
  'expires: 2026-05-01T00:00:00Z',
  '',
].join('\n')

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
  put(world, 'waiver.yaml', WAIVER)
  await world.done('key generate --out drafts --type ed25519 --unsafe-unencrypted')
  await world.done('trust add-role --name self-service --draft')
  await world.done('trust add-key drafts.pub.pem --name drafts --role self-service')
  const trust = JSON.parse(read('trust.json')) as { keys: object[] }
  trust.keys.push(DRAFTER)
  put(world, 'trust.json', JSON.stringify(trust))
  await world.done(`${COMPOSE} --out draft.json`)
  await world.done(`draft save draft.json ${SIGN} --out saved.json`)
}, 60_000)

const read = (name: string) => readFileSync(join(world.folder, name), 'utf8')
const documentOf = async (line: string) => {
  const { exitCode, text, codes } = await world.judge(line)
  return { exitCode, codes, document: JSON.parse(text) as JsonObject }
}

describe('assay draft compose', () => {
  it('makes what assay record would sign, and says that nobody has', async () => {
    const line = COMPOSE.replace('draft compose', 'record')
    const { document } = await documentOf(`${line} --dry-run`)
    const { statement } = JSON.parse(read('draft.json')) as { statement: JsonObject }
    expect(statement).toEqual(document['statement'])
    const said = await world.run(COMPOSE)
    expect(said).toMatchObject({ exitCode: 0, stdout: read('draft.json') })
    expect(said.stderr).toContain('A draft: nobody has signed it, and it counts nowhere')
  })

  it.each([
    ['a judgement', 'status: approved\n', ['record/judgement']],
    ['a secret', 'title: ghp_abcdefghijklmnopqrstuvwxyz0123456789\n', ['record/member']],
  ])('refuses %s', async (_, text, codes) => {
    put(world, 'wrong.yaml', `${WAIVER}${text}`)
    const judged = await world.judge(COMPOSE.replace('waiver.yaml', 'wrong.yaml'))
    expect(judged).toMatchObject({ exitCode: 2, codes })
  })

  it('takes families that there are', async () => {
    const { exitCode, stderr } = await world.run(COMPOSE.replace('waiver', 'wish'))
    expect([exitCode, stderr.includes('approval')]).toEqual([2, true])
  })

  it('refuses what assay record refuses, and writes where it can', async () => {
    const wrong = await world.judge('draft compose waiver --from waiver.yaml')
    expect(wrong).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    expect((await world.run(`${COMPOSE} --out none/at/all.json`)).exitCode).not.toBe(0)
  })
})

describe('assay draft save', () => {
  it('is for whoever drafts, and for drafts', async () => {
    const other = await world.judge(
      'draft save draft.json --trust trust.json --key log.key.pem --out x.json',
    )
    expect(other).toMatchObject({ exitCode: 2 })
    expect(other.codes).toEqual(['cli/draft', 'verify/key-unknown'])
    const { document } = await documentOf(`draft save draft.json ${SIGN} --out saved.json`)
    expect(document).toMatchObject({ schema: 'assay/draft-saved/v1', family: 'waiver' })
    const twice = await world.judge(`draft save saved.json ${SIGN} --out x.json`)
    expect(twice).toMatchObject({ exitCode: 2, codes: ['record/draft-format'] })
  })

  it.each([
    ['no JSON', '{', 'core/json-syntax'],
    ['another document', '{"schema":"assay/draft/v1"}', 'record/draft-format'],
    [
      'another family',
      (text: string) => text.replace('"family": "waiver"', '"family": "canary"'),
      'record/draft-format',
    ],
    [
      'no statement',
      '{"schema":"assay/draft/v1","family":"waiver","statement":{}}',
      'statement/type',
    ],
    [
      'no record',
      (text: string) =>
        text.replace('urn:assay:predicate:waiver:v1', 'https://slsa.dev/provenance/v1'),
      'record/family',
    ],
    ['members of its own', (text: string) => text.replace('"owner"', '"keeper"'), 'record/member'],
    [
      'another subject',
      (text: string) => text.replace(/"name": "staging__/, '"name": "production__'),
      'record/subject',
    ],
    [
      'a secret',
      (text: string) => text.replace('The scanner is down', `ghp_${'a1'.repeat(18)}`),
      'statement/secret',
    ],
  ])('refuses a draft of %s', async (_, change, code) => {
    put(world, 'changed.json', typeof change === 'string' ? change : change(read('draft.json')))
    const judged = await world.judge(`draft save changed.json ${SIGN} --out x.json`)
    expect([judged.exitCode, judged.codes.includes(code), judged.codes]).toEqual([
      2,
      true,
      judged.codes,
    ])
  })
})

describe('assay draft request-review', () => {
  const REQUEST = `draft request-review saved.json --role release --reason new ${SIGN} --out review.json`

  it('names the saved draft, and what would be signed, by digest', async () => {
    const { document } = await documentOf(REQUEST)
    const { draftSha256 } = (await documentOf(`draft save draft.json ${SIGN} --out again.json`))
      .document
    expect(document).toMatchObject({
      schema: 'assay/review-request/v1',
      role: 'release',
      draftSha256,
    })
    expect(
      await world.judge('ledger append review.json --ledger ledger --trust trust.json'),
    ).toMatchObject({
      exitCode: 1,
      codes: ['record/draft'],
    })
  })

  it.each([
    ['a role that nobody declared', REQUEST.replace('release', 'nobody'), 'cli/usage'],
    ['a role of drafts', REQUEST.replace('release', 'self-service'), 'cli/usage'],
    ['a draft that nobody saved', REQUEST.replace('saved', 'draft'), 'cli/draft'],
    ['a request', REQUEST.replace('saved', 'review'), 'record/draft-format'],
    [
      'a secret in the reason',
      REQUEST.replace('new', `ghp_${'a1'.repeat(18)}`),
      'statement/secret',
    ],
    [
      'a draft of somebody who signs for production',
      REQUEST.replace('saved', 'by-release'),
      'record/draft-signer',
    ],
    ['a signer who does not draft', REQUEST.replace('drafts.key', 'log.key'), 'cli/draft'],
    ['a draft that is not there', REQUEST.replace('saved', 'none'), 'host/file-missing'],
  ])('refuses %s', async (_, line, code) => {
    put(world, 'by-release.json', fileOf(draftOf(APPROVAL), 'release'))
    await world.run(REQUEST)
    const judged = await world.judge(line)
    expect([judged.exitCode, judged.codes.includes(code)]).toEqual([2, true])
  })

  it('refuses a bundle that names another draft, or holds none', async () => {
    const statement = draftOf(APPROVAL)
    const others = [
      { ...statement, subjects: [{ name: 'draft', digest: { sha256: '0'.repeat(64) } }] },
      { ...statement, predicate: {} },
      { ...statement, predicate: { draft: 'none' } },
    ]
    for (const other of others) {
      put(world, 'other.json', fileOf(other, 'other'))
      const judged = await world.judge(REQUEST.replace('saved', 'other'))
      expect([judged.exitCode, judged.codes]).toEqual([
        2,
        expect.arrayContaining(['cli/draft', 'record/draft-format']),
      ])
    }
  })
})

describe('assay draft preview', () => {
  const PREVIEW = `draft preview draft.json --as alice ${UNDER}`

  it('says on every line that nothing of it is true, and never ends with 0', async () => {
    const { exitCode, stdout } = await world.run(PREVIEW)
    expect(exitCode).toBe(1)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.filter((line) => !line.startsWith('hypothetical: '))).toEqual([])
    expect(stdout).toContain(`hypothetical: ${STAGING} would be `)
    const { document } = await documentOf(PREVIEW)
    expect(document).toMatchObject({ hypothetical: true, as: 'alice', family: 'waiver' })
    expect(document['outcome']).toBeUndefined()
  })

  it('is the same of a saved draft, and leaves the ledger as it was', async () => {
    const before = read('ledger/head')
    const { document } = await documentOf(PREVIEW)
    const saved = await documentOf(PREVIEW.replace('draft.json', 'saved.json'))
    const { wouldBe } = saved.document as { wouldBe: { gates: JsonObject[] } }
    expect(wouldBe.gates).toEqual((document as { wouldBe: { gates: JsonObject[] } }).wouldBe.gates)
    expect(read('ledger/head')).toBe(before)
  })

  it('shows that nothing would come of it where whoever drafts signed', async () => {
    const { document, codes } = await documentOf(PREVIEW.replace('alice', 'drafts'))
    expect(codes).toContain('verify/draft-signer')
    expect(document).toMatchObject({ wouldBe: { gates: [] } })
  })

  it.each([
    ['somebody whom nobody knows', PREVIEW.replace('alice', 'nobody'), 'cli/usage'],
    ['no draft', PREVIEW.replace('draft.json', 'waiver.yaml'), 'cli/draft'],
    ['a draft that is not there', PREVIEW.replace('draft.json', 'none.json'), 'host/file-missing'],
    ['no ledger', PREVIEW.replace('--ledger ledger', '--ledger none'), 'host/ledger-missing'],
    ['no trust', PREVIEW.replace('trust.json', 'none.json'), 'host/file-missing'],
    ['no policies', PREVIEW.replace('policies policies', 'policies none'), 'host/file-missing'],
  ])('refuses %s', async (_, line, code) => {
    const judged = await world.judge(line)
    expect([judged.exitCode, judged.codes.includes(code)]).toEqual([2, true])
  })

  it('judges without gates where there are no policies, and a record about a commit', async () => {
    const { document } = await documentOf(PREVIEW.replace(' --policies policies', ''))
    expect(document).toMatchObject({ wouldBe: { gates: [] } })
    const { about } = goldenRecord(APPROVAL)
    expect(about.kind).toBe('set')
    put(
      world,
      'commit.yaml',
      'result: PASSED\nconfiguration: [{digest: {sha256: "' +
        '0'.repeat(64) +
        '"}}]\npassedTests: [unit]\n',
    )
    await world.done(
      `draft compose test-result --from commit.yaml --commit ${'c'.repeat(40)} ${UNDER} --out commit.json`,
    )
    const judged = await documentOf(PREVIEW.replace('draft.json', 'commit.json'))
    expect(judged.document).toMatchObject({ family: 'test-result', hypothetical: true })
  })
})

describe('promotion', () => {
  it('is a record of its own, by a key of production', async () => {
    await world.done('key generate --out person --type ed25519 --unsafe-unencrypted')
    await world.done('trust add-key person.pub.pem --name person --role release --person')
    world.copy('ledger', 'promoted')
    const record = COMPOSE.replace('draft compose', 'record').replace(
      'ledger ledger',
      'ledger promoted',
    )
    const drafted = await world.judge(`${record} --key drafts.key.pem`)
    expect(drafted).toMatchObject({ exitCode: 2 })
    expect(drafted.codes).toContain('verify/draft-signer')
    expect((await world.run(`${record} --key person.key.pem`)).exitCode).toBeLessThan(2)
    expect(read('promoted/head')).not.toBe(read('ledger/head'))
    expect(exampleOf(APPROVAL).predicateType).toBe('urn:assay:predicate:approval:v1')
  })
})
