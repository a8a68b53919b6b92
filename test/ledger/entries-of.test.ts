import { describe, expect, it } from 'vitest'
import { findEntriesOf } from '../../src/ledger/index.ts'
import {
  codesOf,
  createLedger,
  entriesOf,
  entryOf,
  expectValue,
  type TestLedger,
  withFile,
} from './test-ledger.ts'

const SET = 'staging__web__v9.0__run-1'

/** 600 entries, of which two are of the release, in bundles of their own. */
async function createMixed(): Promise<TestLedger> {
  const others = entriesOf(600)
  return createLedger(
    others
      .with(3, entryOf('a', SET))
      .with(4, entryOf('b', `${SET}1`))
      .with(599, entryOf('c', SET)),
  )
}

const textOf = (ledger: TestLedger, path: string) =>
  Buffer.from(ledger.files.get(path) ?? []).toString('latin1')

describe('findEntriesOf()', () => {
  it('finds the entries of one release, and of none that begins like it', async () => {
    const found = expectValue(await findEntriesOf(await createMixed(), SET))
    expect(found).toEqual([
      { ...entryOf('a', SET), index: 3 },
      { ...entryOf('c', SET), index: 599 },
    ])
    const commit = `git:${'c'.repeat(40)}`
    expect(expectValue(await findEntriesOf(await createMixed(), commit))).toEqual([])
  })

  it('refuses a bundle that is not there, and an entry that is none', async () => {
    const ledger = await createMixed()
    const path = 'tile/entries/000'
    expect(codesOf(await findEntriesOf(withFile(ledger, path, undefined), SET))).toEqual([
      'ledger/tile-missing',
    ])
    const broken = textOf(ledger, path).replace(`"release":"${SET}","s`, `"release":"${SET}","t`)
    const found = await findEntriesOf(withFile(ledger, path, Buffer.from(broken, 'latin1')), SET)
    expect(codesOf(found)).toEqual(['ledger/entry'])
  })
})
