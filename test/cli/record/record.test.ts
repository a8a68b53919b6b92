import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { DOCUMENT_SCHEMAS } from '../../../src/cli/document-schemas.ts'
import {
  createRecordWorld,
  type Document,
  FIRST,
  KNOWN,
  REVISION,
  type RecordWorld,
  SET_ID,
  SIGNED,
} from './record-world.ts'

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
})

const APPROVAL = [
  ...['--scope', 'rollout', '--decision', 'approve'],
  ...['--reason', 'Checks are green', '--expires', '14d'],
]

const codesOf = ({ problems = [] }: Document) =>
  problems.map(({ code, at }) => (at === undefined ? code : `${code} ${at}`))

describe('a record', () => {
  it('is signed, verified, appended, and judged among the others', async () => {
    const { exitCode, document } = await world.ask([
      'record',
      'approval',
      ...FIRST,
      ...APPROVAL,
      ...SIGNED,
    ])
    // Roles that say nothing of quorums can not grant anything: it is kept, and is not accepted.
    expect(exitCode).toBe(1)
    expect(z.safeParse(DOCUMENT_SCHEMAS.record, document).error).toBeUndefined()
    expect(document).toMatchObject({
      family: 'approval',
      subject: { kind: 'set', id: SET_ID },
      release: {
        gate: 'gate.release_target.render_staging_rollout',
        deploymentStage: 'staging',
        sourceRevision: REVISION,
        run: '4711-1',
      },
      index: 0,
      size: 1,
      standing: 'direct',
      scope: 'project',
      view: { status: 'not-judged', facts: { approver: 'alice', expires: '2026-04-24T12:00:00Z' } },
    })
    const files = [...world.ledger().keys()]
    expect(files).toContainEqual(expect.stringContaining(`${document.bundleSha256}.sigstore.json`))
  })

  it('has the release of the records before it, and a phase of its own', async () => {
    const phase = ['--release-id', SET_ID, '--phase', 'post-deploy-smoke-verified']
    const waiver = ['--check', 'canary', '--owner', 'team', '--reason', 'late', '--expires', '7d']
    const { document } = await world.ask(['record', 'waiver', ...phase, ...waiver, ...SIGNED])
    expect(document).toMatchObject({
      release: { sourceRevision: REVISION, phase: 'post-deploy-smoke-verified' },
      view: { status: 'in-force' },
    })
  })

  it('finds its release by the set, where the ledger has one release with it', async () => {
    const phase = ['--set', 'dist', '--phase', 'pre-deploy-candidate', '--dry-run']
    const known = ['--trust', 'trust.json', '--ledger', 'ledger']
    const { document } = await world.ask(['record', 'approval', ...phase, ...APPROVAL, ...known])
    expect(document.statement.subject[0]?.name).toBe(SET_ID)
  })

  it('of an adoptable family is generated: nobody has adopted it', async () => {
    const authority = ['--approval-reference', 'https://ci.example/runs/4711']
    const { document } = await world.ask(['record', 'authority', ...KNOWN, ...authority, ...SIGNED])
    expect(document).toMatchObject({
      standing: 'generated',
      scope: 'run',
      policy: 'release_approval_authority.render_staging_rollout.manual_dispatch',
      id: `${SET_ID}__pre_deploy_candidate__release_approval_authority.render_staging_rollout.manual_dispatch`,
      view: { status: 'local-manual-reference-only' },
    })
  })

  it('goes to a file instead, and from there into a ledger', async () => {
    const place = ['--key', 'alice.key.pem', '--trust', 'trust.json', '--out', 'approval.json']
    const { exitCode, document } = await world.ask([
      'record',
      'approval',
      ...FIRST,
      ...APPROVAL,
      ...place,
    ])
    expect([exitCode, document.out]).toEqual([0, 'approval.json'])
    const before = world.ledger().size
    const append = ['ledger', 'append', 'approval.json', '--trust', 'trust.json']
    expect(await world.run(append)).toMatchObject({ exitCode: 0 })
    expect(world.ledger().size).toBeGreaterThan(before)
  })

  it('of a dry run is the statement alone, and nothing is touched', async () => {
    const before = world.ledger()
    const dry = ['--dry-run', '--trust', 'trust.json', '--ledger', 'ledger']
    const { exitCode, stdout } = await world.run([
      'record',
      'approval',
      ...KNOWN,
      ...APPROVAL,
      ...dry,
    ])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      predicateType: 'urn:assay:predicate:approval:v1',
      predicate: {
        release: { sourceRevision: REVISION },
        mode: 'manual-dispatch-with-human-initiation',
      },
    })
    expect(world.ledger()).toEqual(before)
  })

  it('about a commit is about no release', async () => {
    world.write('ok.tap', 'TAP version 14\n1..1\nok 1 - builds\n')
    const args = ['--commit', REVISION, '--from', 'ok.tap', '--digest-of', 'configuration=ok.tap']
    const { document } = await world.ask(['record', 'test-result', ...args, ...SIGNED])
    expect(document).toMatchObject({ subject: { kind: 'commit', commit: REVISION } })
    expect(document.release).toBeUndefined()
  })
})

describe('nothing is recorded', () => {
  const approve = (more: readonly string[]) => ['record', 'approval', ...more]

  it.each([
    ['without a place', [...KNOWN, ...APPROVAL], 'cli/usage'],
    [
      'without a trust document',
      [...KNOWN, ...APPROVAL, '--key', 'alice.key.pem', '--ledger', 'ledger'],
      'cli/usage',
    ],
    ['with two places', [...KNOWN, ...APPROVAL, ...SIGNED, '--out', 'x.json'], 'cli/usage'],
    ['about nothing', [...APPROVAL, ...SIGNED], 'cli/usage'],
    [
      'about a set that no release has',
      ['--set', 'policies', '--phase', 'pre-deploy-candidate', ...APPROVAL, ...SIGNED],
      'cli/usage',
    ],
    ['without a phase', ['--release-id', SET_ID, ...APPROVAL, ...SIGNED], 'cli/usage'],
    [
      'without a key',
      [...KNOWN, ...APPROVAL, '--trust', 'trust.json', '--ledger', 'ledger'],
      'cli/usage',
    ],
    [
      'of another gate than the ledger has',
      [...KNOWN, ...APPROVAL, ...SIGNED, '--gate', 'gate.release_target.other'],
      'cli/record-release --gate',
    ],
    [
      'of another set than the ledger has',
      [...KNOWN, ...APPROVAL, ...SIGNED, '--set', 'policies'],
      'cli/record-release --set',
    ],
    [
      'of another commit than the ledger has',
      [...KNOWN, ...APPROVAL, ...SIGNED, '--source-revision', REVISION.replace('c', 'd')],
      'cli/record-release --source-revision',
    ],
    [
      'of another stage than the policies have',
      [...FIRST, ...APPROVAL, '--dry-run', '--stage', 'production'],
      'cli/record-release --stage',
    ],
    [
      'by a channel that its gate does not have',
      [
        ...['--release-id', SET_ID.replace('staging', 'canary'), '--phase', 'pre-deploy-candidate'],
        ...['--set', 'dist', '--source-revision', REVISION, ...APPROVAL, '--dry-run'],
      ],
      'cli/record-release --release-id',
    ],
    [
      'for an evidence definition that is not there',
      [...KNOWN, ...APPROVAL, ...SIGNED, '--evidence', 'evidence.none'],
      'cli/record-policy --evidence',
    ],
    [
      'without a member that its family has',
      [...KNOWN, '--scope', 'rollout', '--decision', 'reject', ...SIGNED],
      'record/member --reason',
    ],
  ])('%s', async (_, args, expected) => {
    const before = world.ledger()
    const { exitCode, document } = await world.ask(approve(args))
    expect([exitCode, codesOf(document)]).toEqual([2, [expected]])
    expect(world.ledger()).toEqual(before)
  })

  it('of what is written wrong, which is told by line and column', async () => {
    const before = world.ledger()
    const ask = async (name: string, text: string, more: readonly string[] = []) => {
      world.write(name, text)
      const { document } = await world.ask(approve([...KNOWN, '--from', name, ...more, ...SIGNED]))
      return codesOf(document)
    }
    expect(await ask('a.yaml', 'scope: rollout\nscope: launch\n')).toEqual([
      'yaml/duplicate-key "a.yaml", line 2, column 1',
    ])
    expect(await ask('a.yaml', 'scope: rollout\nstatus: good\n')).toEqual([
      'record/judgement "a.yaml", line 2, column 1',
    ])
    const wrong = '{"scope":"rollout","decision":"reject",\n "reason":7,\n "mood":"good"}'
    expect(await ask('a.json', wrong)).toEqual([
      'record/member "a.json", line 2, column 2',
      'record/member "a.json", line 3, column 2',
    ])
    expect(await ask('a.yaml', '- scope\n')).toEqual([
      'cli/record-member "a.yaml", line 1, column 1',
    ])
    expect(await ask('a.yaml', 'release: {}\n')).toEqual([
      'cli/record-member "a.yaml", line 1, column 1',
    ])
    expect(await ask('a.yaml', 'scope: rollout\n', ['--scope', 'launch'])).toEqual([
      'cli/record-member --scope',
    ])
    expect(world.ledger()).toEqual(before)
  })

  it('by somebody whom the trust document does not know', async () => {
    const before = world.ledger()
    const stranger = ['--key', 'stranger.key.pem', '--trust', 'trust.json']
    for (const place of [
      ['--ledger', 'ledger'],
      ['--out', 'strange.json'],
    ]) {
      const args = approve([...FIRST, ...APPROVAL, ...stranger, ...place])
      const { exitCode, document } = await world.ask(args)
      expect(exitCode).toBe(2)
      expect(document.verdict).toMatchObject({ outcome: 'rejected' })
      expect(z.safeParse(DOCUMENT_SCHEMAS.record, document).error).toBeUndefined()
    }
    expect(world.ledger()).toEqual(before)
    expect(() => world.read('strange.json')).toThrow('ENOENT')
  })

  it('under a policy that nobody chose from several, or that is not there', async () => {
    const before = world.ledger()
    const id = 'production__render_production_launch__v1.2.0__4720-1'
    const args = [
      ...['record', 'attestation', '--release-id', id, '--phase', 'pre-deploy-candidate'],
      ...['--set', 'dist', '--source-revision', REVISION, '--from', 'empty.yaml'],
      ...['--digest-of', 'innerManifest=ok.tap'],
    ]
    world.write('empty.yaml', 'provenance: []\nsboms: []\n')
    const several = await world.ask([...args, ...SIGNED])
    expect([several.exitCode, codesOf(several.document)]).toEqual([
      2,
      ['cli/record-policy --policy'],
    ])
    expect(several.document.problems?.[0]?.hint).toContain('bundle_lineage_snapshot')
    const absent = await world.ask([...args, ...SIGNED, '--policy', 'release_smoke_verification.x'])
    expect(codesOf(absent.document)).toEqual(['cli/record-policy --policy'])
    expect(world.ledger()).toEqual(before)
    const chosen = 'release_attestation_artifact.render_production_launch.bundle_lineage_snapshot'
    expect(await world.run([...args, ...SIGNED, '--policy', chosen])).toMatchObject({ exitCode: 1 })
    // Now two releases have the set.
    const either = ['--set', 'dist', '--phase', 'pre-deploy-candidate', ...APPROVAL, ...SIGNED]
    const { document } = await world.ask(approve(either))
    expect([codesOf(document), document.problems?.[0]?.hint]).toEqual([
      ['cli/usage'],
      `The ledger has the set in ${SET_ID}, ${id}`,
    ])
  })
})
