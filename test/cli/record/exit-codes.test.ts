// One rule for all families: 0 where what is computed of the record is accepted, or is what the record says against its release; 1 where
// it was recorded and that is not so; 2 where nothing was recorded.

import { beforeAll, describe, expect, it } from 'vitest'
import { git } from '../../host/git-repository.ts'
import { createRecordWorld, FIRST, KNOWN, type RecordWorld, SIGNED } from './record-world.ts'

const POST = KNOWN.with(3, 'post-deploy-smoke-verified')
const MEMBERS = {
  'incident.yaml': 'incident: one\ntrigger: Alerts\nopenedAt: 2026-04-10T11:00:00Z\n',
  'ended.yaml':
    'incident: two\ntrigger: Alerts\nopenedAt: 2026-04-10T11:00:00Z\nfirstFailingControl: health\ncause: a\ncorrectiveAction: b\n',
  'review.yaml':
    'reviewedAt: 2026-04-09T10:00:00Z\nfindings: []\nscope: {tree: TREE, manifest: SUM, files: 2}\n',
  'open.yaml':
    'reviewedAt: 2026-04-09T10:00:00Z\nfindings: [{id: f1, severity: high, trustCritical: true, title: Hole, resolved: false}]\nscope: {tree: TREE, manifest: SUM, files: 2}\n',
  'certified.yaml':
    'certified: compatibility\nresults: [{name: node, result: passed}]\nnotBefore: 2026-04-01T00:00:00Z\nnotAfter: 2026-05-01T00:00:00Z\n',
  'uncertified.yaml':
    'certified: safety\nresults: [{name: node, result: failed}]\nnotBefore: 2026-04-01T00:00:00Z\nnotAfter: 2026-05-01T00:00:00Z\n',
  'tracking.yaml':
    'artifactName: render_staging_rollout_release_evidence_bundle\nartifactType: release-evidence-bundle\nbuildPipeline: build\nbuildTime: 2026-04-10T11:00:00Z\n',
  'other.yaml':
    'artifactName: web\nartifactType: archive\nbuildPipeline: build\nbuildTime: 2026-04-10T11:00:00Z\n',
  'none.yaml': 'provenance: []\nsboms: []\n',
  'pass.tap': 'TAP version 14\n1..1\nok 1 - adds\n',
  'fail.tap': 'TAP version 14\n1..1\nnot ok 1 - joins\n',
}

/** Who may sign what, so that each status can come about. */
async function createWorld(): Promise<RecordWorld> {
  const world = await createRecordWorld()
  for (const [name, text] of Object.entries(MEMBERS)) {
    world.write(name, text.replace('TREE', 'a'.repeat(40)).replace('SUM', 'b'.repeat(64)))
  }
  world.write('other/app.js', 'export { }\n')
  await world.run(['key', 'generate', '--out', 'robot', '--unsafe-unencrypted'])
  const add = ['trust', 'add-key', 'robot.pub.pem', '--name', 'robot', '--role', 'release']
  await world.run([...add, '--automation'])
  return world
}

const ROBOT = SIGNED.with(1, 'robot.key.pem')
const decide = (decision: string, scope = 'rollout') => [
  ...['approval', ...KNOWN, '--scope', scope, '--decision', decision, '--reason', 'so'],
  ...(decision === 'approve' ? ['--expires', '7d'] : []),
]
const waive = (check: string) => [
  ...['waiver', ...KNOWN, '--check', check, '--owner', 'o', '--reason', 'r', '--expires', '7d'],
]
const test = (name: string) => [
  ...['test-result', ...KNOWN, '--from', name, '--digest-of', 'configuration=none.yaml'],
]
const testCommit = (name: string) => [
  ...['test-result', '--commit', 'c'.repeat(40), '--from', name],
  ...['--digest-of', 'configuration=none.yaml'],
]
const withdraw = (...action: readonly string[]) => [
  ...['withdrawal', ...POST, '--action', ...action, '--urgency', 'soon', '--reason', 'r'],
]
const OLD = 'staging__render_staging_rollout__v1.1.0__4602-1'

describe('the exit code of a record', () => {
  let world: RecordWorld
  beforeAll(async () => {
    world = await createWorld()
    // The release is known from here on.
    await world.run(['record', ...waive('first'), ...FIRST.slice(4), ...SIGNED])
  })

  it.each<[string, number, readonly string[], (readonly string[])?]>([
    ['in-force', 0, waive('canary')],
    ['not-person', 1, waive('canary'), ROBOT],
    ['passed', 0, test('pass.tap')],
    ['failed', 1, test('fail.tap')],
    ['passed', 0, testCommit('pass.tap')],
    ['failed', 1, testCommit('fail.tap')],
    ['not-person', 1, decide('approve', 'canary'), ROBOT],
    // Nobody knows who built it.
    ['not-judged', 1, decide('approve')],
    ['rejected', 0, decide('reject')],
    ['bundle-generated', 0, ['tracking', ...KNOWN, '--from', 'tracking.yaml', ...tracked()]],
    ['contradictory', 1, ['tracking', ...KNOWN, '--from', 'other.yaml', ...tracked()]],
    ['snapshot-only', 0, ['attestation', ...KNOWN, '--from', 'none.yaml', ...tracked().slice(2)]],
    ['out-of-order', 1, ['promotion', ...KNOWN, ...entered()]],
    ['drift', 1, ['deployment', ...POST, '--observe', 'other', '--environment', 'staging']],
    ['tree-unknown', 1, ['review', ...KNOWN, '--from', 'review.yaml']],
    ['finding-open', 1, ['review', ...KNOWN, '--from', 'open.yaml']],
    ['certified', 0, ['certification', ...POST, '--from', 'certified.yaml', ...configured()]],
    ['failed', 1, ['certification', ...POST, '--from', 'uncertified.yaml', ...configured()]],
    ['open', 0, ['incident', ...POST, '--from', 'incident.yaml']],
    // It names what ran again, and that is not there.
    ['open', 1, ['incident', ...POST, '--from', 'ended.yaml', ...rerun()]],
    ['superseded', 0, withdraw('supersede', '--replacement', OLD.replace('v1.1.0', 'v1.3.0'))],
    ['withdrawn', 0, withdraw('withdraw')],
    // Nothing makes up for that.
    ['in-force', 1, waive('rollout')],
  ])('with the status %s is %i', async (status, code, args, signed = SIGNED) => {
    const { exitCode, document } = await world.ask(['record', ...args, ...signed])
    expect([document.problems, document.view?.status, exitCode]).toEqual([undefined, status, code])
    expect(document.bundleSha256).toHaveLength(64)
  })

  it('comes with a note that its release was withdrawn', async () => {
    const { stderr, document } = await world.ask(['record', ...waive('smoke'), ...SIGNED])
    expect(stderr).toContain('The release was withdrawn: "r", soon')
    expect(document.use).toMatchObject({ outcome: 'rejected', code: 'record/withdrawn' })
  })

  it('is 0 for a decision that counts, and 1 until enough people said the same', async () => {
    const own = await createWorld()
    const role = ['--name', 'approver', '--predicate-type', 'approval', '--threshold', '2']
    await own.run(['trust', 'add-role', ...role, '--distinct-from', 'release'])
    for (const name of ['rita', 'rob']) {
      await own.run(['key', 'generate', '--out', name, '--unsafe-unencrypted'])
      const person = ['--name', name, '--role', 'approver', '--person']
      await own.run(['trust', 'add-key', `${name}.pub.pem`, ...person])
    }
    own.write('.gitignore', '*\n')
    for (const words of ['init --quiet', 'add --force dist', 'commit --quiet --message one']) {
      git(own.folder, ...words.split(' '))
    }
    const first = FIRST.with(FIRST.length - 1, git(own.folder, 'rev-parse', 'HEAD'))
    await own.run(['snapshot', '.', '--out', 'snapshot.json'])
    const release = ['--release', 'v1.2.0', '--channel', 'staging', '--run', '4711-1']
    const target = ['--target', 'render_staging_rollout', '--snapshot', 'snapshot.json']
    const built = ['attest', 'provenance', '--set', 'dist', ...release, ...target]
    await own.run([...built, '--key', 'robot.key.pem', '--out', 'built.json'])
    await own.run(['ledger', 'append', 'built.json', '--trust', 'trust.json'])
    const commit = git(own.folder, 'rev-parse', 'HEAD')
    own.write('read.yaml', 'reviewedAt: 2026-04-09T10:00:00Z\nfindings: []\n')
    const review = [
      'record',
      'review',
      '--commit',
      commit,
      '--from',
      'read.yaml',
      '--checkout',
      '.',
    ]
    const reviewed = async () => (await own.ask([...review, ...ROBOT])).document.view?.status
    // No record says yet which release it is, and its provenance says what was built from the commit.
    expect(await reviewed()).toBe('reviewed')
    const tracking = ['record', 'tracking', ...first, '--from', 'tracking.yaml', ...tracked()]
    await own.run([...tracking, ...ROBOT, '--run'])
    own.write('read.yaml', 'reviewedAt: 2026-04-09T11:00:00Z\nfindings: []\n')
    const again = await own.ask([...review, ...ROBOT, '--run'])
    expect([again.document.view?.status, again.exitCode]).toEqual(['reviewed', 0])
    const codes: unknown[] = []
    for (const name of ['rita', 'rob']) {
      const signed = SIGNED.with(1, `${name}.key.pem`)
      const args = [...decide('approve'), ...signed]
      const { exitCode, document } = await own.ask(['record', ...args, '--run'])
      codes.push([document.view?.status ?? document.problems, exitCode])
    }
    expect(codes).toEqual([
      ['awaiting-quorum', 1],
      ['granted', 0],
    ])
  })

  it.each<[string, number, readonly string[]]>([
    ['tests that passed', 0, [...test('pass.tap'), '--out', 'a.json']],
    ['tests that failed', 1, [...test('fail.tap'), '--out', 'a.json']],
    ['a statement alone', 0, [...waive('canary'), '--dry-run']],
  ])('about which nothing is computed is that of what was observed: %s', async (_, code, args) => {
    const signed = ['--key', 'alice.key.pem', '--trust', 'trust.json']
    const about = ['--set', 'dist', '--source-revision', 'c'.repeat(40)]
    const { exitCode, document } = await world.ask(['record', ...args, ...about, ...signed])
    expect([document.problems, exitCode]).toEqual([undefined, code])
  })

  it.each<[string, readonly string[]]>([
    ['the trust document refuses it', SIGNED.with(1, 'stranger.key.pem')],
    ['there is no key', SIGNED.with(1, 'absent.pem')],
    ['there is no ledger', SIGNED.with(5, 'absent')],
  ])('is 2 where nothing was recorded: %s', async (_, signed) => {
    const before = world.ledger()
    const about = ['--set', 'dist', '--source-revision', 'c27d339ee6075c1f744c5d4b200f7901aad2c369']
    const { exitCode, document } = await world.ask([
      ...['record', ...waive('canary'), ...about, ...signed],
    ])
    expect([exitCode, document.bundleSha256]).toEqual([2, undefined])
    expect(world.ledger()).toEqual(before)
  })
})

function tracked(): readonly string[] {
  return ['--digest-of', 'snapshot=pass.tap', '--digest-of', 'innerManifest=none.yaml']
}

function entered(): readonly string[] {
  const matrix = ['--digest-of', 'compatibilityMatrix=none.yaml']
  return ['--enters', 'candidate-tested', '--from-stage', 'devnet', ...matrix]
}

function configured(): readonly string[] {
  return ['--digest-of', 'configuration=none.yaml']
}

function rerun(): readonly string[] {
  return ['--digest-of', 'passingRerun=none.yaml']
}
