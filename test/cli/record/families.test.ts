// The golden examples of all families, written again by their commands.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { digestBytes } from '../../../src/digest/index.ts'
import { RECORD_FAMILIES, type RecordFamily } from '../../../src/policy/index.ts'
import { FAMILIES, findFamily } from '../../../src/record/index.ts'
import { DOCUMENT_MEMBERS } from '../../../src/cli/record/members/document-digests.ts'
import { command } from '../../../src/cli/record.ts'
import { codeOf, createRecordWorld, FIRST, type RecordWorld } from './record-world.ts'

const FIXTURES = join(ROOT, 'fixtures/records')

/** They observe by themselves, or come about by an adoption. */
const NOT_WRITTEN: readonly string[] = ['smoke', 'command', 'adoption', 'adoption-review']

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
})

interface Golden {
  readonly subject: readonly {
    readonly name: string
    readonly digest: { readonly gitCommit?: string }
  }[]
  readonly predicate: Readonly<Record<string, unknown>>
}

const goldenOf = (name: string) =>
  JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')) as Golden

/** The header as options, and the members as a document. */
function takeApart({ subject, predicate }: Golden) {
  const header: Record<string, unknown> = {}
  const members: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(predicate)) {
    const [, own] = /^(?:assay_)?(release|evidence|policy)$/.exec(name) ?? []
    if (own === undefined) members[name] = value
    else header[own] = value
  }
  const release = header['release'] as Record<string, string> | undefined
  const commit = subject[0]?.digest.gitCommit ?? ''
  const about =
    release === undefined
      ? ['--commit', commit]
      : [
          ...['--release-id', release['artifactSetId'] ?? '', '--phase', release['phase'] ?? ''],
          ...['--source-revision', release['sourceRevision'] ?? '', '--set', 'dist'],
        ]
  const named = (['evidence', 'policy'] as const).flatMap((name) =>
    header[name] === undefined ? [] : [`--${name}`, header[name] as string],
  )
  return { members, args: [...about, ...named] }
}

describe('assay record', () => {
  it('has a command for every family', () => {
    const routes = command.getAllEntries().map(({ name }) => name.original)
    const others = ['manifest', 'adoption', 'adoption-review']
    const made = routes.filter((name) => !others.includes(name))
    expect(made.toSorted()).toEqual(
      FAMILIES.map(({ name }) => name)
        .filter((name) => !others.includes(name))
        .toSorted(),
    )
    expect(RECORD_FAMILIES).toHaveLength(FAMILIES.length)
  })

  const written = readdirSync(FIXTURES)
    .map((name) => name.replace('.json', ''))
    .filter((name) => !NOT_WRITTEN.includes(name))
  it.each(written)('%s makes the golden example of its members', async (name) => {
    const golden = goldenOf(name)
    const { members, args } = takeApart(golden)
    // The name says that these are members and no report.
    world.write('members.yaml', JSON.stringify(members))
    const { exitCode, document } = await world.ask([
      ...['record', name, ...args, '--from', 'members.yaml', '--dry-run'],
    ])
    expect([exitCode, document.problems]).toEqual([0, undefined])
    expect(document.statement.predicate).toEqual(golden.predicate)
    expect(document.statement.subject[0]?.name).toBe(golden.subject[0]?.name)
  })

  it.each(Object.entries(DOCUMENT_MEMBERS))('%s names documents by digest', (name, documents) => {
    const { members } = takeApart(goldenOf(name))
    const sha256 = digestBytes('sha256', Buffer.from('a document'))
    const forms = {
      digest: sha256,
      document: { name: 'a', sha256 },
      path: { path: 'docs/a', sha256 },
      resource: { name: 'a', digest: { sha256 } },
    }
    for (const [member, { naming, isList }] of Object.entries(documents)) {
      const value = isList ? [forms[naming]] : forms[naming]
      const family = findFamily(name as RecordFamily)
      const read = family?.read({ ...members, [member]: value } as never, {})
      const problems = read?.ok === false ? read.problems : []
      expect(problems.filter(({ at }) => at?.startsWith(`/${member}`) === true)).toEqual([])
    }
  })
})

describe('--digest-of', () => {
  const tracking = (more: readonly string[]) =>
    world.ask(['record', 'tracking', ...FIRST, '--from', 'tracking.yaml', '--dry-run', ...more])

  it('computes the digest of the file', async () => {
    const { snapshot: _, ...members } = takeApart(goldenOf('tracking')).members
    world.write('tracking.yaml', JSON.stringify(members))
    world.write('snapshot.json', 'a snapshot')
    const { document } = await tracking(['--digest-of', 'snapshot=snapshot.json'])
    const sha256 = digestBytes('sha256', Buffer.from('a snapshot'))
    expect(document.statement.predicate['snapshot']).toBe(sha256)
  })

  it('adds up where the member is a list', async () => {
    world.write('one', '1')
    world.write('two', '2')
    const named = ['--digest-of', 'sboms=one', '--digest-of', 'sboms=two']
    const rest = ['--digest-of', 'innerManifest=one', '--digest-of', 'provenance=two']
    const { document } = await world.ask([
      ...['record', 'attestation', ...FIRST, ...named, ...rest, '--dry-run'],
    ])
    expect(document.statement.predicate['sboms']).toEqual(
      ['1', '2'].map((text) => digestBytes('sha256', Buffer.from(text))),
    )
  })

  it('names what is there under another name', async () => {
    for (const file of ['plan.md', 'environment.json', 'notes.md']) world.write(file, file)
    world.write('told.yaml', 'result: PASSED\npassedTests: [coverage-plan-ready]\n')
    const asked = ['record', 'test-result', ...FIRST, '--from', 'told.yaml', '--dry-run']
    const origin = 'https://www.example.com'
    const { document } = await world.ask([
      ...asked,
      ...['--digest-of', 'configuration:coverage-plan=plan.md'],
      ...['--digest-of', `configuration:${origin}=environment.json`],
      ...['--digest-of', 'configuration=notes.md'],
    ])
    const named = (name: string, file = name) => ({
      name,
      digest: { sha256: digestBytes('sha256', Buffer.from(file)) },
    })
    expect(document.statement.predicate['configuration']).toEqual([
      named('coverage-plan', 'plan.md'),
      named(origin, 'environment.json'),
      named('notes.md'),
    ])
  })

  it.each([
    ['a name for a digest alone', 'innerManifest:plan=one', 'cli/usage'],
    ['a member that names no document', 'artifactName=one', 'cli/usage'],
    ['a member of the document too', 'innerManifest=one', 'cli/record-member'],
    ['a file that is not there', 'snapshot=absent', 'host/file-missing'],
    ['no file', 'snapshot', 'cli/usage'],
  ])('refuses %s', async (_, option, code) => {
    const { exitCode, document } = await tracking(['--digest-of', option])
    expect([exitCode, codeOf(document)]).toEqual([2, code])
  })
})
