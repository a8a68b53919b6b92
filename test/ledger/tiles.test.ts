import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countEntries,
  encodeTilePath,
  listObsolete,
  listTiles,
  parseTilePath,
  readEarlier,
  readHead,
  type TileReader,
  TileRefusal,
} from '../../src/ledger/index.ts'
import {
  encodeEntryBundle,
  encodeHashTile,
  parseEntryBundle,
  parseHashTile,
} from '../../src/ledger/tiles/tile.ts'
import {
  append,
  codesOf,
  createLedger,
  entriesOf,
  expectValue,
  headOf,
  withFile,
} from './test-ledger.ts'

describe('the path of a tile', () => {
  it.each([
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/234.p/56', { level: 0, index: 1234, width: 56 }],
    ['tile/entries/x001/x234/067', { level: 'entries', index: 1_234_067, width: 256 }],
    ['tile/6/000.p/1', { level: 6, index: 0, width: 1 }],
    ['tile/1/999.p/255', { level: 1, index: 999, width: 255 }],
  ] as const)('is %s', (path, address) => {
    expect(encodeTilePath(address)).toBe(path)
    expect(parseTilePath(path)).toEqual(address)
  })

  it.each([
    'tile/0/0',
    'tile/00/000',
    'tile/7/000',
    'tile/data/000',
    'tile/0/x000/001',
    'tile/0/001/x002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/000.p/7/',
    '/tile/0/000',
    'tile/0/x999/x999/x999/x999/x999/999',
    'checkpoint',
    '',
  ])('is not %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })

  it('is read back for every tile that a tree can have', () => {
    const index = fc.nat(Math.floor(Number.MAX_SAFE_INTEGER / 256) - 1)
    const address = fc.record({
      level: fc.constantFrom<number | 'entries'>(0, 1, 2, 3, 4, 5, 6, 'entries'),
      index: fc.oneof(fc.nat(3000), index),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(address, (address) => {
        expect(parseTilePath(encodeTilePath(address))).toEqual(address)
      }),
    )
  })
})

describe('countEntries()', () => {
  it('takes the last entry bundle for the end, and looks at nothing else', () => {
    expect(countEntries([])).toBe(0)
    expect(countEntries(['tile/0/000.p/9', 'checkpoint', 'tile/entries/000.p/7'])).toBe(7)
    expect(countEntries(['tile/entries/001.p/7', 'tile/entries/000', 'tile/entries/001.p/8'])).toBe(
      264,
    )
  })
})

describe('an entry bundle', () => {
  const lines = ['', 'a', 'b'.repeat(300)].map((text) => Buffer.from(text))
  const bundle = encodeEntryBundle(lines)

  it('has the length of each line before it, the high byte first', () => {
    expect([...bundle.subarray(0, 7)]).toEqual([0, 0, 0, 1, 97, 1, 44])
    expect(expectValue(parseEntryBundle(bundle, 3)).map(String)).toEqual(lines.map(String))
    expect(expectValue(parseEntryBundle(new Uint8Array(), 0))).toEqual([])
  })

  it.each([
    ['fewer entries', bundle, 4],
    ['more entries', bundle, 2],
    ['a line that is cut', bundle.subarray(0, -1), 3],
    ['a length that is cut', Buffer.concat([bundle, Uint8Array.of(0)]), 4],
    ['a byte after its entries', Buffer.concat([bundle, Uint8Array.of(0)]), 3],
  ])('is refused with %s', (_, bytes, width) => {
    expect(codesOf(parseEntryBundle(bytes, width))).toEqual(['ledger/tile-malformed'])
  })

  it('is not read outside of its own memory', () => {
    const memory = Buffer.concat([Buffer.alloc(3, 9), bundle, Buffer.alloc(3, 9)])
    const inside = memory.subarray(3, 3 + bundle.length)
    expect(expectValue(parseEntryBundle(inside, 3)).map(String)).toEqual(lines.map(String))
  })
})

describe('a hash tile', () => {
  const hashes = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte))

  it('is its hashes, one after the other', () => {
    const tile = encodeHashTile(hashes)
    expect(expectValue(parseHashTile(tile, 3)).map((hash) => [...hash])).toEqual(
      hashes.map((hash) => [...hash]),
    )
  })

  it.each([2, 4, 0])('of three hashes is refused as one of %i', (width) => {
    expect(codesOf(parseHashTile(encodeHashTile(hashes), width))).toEqual(['ledger/tile-malformed'])
  })
})

describe('readEarlier()', () => {
  it('gives every earlier tree out of the tiles of the last one', async () => {
    const whole = await createLedger(entriesOf(600), 600)
    for (const size of [0, 1, 7, 255, 256, 257, 511, 512, 513, 599, 600]) {
      const earlier = await createLedger(entriesOf(size))
      expect(await headOf({ reader: readEarlier(whole), size }), String(size)).toEqual(
        await headOf(earlier),
      )
      for (const [path, bytes] of earlier.files) {
        const read = (await readEarlier(whole).read(path)) ?? []
        expect(Uint8Array.from(read), path).toEqual(bytes)
      }
    }
  })

  it('gives no tile that the ledger does not have, and no other file', async () => {
    const whole = await createLedger(entriesOf(600), 600)
    const { read } = readEarlier(whole)
    for (const path of ['tile/0/002.p/89', 'tile/0/003.p/1', 'tile/2/000.p/1', 'checkpoint']) {
      expect(await read(path), path).toBeUndefined()
    }
    const without = readEarlier(withFile(whole, 'tile/0/002.p/88', undefined))
    expect(await without.read('tile/0/002.p/7')).toBeUndefined()
  })

  it('gives a damaged tile as it is, to be refused by whoever reads it', async () => {
    const whole = await createLedger(entriesOf(9))
    const damaged = withFile(whole, 'tile/0/000.p/9', new Uint8Array(31))
    expect(await readEarlier({ ...damaged, size: 9 }).read('tile/0/000.p/7')).toHaveLength(31)
  })
})

describe('a tile that can not be read', () => {
  const refusal = (path: string) => {
    return new TileRefusal({ code: 'host/ledger-link', message: `A link in the place of ${path}` })
  }
  const failing = (failed: string, fault: (path: string) => Error): TileReader => ({
    read: async (path) => {
      if (path === failed) throw fault(path)
      return undefined
    },
  })

  it.each(['tile/0/000.p/9', 'tile/0/000'])(
    'is a problem of whoever asks for it, with the reason under it: %s',
    async (path) => {
      const head = await readHead(failing(path, refusal), 9)
      expect(head).toMatchObject({
        problems: [
          {
            code: 'ledger/tile-unreadable',
            at: path,
            because: [{ code: 'host/ledger-link' }],
          },
        ],
      })
    },
  )

  it('for a fault of the world is nobody’s problem, and thrown as it is', async () => {
    const reader = failing('tile/0/000.p/9', () => new Error('the disk is broken'))
    await expect(readHead(reader, 9)).rejects.toThrow('the disk is broken')
  })
})

describe('listObsolete()', () => {
  it('names the partial tiles of earlier sizes', () => {
    expect(listObsolete([7], { size: 8, signed: [] })).toEqual([
      'tile/0/000.p/7',
      'tile/entries/000.p/7',
    ])
    expect(listObsolete([8], { size: 8, signed: [] })).toEqual([])
  })

  it('leaves what a signed head needs until the full tile is there', () => {
    expect(listObsolete([5, 7], { size: 8, signed: [5] })).toEqual([
      'tile/0/000.p/7',
      'tile/entries/000.p/7',
    ])
    expect(listObsolete([255], { size: 256, signed: [5] })).toEqual([
      'tile/0/000.p/255',
      'tile/entries/000.p/255',
      'tile/0/000.p/5',
      'tile/entries/000.p/5',
    ])
    expect(listObsolete([300], { size: 600, signed: [300] })).toEqual([
      'tile/0/001.p/44',
      'tile/entries/001.p/44',
    ])
  })
})

describe('listTiles()', () => {
  it('names every file that the appends wrote, and no other', async () => {
    for (const [size, signed] of [
      [0, []],
      [7, [5]],
      [255, [254, 1]],
      [256, [255]],
      [600, [300, 599, 600]],
    ] as const) {
      let ledger = await createLedger(entriesOf(0))
      for (const stop of [...signed.toSorted((a, b) => a - b), size]) {
        ledger = await append(ledger, entriesOf(stop - ledger.size, ledger.size), signed)
      }
      const paths = [...listTiles({ size, signed })]
      expect(paths.toSorted(), String(size)).toEqual([...ledger.files.keys()].toSorted())
      expect(new Set(paths).size).toBe(paths.length)
    }
  })
})
