// A missing fact never helps: whatever evidence is deleted, what was refused stays refused.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { accept, type Outcome } from '../../src/core/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { CASES } from './cases/index.ts'
import { testKey } from './keys.ts'
import { ask } from './question.ts'
import {
  type Json,
  readTrust,
  RELEASE_FILES,
  signedBundle,
  statement,
  subjectsOf,
  trust,
  trustedKey,
} from './release.ts'

/** The document without one member or entry, for each that it has, at every depth. */
function* eachDeletion(value: unknown, at = ''): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      yield [`${at}/${index}`, value.toSpliced(index, 1)]
      for (const [pointer, rest] of eachDeletion(entry, `${at}/${index}`)) {
        yield [pointer, value.with(index, rest)]
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...others } = value as Json
      yield [`${at}/${name}`, others]
      for (const [pointer, rest] of eachDeletion(member, `${at}/${name}`)) {
        yield [pointer, { ...value, [name]: rest }]
      }
    }
  }
}
const FIXTURES = resolve(import.meta.dirname, '../../fixtures/verify')
/** An `error` is a document that nobody can read: no evidence yet. */
const REFUSED = CASES.filter(({ outcome }) => outcome !== 'accepted' && outcome !== 'error')

/** The outcome of a case whose bundle file has other content. */
async function runWith(name: string, file: string, content: string): Promise<Outcome> {
  const { host, output } = createTestHost(join(FIXTURES, name))
  const changed: typeof host = {
    ...host,
    readBytes: async (path, options) =>
      path === file ? accept(Buffer.from(content)) : host.readBytes(path, options),
  }
  const { args } = CASES.find((one) => one.name === name) ?? { args: [] }
  await runCli([...args, '--format', 'json'], changed)
  return (JSON.parse(output.stdout) as { outcome: Outcome }).outcome
}

describe('deleting evidence', () => {
  it.each(REFUSED.filter(({ files }) => 'bundle.sigstore.json' in files).map(({ name }) => name))(
    'never helps: any member of the bundle of %s',
    async (name) => {
      const file = 'bundle.sigstore.json'
      const bundle: unknown = JSON.parse(readFileSync(join(FIXTURES, name, file), 'utf8'))
      let deleted = 0
      for (const [pointer, rest] of eachDeletion(bundle)) {
        deleted++
        expect(await runWith(name, file, JSON.stringify(rest)), pointer).not.toBe('accepted')
      }
      expect(deleted).toBeGreaterThan(5)
    },
  )

  // A bundle that is refused by itself is what is judged, and no evidence for anything: to take it away asks another question.
  it.each(REFUSED.filter(({ files }) => 'evidence.jsonl' in files).map(({ name }) => name))(
    'never helps: any accepted bundle of %s',
    async (name) => {
      const file = 'evidence.jsonl'
      const lines = readFileSync(join(FIXTURES, name, file), 'utf8')
        .trim()
        .split('\n')
      expect(await runWith(name, file, '')).not.toBe('accepted')
      for (const [index, line] of lines.entries()) {
        if ((await runWith(name, file, line)) !== 'accepted') continue
        expect(await runWith(name, file, lines.toSpliced(index, 1).join('\n'))).not.toBe('accepted')
      }
    },
  )

  it('never helps: any member of the statement, signed again without it', () => {
    const question = {
      expectation: {
        predicateType: 'https://slsa.dev/provenance/v1',
        provenance: { sourceUri: 'https://git.example/team/other' },
      },
    }
    const before = statement()
    expect(ask([signedBundle(before)], question).verdict.outcome).toBe('rejected')
    for (const [pointer, rest] of eachDeletion(before)) {
      const { outcome } = ask([signedBundle(rest as Json)], question).verdict
      expect(outcome, pointer).not.toBe('accepted')
    }
  })

  it('never helps: any file of a release', () => {
    for (const path of Object.keys(RELEASE_FILES)) {
      const { [path]: _, ...files } = RELEASE_FILES
      expect(ask([signedBundle(statement())], { files }).verdict.outcome).toBe('rejected')
      expect(ask([signedBundle(statement({ subject: subjectsOf(files) }))]).verdict.outcome).toBe(
        'rejected',
      )
    }
    expect(ask([signedBundle(statement())], { files: {} }).verdict.outcome).toBe('missing')
  })

  it('never helps: any signature of a role that asks for several', () => {
    const names = ['ann', 'bob', 'eve']
    const approvals = names.map((name) => signedBundle(statement(), { key: testKey(name) }))
    const keys = names.map((name) => trustedKey(name, { roles: ['approver'] }))
    for (const threshold of [1, 2, 3, 4]) {
      const document = readTrust(trust(keys, [{ name: 'approver', threshold }]))
      for (let taken = 0; taken < 2 ** approvals.length; taken++) {
        const bundles = approvals.filter((_, index) => (taken >> index) & 1)
        const { outcome } = ask(bundles, { trust: document }).verdict
        expect(outcome).toBe(
          bundles.length > 0 && bundles.length >= threshold ? 'accepted' : 'missing',
        )
      }
    }
  })

  it('never helps: any builds of two builders, of whom one approves', () => {
    const built = { predicateType: 'https://predicates.example/build/v1', predicate: {} }
    const approved = { predicateType: 'https://predicates.example/approval/v1', predicate: {} }
    const evidence = [
      ['bob', built],
      ['eve', built],
      ['bob', approved],
    ] as const
    const bundles = evidence.map(([name, said]) =>
      signedBundle(statement(said), { key: testKey(name) }),
    )
    const document = readTrust(
      trust(
        [
          trustedKey('ann', { roles: ['approver'] }),
          trustedKey('bob', { roles: ['approver', 'builder'] }),
          trustedKey('eve', { roles: ['builder'] }),
        ],
        [
          {
            name: 'approver',
            threshold: 1,
            distinctFrom: ['builder'],
            predicateTypes: [approved.predicateType],
          },
          { name: 'builder', threshold: 1, predicateTypes: [built.predicateType] },
        ],
      ),
    )
    const outcomeOf = (taken: number) =>
      ask(
        bundles.filter((_, index) => (taken >> index) & 1),
        { trust: document },
      ).verdict.outcome
    const approval = 0b100
    for (let builds = 0; builds < 4; builds++) {
      expect(outcomeOf(builds), `builds ${builds}`).toBe(builds === 0 ? 'missing' : 'accepted')
      expect(outcomeOf(builds | approval), `builds ${builds}`).toBe('missing')
    }
    const other = signedBundle(statement(approved), { key: testKey('ann') })
    expect(ask([...bundles.slice(0, 2), other], { trust: document }).verdict.outcome).toBe(
      'accepted',
    )
  })
})
