// Two branches of git that both appended to a ledger: never merged unseen, and merged by one command.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createLedger, createWorld, type LedgerWorld, openWorld } from './ledger-world.ts'

let world: LedgerWorld
let made = 0
const at = (...path: readonly string[]) => join(world.folder, ...path)

/** The records of a ledger, by the numbers of their releases. */
async function listed(ledger: string, where: LedgerWorld): Promise<readonly number[]> {
  const lines = (await where.done(`ledger list --ledger ${ledger}`)).trim().split('\n')
  return lines.map((line) => Number(/__v1\.(\d+)__/.exec(line)?.[1]))
}

const sound = (ledger: string, where: LedgerWorld) =>
  where.done(`ledger verify --ledger ${ledger} --log-key ${at('log.vkey')}`)

beforeAll(async () => {
  world = await createWorld(6)
  await createLedger(world, 'base', { records: [1, 2], isSigned: true })
}, 120_000)

/** The real git, with the driver where it is wanted. */
function createRepository(name: string, driver?: string) {
  const folder = at(name)
  mkdirSync(folder)
  const shim = join(import.meta.dirname, 'bin')
  const env = {
    PATH: [shim, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  }
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' })
  const tryGit = (...args: readonly string[]) =>
    spawnSync('git', args, { cwd: folder, env, encoding: 'utf8' })
  git('init', '--quiet', '--initial-branch=main')
  if (driver !== undefined) git('config', 'merge.assay-ledger.driver', driver)
  const inside = openWorld(folder)
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '--message', 'ledger')
  }
  const add = async (...records: readonly number[]) => {
    const files = records.map((one) => at(`r${one}.json`)).join(' ')
    await inside.done(`ledger append ${files} --trust ${at('trust.json')}`)
    commit()
  }
  return { folder, git, tryGit, inside, commit, add }
}

const MERGE = 'ledger merge --trust ../trust.json'

/** Takes nothing in, and so verifies nothing. */
const DRIVER = 'assay ledger merge --driver %A %P'

describe('two branches of git that both appended', () => {
  it.each([
    ['as many', [3], [4], [1, 2, 3, 4]],
    ['more than the other', [3, 4, 5], [6], [1, 2, 3, 4, 5, 6]],
    ['fewer than the other', [3], [4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ['the same, and more', [3, 4], [3, 5], [1, 2, 3, 4, 5]],
  ])(
    'are never merged unseen, and merged by one command: %s',
    async (_, ours, theirs, merged) => {
      for (const driver of [undefined, DRIVER]) {
        made += 1
        const { git, tryGit, inside, commit, add, folder } = createRepository(`git-${made}`, driver)
        world.copy('base', `git-${made}/ledger`)
        commit()
        git('checkout', '--quiet', '-b', 'other')
        await add(...theirs)
        git('checkout', '--quiet', 'main')
        await add(...ours)
        const tried = tryGit('merge', 'other')
        expect(tried.status, tried.stdout).toBe(1)
        // Nobody works on with it as it is.
        const line = `ledger append ${at('r6.json')} --trust ${at('trust.json')}`
        expect(await inside.judge(line)).toMatchObject({ exitCode: 2, codes: ['host/ledger-head'] })
        if (driver !== undefined) {
          expect(tried.stderr).toContain('assay ledger merge')
          expect(readFileSync(join(folder, 'ledger/head'), 'utf8')).not.toContain('<<<<')
        }
        const done = await inside.run(MERGE)
        expect([done.exitCode, done.stderr]).toEqual([
          0,
          expect.stringContaining('git add --all ledger'),
        ])
        commit()
        expect(git('status', '--porcelain')).toBe('')
        expect(await listed('ledger', inside)).toEqual(merged)
        await sound('ledger', inside)
        expect(git('ls-files').includes('.work')).toBe(false)
      }
    },
    120_000,
  )

  it('are merged in a rebase, with theirs signed, and refused where both are', async () => {
    made += 1
    const { git, tryGit, inside, commit, add } = createRepository(`git-${made}`, DRIVER)
    world.copy('base', `git-${made}/ledger`)
    commit()
    const sign = async () => {
      await inside.done(`ledger checkpoint --key ${at('log.key.pem')}`)
      commit()
    }
    git('checkout', '--quiet', '-b', 'other')
    await add(4, 5)
    git('checkout', '--quiet', 'main')
    await add(3)
    await sign()
    git('checkout', '--quiet', 'other')
    expect(tryGit('rebase', 'main').status).toBe(1)
    expect(await inside.judge(MERGE)).toMatchObject({ codes: ['cli/ledger-key-missing'] })
    await inside.done(`${MERGE} --log-key ${at('log.vkey')}`)
    git('add', '--all')
    git('-c', 'core.editor=true', 'rebase', '--continue')
    expect(await listed('ledger', inside)).toEqual([1, 2, 3, 4, 5])
    await sound('ledger', inside)

    git('checkout', '--quiet', '-b', 'third', 'main~2')
    await add(6)
    await sign()
    expect(tryGit('merge', 'main').status).toBe(1)
    const judged = await inside.judge(`${MERGE} --log-key ${at('log.vkey')}`)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['ledger/split-view']])
  }, 120_000)

  it('are refused without end of memory where one says that it has more entries than there are', async () => {
    made += 1
    const { git, tryGit, inside, commit, add, folder } = createRepository(`git-${made}`)
    world.copy('base', `git-${made}/ledger`)
    commit()
    git('checkout', '--quiet', '-b', 'other')
    const head = join(folder, 'ledger/head')
    const root = readFileSync(head, 'utf8').split('\n')[1]
    writeFileSync(head, `${Number.MAX_SAFE_INTEGER}\n${root}\n`)
    commit()
    git('checkout', '--quiet', 'main')
    await add(3)
    expect(tryGit('merge', 'other').status).toBe(1)
    expect(await inside.judge(MERGE)).toMatchObject({
      exitCode: 2,
      codes: ['ledger/tile-missing'],
    })
  }, 30_000)
})
