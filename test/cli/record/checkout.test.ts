// What records take from a git checkout: the commit, and every file that it tracks.

import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { git } from '../../host/git-repository.ts'
import {
  createRecordWorld,
  type Document,
  KNOWN,
  type RecordWorld,
  SET_ID,
} from './record-world.ts'

const FINDINGS = 'reviewedAt: 2026-04-09T10:00:00Z\nfindings: []\n'

/** A project whose sources are a checkout below it. */
async function createCheckout(): Promise<RecordWorld & { readonly commit: string }> {
  const world = await createRecordWorld()
  world.write('checkout/src/app.ts', 'export {}\n')
  world.write('checkout/README.md', 'An app\n')
  const inside = (...args: readonly string[]) => git(`${world.folder}/checkout`, ...args)
  inside('init', '--quiet')
  inside('add', '.')
  inside('commit', '--quiet', '--message', 'one')
  world.write('review.yaml', FINDINGS)
  return { ...world, commit: inside('rev-parse', 'HEAD') }
}

const messageOf = ({ problems = [] }: Document) => problems[0]?.message

describe('assay record review --checkout', () => {
  it('computes the scope, which coreutils compute as well', async () => {
    const world = await createCheckout()
    const review = ['record', 'review', '--commit', world.commit, '--from', 'review.yaml']
    const { exitCode, document, stderr } = await world.ask([
      ...review,
      ...['--checkout', 'checkout', '--dry-run'],
    ])
    const sums = execFileSync('sh', ['-c', 'sha256sum README.md src/app.ts | sha256sum'], {
      cwd: `${world.folder}/checkout`,
      encoding: 'utf8',
    })
    expect([exitCode, document.problems]).toEqual([0, undefined])
    expect(document.statement.predicate['scope']).toEqual({
      tree: git(`${world.folder}/checkout`, 'rev-parse', 'HEAD^{tree}'),
      manifest: sums.slice(0, 64),
      files: 2,
    })
    expect(stderr).toContain(`The scope is 2 files of the commit ${world.commit}`)
  })

  it('is of the commit of the release, where the record is about one', async () => {
    const world = await createCheckout()
    const args = ['--source-revision', world.commit, '--set', 'dist', '--checkout', 'checkout']
    const review = ['record', 'review', ...KNOWN, '--from', 'review.yaml', '--dry-run']
    const { document } = await world.ask([...review, ...args])
    expect(document.statement.subject[0]?.name).toBe(SET_ID)
    expect(document.statement.predicate['scope']).toMatchObject({ files: 2 })
  })

  it('refuses a commit that the checkout does not have, and a scope that is said twice', async () => {
    const world = await createCheckout()
    const ask = async (commit: string) =>
      world.ask([
        ...['record', 'review', '--commit', commit, '--from', 'review.yaml'],
        ...['--checkout', 'checkout', '--dry-run'],
      ])
    expect((await ask('a'.repeat(40))).document.problems).toMatchObject([
      { code: 'host/git-refused' },
    ])
    world.write('review.yaml', `scope: {}\n${FINDINGS}`)
    expect((await ask(world.commit)).document.problems).toMatchObject([
      { code: 'cli/record-member', at: '--checkout' },
    ])
  })
})

describe('a member that is not there', () => {
  it('is told by its name, each of them, at the line around it', async () => {
    const world = await createRecordWorld()
    world.write('review.yaml', 'reviewedAt: 2026-04-09T10:00:00Z\nscope:\n  files: 2\n')
    const review = ['record', 'review', '--commit', 'a'.repeat(40), '--from', 'review.yaml']
    const { exitCode, document } = await world.ask([...review, '--dry-run'])
    expect(exitCode).toBe(2)
    expect(document.problems?.map(({ message, at }) => `${message} (${at})`)).toEqual([
      'Expected the member "scope.tree", found none ("review.yaml", line 2, column 1)',
      'Expected the member "scope.manifest", found none ("review.yaml", line 2, column 1)',
      'Expected the member "findings", found none ("review.yaml", line 1, column 1)',
    ])
  })
})

describe('a checkout with changes', () => {
  it('says the commit of no release, and names what is changed', async () => {
    const world = await createCheckout()
    world.write('checkout/dist/app.js', 'export {}\n')
    world.write('checkout/README.md', 'Another app\n')
    const { document } = await world
      .inside('checkout')
      .ask([
        ...['record', 'waiver', ...KNOWN, '--set', 'dist', '--check', 'a', '--owner', 'b'],
        ...['--reason', 'c', '--expires', '7d', '--dry-run', '--format', 'json'],
        ...['--policies', '../policies/release-assurance'],
      ])
    expect(messageOf(document)).toBe(
      'Expected --source-revision SHA: the checkout here does not say it, for it is not its commit, with 2 changed paths: "README.md" (modified), "dist/" (untracked)',
    )
  })

  it('makes a snapshot that says the commit of no release either', async () => {
    const world = await createCheckout()
    world.write('checkout/README.md', 'Another app\n')
    await world.run(['snapshot', 'checkout', '--out', 'snapshot.json'])
    const { document } = await world.ask([
      ...['record', 'manifest', '--release-id', SET_ID, '--set', 'dist'],
      ...['--snapshot', 'snapshot.json', '--out', 'inner.json'],
    ])
    expect(messageOf(document)).toContain('found 1 changed path: "README.md" (modified)')
  })
})
