import { beforeAll, describe, expect, it } from 'vitest'
import { git } from '../../host/git-repository.ts'
import { startServer } from '../../host/network/misbehaving-server.ts'
import {
  codeOf,
  createRecordWorld,
  type Document,
  FIRST,
  KNOWN,
  REVISION,
  type RecordWorld,
  SET_ID,
  SIGNED,
  type Statement,
} from './record-world.ts'

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
})

/** The statement of the record, as the ledger has it. */
function statementOf({ bundleSha256 }: Document): Statement {
  const [, content = ''] = [...world.ledger()].find(([path]) => path.includes(bundleSha256)) ?? []
  const { dsseEnvelope } = JSON.parse(content) as { dsseEnvelope: { payload: string } }
  return JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()) as Statement
}

describe('assay record deployment', () => {
  const observe = (path: string) =>
    world.ask([
      ...['record', 'deployment', ...FIRST.with(3, 'post-deploy-smoke-verified')],
      ...['--observe', path, '--environment', 'staging', ...SIGNED],
    ])

  it('observes that the release is there', async () => {
    const { exitCode, document } = await observe('dist')
    // It is the set, and the records of the candidate do not stand before it.
    expect([exitCode, document.view.status]).toEqual([1, 'records-not-before'])
    expect(statementOf(document).predicate).toMatchObject({
      target: 'render_staging_rollout',
      environment: 'staging',
      observedSet: document.subject.digest,
      observedBy: { method: 'files' },
      observedAt: '2026-04-10T12:00:00Z',
    })
  })

  it('observes it by a manifest that was made where it runs', async () => {
    await world.run(['digest', 'dist', '--out', 'SHA256SUMS'])
    const { document } = await observe('SHA256SUMS')
    expect(statementOf(document).predicate['observedBy']).toEqual({ method: 'manifest' })
  })

  it('says the ring that it was opened to, where it is that of a canary', async () => {
    const post = FIRST.with(3, 'post-deploy-smoke-verified')
    const seen = ['--observe', 'dist', '--environment', 'staging', '--ring', 'insiders']
    const { document } = await world.ask(['record', 'deployment', ...post, ...seen, ...SIGNED])
    expect(statementOf(document).predicate).toMatchObject({ ring: 'insiders' })
  })

  it('records what else is there, and ends with 1', async () => {
    world.write('live/app.js', 'export {}\n')
    world.write('live/extra.js', 'export {}\n')
    const { exitCode, document } = await observe('live')
    expect(exitCode).toBe(1)
    expect(document.view.status).toBe('drift')
    expect(statementOf(document).predicate['observedSet']).not.toBe(document.subject.digest)
  })
})

describe('assay record test-result', () => {
  const about = ['--commit', REVISION, '--digest-of', 'configuration=config.json']
  const report = (names: readonly string[], more: readonly string[] = []) =>
    world.ask([
      ...['record', 'test-result', ...about, ...names.flatMap((name) => ['--from', name])],
      ...[...more, ...SIGNED],
    ])

  beforeAll(() => {
    world.write('config.json', '{}')
    world.write('good.tap', 'TAP version 14\n1..2\nok 1 - adds\nok 2 - joins\n')
    world.write(
      'bad.xml',
      '<testsuite name="s"><testcase classname="s" name="adds"/><testcase classname="s" name="joins"><failure/></testcase></testsuite>',
    )
    world.write('none.tap', 'TAP version 14\n1..0\n')
  })

  it('records what passed', async () => {
    const { exitCode, document, stderr } = await report(['good.tap'])
    expect([exitCode, stderr]).toEqual([0, 'Test cases: 2 (2 passed)\n'])
    expect(statementOf(document).predicate).toMatchObject({
      result: 'PASSED',
      passedTests: ['adds', 'joins'],
      configuration: [{ name: 'config.json' }],
    })
  })

  it('records what failed, and ends with 1', async () => {
    const { exitCode, document } = await report(['good.tap', 'bad.xml'])
    expect(exitCode).toBe(1)
    const { predicate } = statementOf(document)
    expect(predicate['result']).toBe('FAILED')
    expect(predicate['failedTests']).toHaveLength(1)
  })

  it('records that no test ran, and ends with 1', async () => {
    const { exitCode, document } = await report(['none.tap'])
    expect([exitCode, statementOf(document).predicate['result']]).toEqual([1, 'WARNED'])
  })

  it('counts the worse of two results of one name', async () => {
    world.write('again.tap', 'TAP version 14\n1..1\nnot ok 1 - adds\n')
    const { document } = await report(['good.tap', 'again.tap'])
    expect(statementOf(document).predicate).toMatchObject({
      passedTests: ['joins'],
      failedTests: ['adds'],
    })
  })

  it.each([
    ['no report', [], [], 'cli/usage'],
    ['a report beside members', ['good.tap', 'members.yaml'], [], 'cli/usage'],
    [
      'another format than it is said to have',
      ['good.tap'],
      ['--report-format', 'junit'],
      'record/test-report-format',
    ],
  ])('refuses %s', async (_, names, more, code) => {
    const before = world.ledger()
    const { exitCode, document } = await report(names, more)
    expect([exitCode, codeOf(document)]).toEqual([2, code])
    expect(world.ledger()).toEqual(before)
  })
})

describe('assay record command', () => {
  const TOP = '../'
  const outside = SIGNED.map((word) => (word.startsWith('--') ? word : TOP + word))

  /** In a checkout below the project. */
  async function run(more: readonly string[], words: readonly string[], commit = head()) {
    const args = ['record', 'command', '--commit', commit, ...more, ...outside]
    const said = await world.inside('checkout').ask([...args, '--format', 'json', '--', ...words])
    return said
  }

  const head = () => git(`${world.folder}/checkout`, 'rev-parse', 'HEAD')

  beforeAll(() => {
    world.write('checkout/.gitignore', 'out\n')
    git(`${world.folder}/checkout`, 'init', '--quiet')
    git(`${world.folder}/checkout`, 'add', '.')
    git(`${world.folder}/checkout`, 'commit', '--quiet', '-m', 'one')
  })

  it('runs it, and records how it ended and what it wrote', async () => {
    const { exitCode, document } = await run(
      ['--report', 'out', '--name', 'build'],
      ['sh', '-c', 'echo made > out'],
    )
    expect(exitCode).toBe(0)
    expect(statementOf(document).predicate).toMatchObject({
      commit: head(),
      commands: [
        {
          name: 'build',
          arguments: ['sh', '-c', 'echo made > out'],
          exitCode: 0,
          reports: [{ name: 'out' }],
        },
      ],
      notRun: [],
    })
  })

  it('records that it failed, and ends with 1', async () => {
    const { exitCode, document, stderr } = await run([], ['sh', '-c', 'exit 3'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('sh: exit code 3')
    expect(statementOf(document).predicate['commands']).toMatchObject([{ name: 'sh', exitCode: 3 }])
  })

  it('runs a sequence, up to what fails', async () => {
    world.write(
      'sequence.yaml',
      'commands:\n  - {name: one, arguments: ["true"]}\n  - {name: two, arguments: ["false"]}\n  - {name: three, arguments: ["true"]}\n',
    )
    const { exitCode, document } = await run(['--sequence', '../sequence.yaml'], [])
    expect(exitCode).toBe(1)
    expect(statementOf(document).predicate).toMatchObject({
      commands: [
        { name: 'one', exitCode: 0 },
        { name: 'two', exitCode: 1 },
      ],
      notRun: ['three'],
    })
  })

  it.each([
    ['no command', [], [], 'cli/usage'],
    ['a command beside a sequence', ['--sequence', '../sequence.yaml'], ['true'], 'cli/usage'],
    ['a sequence that is none', ['--sequence', '../trust.json'], [], 'cli/record-member'],
    [
      'an argument that opens something',
      [],
      ['curl', '--token', 'abcdefgh12345678'],
      'record/command-secret',
    ],
  ])('runs nothing for %s', async (_, more, words, code) => {
    const before = world.ledger()
    const { exitCode, document } = await run(more, words)
    expect([exitCode, codeOf(document)]).toEqual([2, code])
    expect(world.ledger()).toEqual(before)
  })

  it('runs nothing in a checkout of another commit, or in one with changes', async () => {
    const marker = ['sh', '-c', 'touch ../ran']
    expect((await run([], marker, REVISION)).exitCode).toBe(2)
    for (const name of ['a', 'b', 'c', 'd']) world.write(`checkout/new-${name}`, 'change')
    const { exitCode, document } = await run([], marker)
    expect(exitCode).toBe(2)
    expect(document.problems?.[0]?.message).toContain(
      'found 4 changed paths: "new-a" (untracked), "new-b" (untracked), "new-c" (untracked), 1 more',
    )
    expect(() => world.read('ran')).toThrow('ENOENT')
  })
})

describe('assay record smoke', () => {
  const plan = {
    schema: 'assay/smoke-plan/v1',
    name: 'edge',
    checks: [{ name: 'health', path: '/health', expect: { status: 200 } }],
  }
  const smoke = (url: string, more: readonly string[] = SIGNED, own = ['--plan', 'plan.json']) =>
    world.ask([
      ...['record', 'smoke', ...KNOWN.with(3, 'post-deploy-smoke-verified'), ...own],
      ...[
        '--base-url',
        url,
        '--label',
        'edge',
        '--evidence',
        'evidence.staging.web_edge_smoke',
        ...more,
      ],
    ])

  beforeAll(() => world.write('plan.json', JSON.stringify(plan)))

  it('asks a real server, and records what it answered', async () => {
    const { url } = await startServer((response) => void response.end('ok'))
    const { exitCode, document } = await smoke(url)
    // One check of the ten that the policy asks for.
    expect([exitCode, document.view.status]).toEqual([1, 'incomplete'])
    expect(document.release?.artifactSetId).toBe(SET_ID)
    expect(statementOf(document).predicate).toMatchObject({
      result: 'PASSED',
      passedTests: ['health'],
      assay_smoke: { label: 'edge', publicOrigin: url, plan: { name: 'edge' } },
    })
  })

  it('records what failed, and ends with 1', async () => {
    const { url } = await startServer((response) => void response.writeHead(500).end())
    const { exitCode, document, stderr } = await smoke(url)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('health: failed, http-status, expected "200", found "500"')
    expect(statementOf(document).predicate['result']).toBe('FAILED')
  })

  it('records the set that the server says it runs, and none that somebody says beside it', async () => {
    const digest = 'd'.repeat(64)
    const { url } = await startServer((response) => void response.end(JSON.stringify({ digest })))
    const deployedSet = { path: '/release.json', pointer: '/digest' }
    world.write('asking.json', JSON.stringify({ ...plan, deployedSet }))
    const { document } = await smoke(url, ['--plan', 'asking.json', ...SIGNED], [])
    expect(statementOf(document).predicate['assay_smoke']).toMatchObject({ observedSet: digest })
    const both = ['--plan', 'asking.json', '--observed-set', digest, ...SIGNED]
    expect(codeOf((await smoke(url, both, [])).document)).toBe('cli/usage')
    const said = await smoke(url, ['--observed-set', digest, ...SIGNED])
    expect(statementOf(said.document).predicate['assay_smoke']).toMatchObject({
      observedSet: digest,
    })
  })

  it('records nothing where the address is none of a server alone', async () => {
    const before = world.ledger()
    const { exitCode, document } = await smoke('http://127.0.0.1:1/path')
    expect([exitCode, codeOf(document)]).toEqual([2, 'host/url-refused'])
    expect(world.ledger()).toEqual(before)
  })
})
