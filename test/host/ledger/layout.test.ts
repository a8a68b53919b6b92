// Where everything stands: on a file system that ignores case, no two names of a ledger become one, and no name is another's in capitals.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLedgerPath, parseRecordPath, recordPathOf } from '../../../src/host/ledger/layout.ts'
import { listTiles } from '../../../src/ledger/index.ts'

const SHA256 = 'ab'.repeat(32)

/** Every path of a ledger of that size. */
function pathsOf(size: number): readonly string[] {
  const records = Array.from({ length: 16 }, (_, at) => {
    return recordPathOf({ sha256: `${at.toString(16)}f`.repeat(32) })
  })
  const tiles = [...listTiles({ size, signed: [Math.floor(size / 2)] })]
  return [...tiles, ...records, 'checkpoint', 'head', '.gitattributes', '.gitignore']
}

describe('the paths of a ledger', () => {
  it('are all of them its own, in lower case, and no two the same without regard to case', () => {
    for (const size of [1, 255, 256, 70_000]) {
      const paths = pathsOf(size)
      expect(paths.filter((path) => !isLedgerPath(path))).toEqual([])
      expect(paths.filter((path) => path !== path.toLowerCase())).toEqual([])
      expect(new Set(paths).size).toBe(paths.length)
    }
  })

  it('are no file in one place and a folder in another', () => {
    const paths = pathsOf(70_000)
    const folders = new Set(
      paths.flatMap((path) =>
        path.split('/').map((_, end, parts) => parts.slice(0, end).join('/')),
      ),
    )
    expect(paths.filter((path) => folders.has(path))).toEqual([])
  })

  it('are no paths of a ledger any more with a capital, or spelt another way', () => {
    const capital = fc.constantFrom(...pathsOf(300)).chain((path) => {
      const letters = [...path.matchAll(/[a-z]/g)].map(({ index }) => index)
      return fc.constantFrom(...letters).map((at) => {
        return path.slice(0, at) + path.charAt(at).toUpperCase() + path.slice(at + 1)
      })
    })
    fc.assert(
      fc.property(capital, (path) => {
        expect(isLedgerPath(path)).toBe(false)
      }),
    )
    const good = recordPathOf({ sha256: SHA256 })
    expect(parseRecordPath(good)).toBe(SHA256)
    for (const path of [
      good.replace('/ab/', '/cd/'),
      good.replace('records/', 'records//'),
      `./${good}`,
      `${good} `,
      `${good}.`,
      good.replaceAll('a', '\u0430'),
      good.replace('.sigstore', ':stream.sigstore'),
    ]) {
      expect([path, isLedgerPath(path)]).toEqual([path, false])
    }
  })
})
