import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditTree, encodeEntry, type LedgerEntry, readEntries } from '../../src/ledger/index.ts'
import { encodeEntryBundle } from '../../src/ledger/tiles/tile.ts'
import {
  append,
  codesOf,
  createLedger,
  entriesOf,
  entryOf,
  expectValue,
  headOf,
  ledgerOf,
  withFile,
} from './test-ledger.ts'

const LEDGER = await createLedger(entriesOf(520))
const turned = (bytes: Uint8Array, bit: number) => {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

describe('auditTree()', () => {
  it('visits every entry in order, and gives the head', async () => {
    for (const count of [0, 1, 255, 256, 257, 520]) {
      const ledger = await createLedger(entriesOf(count))
      const seen: LedgerEntry[] = []
      const head = expectValue(
        await auditTree(ledger, (entry, index) => void (seen[index] = entry)),
      )
      expect(seen).toEqual(entriesOf(count))
      expect({ ...head, root: Uint8Array.from(head.root) }).toEqual(await headOf(ledger))
    }
  })

  it('needs nobody to tell', async () => {
    expect(codesOf(await auditTree(LEDGER))).toBe('accepted')
  })

  it('finds any byte that was changed in any file', async () => {
    const paths = [...LEDGER.files.keys()]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, place) => {
        const bytes = LEDGER.files.get(path) ?? new Uint8Array()
        const changed = withFile(LEDGER, path, turned(bytes, place % (bytes.length * 8)))
        expect(codesOf(await auditTree(changed))).not.toBe('accepted')
      }),
    )
  })

  it('finds any file that is gone, cut or longer', async () => {
    for (const [path, bytes] of LEDGER.files) {
      for (const other of [undefined, bytes.subarray(1), Buffer.concat([bytes, bytes])]) {
        const changed = { ...withFile(LEDGER, path, other), size: LEDGER.size }
        expect(codesOf(await auditTree(changed)), path).not.toBe('accepted')
      }
    }
  })

  it('finds any byte that was changed in a tile that a signed head needs', async () => {
    const signed = [300, 519]
    let ledger = await createLedger(entriesOf(300))
    ledger = await append(ledger, entriesOf(219, 300), signed)
    ledger = await append(ledger, entriesOf(1, 519), signed)
    const kept = ['tile/0/002.p/7', 'tile/entries/002.p/7', 'tile/1/000.p/1']
    expect(codesOf(await auditTree(ledger, () => {}, { signed }))).toBe('accepted')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kept), fc.nat(), async (path, place) => {
        const bytes = ledger.files.get(path) ?? new Uint8Array()
        const changed = withFile(ledger, path, turned(bytes, place % (bytes.length * 8)))
        expect(codesOf(await auditTree(changed, () => {}, { signed }))).not.toBe('accepted')
        const gone = withFile(ledger, path, undefined)
        expect(codesOf(await auditTree(gone, () => {}, { signed }))).toEqual([
          'ledger/tile-missing',
        ])
      }),
    )
    const other = encodeEntryBundle(entriesOf(7, 900).map(encodeEntry))
    const rewritten = withFile(ledger, 'tile/entries/002.p/7', other)
    const audit = await auditTree(rewritten, () => {}, { signed })
    expect(audit.ok || audit.problems[0].message).toBe('Expected entry 512, found another')
  })

  it('names the entry whose hash is another', async () => {
    const tile = LEDGER.files.get('tile/0/001') ?? new Uint8Array()
    const changed = withFile(LEDGER, 'tile/0/001', turned(tile, 8 * 32 * 44))
    const audit = await auditTree(changed)
    expect(audit).toMatchObject({
      problems: [
        {
          code: 'ledger/tile-differs',
          message: 'Expected the hash of entry 300, found that of another',
          at: 'tile/0/001',
        },
      ],
    })
  })

  it('names the entries below a hash that is another', async () => {
    const tile = LEDGER.files.get('tile/1/000.p/2') ?? new Uint8Array()
    const audit = await auditTree(withFile(LEDGER, 'tile/1/000.p/2', turned(tile, 8 * 40)))
    expect(audit.ok || audit.problems[0].message).toContain('entries 256 to 511')
  })

  it('tells all entries that can not be read, and goes on behind them', async () => {
    const lines = entriesOf(9).map(encodeEntry)
    const bundle = encodeEntryBundle(lines.with(3, Buffer.from('{}')).with(5, Buffer.alloc(2000)))
    const ledger = withFile(await createLedger(entriesOf(9)), 'tile/entries/000.p/9', bundle)
    let visited = 0
    const audit = await auditTree(ledger, () => void (visited += 1))
    expect(audit.ok || audit.problems.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'ledger/entry entry 3',
      'ledger/entry-size entry 5',
      'ledger/tile-differs tile/0/000.p/9',
    ])
    expect(visited).toBe(7)
    const member = lines.with(3, encodeEntry({ ...entryOf(3), release: 'x' }))
    const other = withFile(ledger, 'tile/entries/000.p/9', encodeEntryBundle(member))
    const found = await auditTree(other)
    expect(found.ok || found.problems[0].at).toBe('entry 3, /release')
  })

  it('tells a record that stands there twice', async () => {
    const once = await createLedger(entriesOf(300))
    const files = (await createLedger([...entriesOf(300), entryOf(7, 'ledger')], 300)).files
    expect(codesOf(await auditTree(once))).toBe('accepted')
    const audit = await auditTree(ledgerOf(files))
    expect(audit).toMatchObject({
      problems: [{ code: 'ledger/entry-repeated', at: 'entry 300' }],
    })
  })
})

describe('readEntries()', () => {
  it('begins anywhere', async () => {
    for (const begin of [0, 7, 255, 256, 300, 519, 520]) {
      const seen: LedgerEntry[] = []
      await readEntries(LEDGER, begin, (entry) => void seen.push(entry))
      expect(seen, String(begin)).toEqual(entriesOf(520 - begin, begin))
    }
  })

  it('stops where it can not read on', async () => {
    const gone = { ...withFile(LEDGER, 'tile/entries/001', undefined), size: 520 }
    expect(codesOf(await readEntries(gone, 0, () => {}))).toEqual(['ledger/tile-missing'])
    const bundle = encodeEntryBundle([Buffer.from('[]')])
    const wrong = ledgerOf(new Map([['tile/entries/000.p/1', bundle]]))
    expect(await readEntries(wrong, 0, () => {})).toMatchObject({
      problems: [{ code: 'ledger/entry', at: 'entry 0' }],
    })
  })
})
