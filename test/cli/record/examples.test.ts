// What the help of each family shows as an example is a command that works: under the shipped policies, in a ledger that knows the
// release, with the files that it names. The document that it is given stands in the help too.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { listSchemas } from '../../../.ci/build/schemas.ts'
import { ROOT } from '../../../.ci/checkout.ts'
import type { Check } from '../../../src/core/index.ts'
import { FAMILIES } from '../../../src/record/index.ts'
import { git } from '../../host/git-repository.ts'
import { createRecordWorld, FIRST, type RecordWorld, SIGNED } from './record-world.ts'

const SHIPPED = new Set(listSchemas().map(([name]) => name))
const EXAMPLE = /^\s*Example: (assay record .+?)\n\s*\n/ms
const PRODUCTION = 'production__render_production_launch__v1.2.0__4720-1'

/** Families that commands of their own make, or that ask a server. */
const OTHERS = ['adoption', 'adoption-review', 'smoke', 'command']
const NAMES = FAMILIES.map(({ name }) => name).filter((name) => !OTHERS.includes(name))

/** What is accepted with nothing else there; of the others more evidence of the release is missing. */
const ACCEPTED = ['tracking', 'authority', 'test-result', 'certification', 'waiver']

/** What speaks against the record: in this world one person signs everything, and whoever built does not approve; a withdrawal is one. */
const AGAINST: Readonly<Record<string, readonly string[]>> = {
  approval: ['record/not-independent'],
  withdrawal: ['record/withdrawn'],
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
    for (const about of [FIRST, FIRST.with(1, PRODUCTION)]) {
      await world.run(['record', 'waiver', ...about, ...waive, ...SIGNED])
    }
  })

  it.each(NAMES)('%s works under the shipped policies', async (name) => {
    const { stdout: help } = await world.run(['record', name, '--help'])
    const [, line = ''] = EXAMPLE.exec(help) ?? []
    const words = line
      .replaceAll(/\s+/g, ' ')
      .match(/"[^"]*"|\S+/g)
      ?.map((word) => word.replaceAll('"', ''))
      // A commit that is there, and whoever signs in this world.
      .map((word) =>
        word.replace(/^c27d339e\w+$/, commit).replace(/^\w+\.key\.pem$/, 'alice.key.pem'),
      )
    const args = words?.slice(1) ?? []
    expect(args.slice(0, 2)).toEqual(['record', name])
    for (const file of filesOf(args)) world.write(file, 'a document')
    if (args.includes('--from')) writeDocument(args[args.indexOf('--from') + 1] ?? '', help)
    if (args.includes('--observe')) args[args.indexOf('--observe') + 1] = 'dist'
    const { exitCode, document } = await world.ask(args)
    expect([document.problems, exitCode <= 1]).toEqual([undefined, true])
    expect(document.bundleSha256).toHaveLength(64)
    const { check } = document.view
    expect(codesAgainst(check)).toEqual(AGAINST[name] ?? [])
    expect(check.outcome === 'accepted').toBe(ACCEPTED.includes(name))
  })

  /** A report of a test runner, or the document that the help shows. */
  function writeDocument(file: string, help: string): void {
    const report = '<testsuite name="s"><testcase classname="s" name="adds"/></testsuite>'
    const [, shown] = new RegExp(`^\\s*${file}:\\n(.+?)\\n\\s*\\n`, 'ms').exec(help) ?? []
    world.write(file, file.endsWith('.xml') ? report : (shown ?? ''))
  }

  it.each(NAMES)('%s names no file that the package does not contain', async (name) => {
    const { stdout: help } = await world.run(['record', name, '--help'])
    const schemas = help.match(/dist\/schemas\/[\w-]+\.json/g) ?? []
    expect(schemas.every((path) => SHIPPED.has(path.replace('dist/schemas/', '')))).toBe(true)
    expect(help).not.toMatch(/docs\/(predicates|signer)/)
  })

  it('is there for every family', () => {
    const pages = readdirSync(join(ROOT, 'docs/cli/record'))
    expect(NAMES.every((name) => pages.includes(`${name}.md`))).toBe(true)
  })
})

function codesAgainst({ outcome, code, checks = [] }: Check): readonly string[] {
  const own = outcome === 'rejected' && code !== undefined ? [code] : []
  return [...own, ...checks.flatMap(codesAgainst)]
}

function filesOf(args: readonly string[]): readonly string[] {
  return args.flatMap((word, at) =>
    args[at - 1] === '--digest-of' ? [word.slice(word.indexOf('=') + 1)] : [],
  )
}
