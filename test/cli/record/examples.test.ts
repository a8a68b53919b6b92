// What the help of each family shows as an example is a command that works: under the shipped policies, in a ledger that knows the
// release, with the files that it names.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { FAMILIES } from '../../../src/record/index.ts'
import { git } from '../../host/git-repository.ts'
import { codeOf, createRecordWorld, FIRST, type RecordWorld, SIGNED } from './record-world.ts'

const EXAMPLE = /^\s*Example: (assay record .+?)\n\s*\n/ms

/** Families that commands of their own make, or that ask a server. */
const OTHERS = ['adoption', 'adoption-review', 'smoke', 'command']
const NAMES = FAMILIES.map(({ name }) => name).filter((name) => !OTHERS.includes(name))

/** The members of a golden example, but for those that the words give themselves. */
function membersOf(name: string, words: readonly string[]): string {
  const text = readFileSync(join(ROOT, 'fixtures/records', `${name}.json`), 'utf8')
  const { predicate } = JSON.parse(text) as { predicate: Record<string, unknown> }
  const given = words.flatMap((word, at) =>
    words[at - 1] === '--digest-of' ? [word.split('=')[0] ?? ''] : [],
  )
  const header = ['release', 'policy', 'evidence', 'reportedAt']
  const left = [...header, ...given, ...(words.includes('--checkout') ? ['scope'] : [])]
  const own = Object.entries(predicate).filter(([member]) => {
    return !left.includes(member) && !left.includes(member.replace('assay_', ''))
  })
  return JSON.stringify(Object.fromEntries(own))
}

describe('the example in the help of', () => {
  let world: RecordWorld
  let commit = ''
  beforeAll(async () => {
    world = await createRecordWorld()
    git(world.folder, 'init', '--quiet')
    git(world.folder, 'add', 'dist')
    git(world.folder, 'commit', '--quiet', '--message', 'one')
    commit = git(world.folder, 'rev-parse', 'HEAD')
    const waive = ['--check', 'a', '--owner', 'b', '--reason', 'c', '--expires', '7d']
    await world.run(['record', 'waiver', ...FIRST, ...waive, ...SIGNED])
  })

  it.each(NAMES)('%s works under the shipped policies', async (name) => {
    const { stdout } = await world.run(['record', name, '--help'])
    const [, line = ''] = EXAMPLE.exec(stdout) ?? []
    const words = line
      .replaceAll(/\s+/g, ' ')
      .match(/"[^"]*"|\S+/g)
      ?.map((word) => word.replaceAll('"', ''))
      // The ids of a release that the policies have; a commit that is there; whoever signs in this world.
      .map((word) =>
        word.replace(/^c27d339e\w+$/, commit).replace(/^\w+\.key\.pem$/, 'alice.key.pem'),
      )
    const args = words?.slice(1) ?? []
    expect(args.slice(0, 2)).toEqual(['record', name])
    for (const file of filesOf(args)) world.write(file, 'a document')
    const from = args[args.indexOf('--from') + 1] ?? ''
    if (args.includes('--from')) world.write(from, contentOf(from, name, args))
    if (args.includes('--observe')) args[args.indexOf('--observe') + 1] = 'dist'
    const { exitCode, document } = await world.ask(args)
    expect([document.problems, codeOf(document), exitCode <= 1]).toEqual([
      undefined,
      undefined,
      true,
    ])
    expect(document.bundleSha256).toHaveLength(64)
  })

  it('is there for every family', () => {
    const pages = readdirSync(join(ROOT, 'docs/cli/record'))
    expect(NAMES.every((name) => pages.includes(`${name}.md`))).toBe(true)
  })
})

function filesOf(args: readonly string[]): readonly string[] {
  return args.flatMap((word, at) =>
    args[at - 1] === '--digest-of' ? [word.slice(word.indexOf('=') + 1)] : [],
  )
}

function contentOf(file: string, name: string, args: readonly string[]): string {
  return file.endsWith('.xml')
    ? '<testsuite name="s"><testcase classname="s" name="adds"/></testsuite>'
    : membersOf(name, args)
}
