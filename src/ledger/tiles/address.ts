// Where tiles stand (C2SP tlog-tiles): `tile/<level>/<index>[.p/<width>]`, and `tile/entries/…` for the entries themselves.

/** Hashes, and entries, of a full tile: trees of height 8. */
export const TILE_WIDTH = 256

/** A tree of 2^53 leaves has tiles up to this level. */
const LEVEL_MAX = 6

/**
 * One tile.
 *
 * @example { level: 0, index: 1234, width: 56 } // tile/0/x001/234.p/56
 */
export interface TileAddress {
  /** Level of tiles, from the leaves upwards, or the entries that the leaves are hashes of. */
  readonly level: number | 'entries'
  readonly index: number
  /** 256 for a full tile, fewer for the one at the right edge. */
  readonly width: number
}

/** The path of a tile below the folder of the ledger. */
export function encodeTilePath({ level, index, width }: TileAddress): string {
  const groups: string[] = []
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    const digits = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? digits : `x${digits}`)
  }
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${groups.join('/')}${suffix}`
}

const PATH = /^tile\/(entries|[0-6])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The tile of a path; undefined for every other path, and for other spellings. */
export function parseTilePath(path: string): TileAddress | undefined {
  const [, level, groups, width] = PATH.exec(path) ?? []
  if (level === undefined || groups === undefined) return undefined
  const address = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const
  const isCounted = Number.isSafeInteger((address.index + 1) * TILE_WIDTH)
  return isCounted && encodeTilePath(address) === path ? address : undefined
}

/**
 * How many entries a ledger has: what its entry bundles say, for they are written last.
 *
 * @param paths of files below the folder of the ledger, in any order; those of the last bundles suffice
 */
export function countEntries(paths: Iterable<string>): number {
  let count = 0
  for (const path of paths) {
    const address = parseTilePath(path)
    if (address?.level !== 'entries') continue
    count = Math.max(count, address.index * TILE_WIDTH + address.width)
  }
  return count
}

/** Levels that a tree of this size has tiles on: at least the one of the leaves, unless it is empty. */
export function levelsOf(size: number): readonly number[] {
  const levels = Array.from({ length: LEVEL_MAX + 1 }, (_, level) => level)
  return levels.filter((level) => hashesAt(size, level) > 0)
}

/** Hashes that the tiles of a level hold in a tree of this size: one for each complete subtree. */
export function hashesAt(size: number, level: number): number {
  // Division by a power of two is exact.
  return Math.floor(size / TILE_WIDTH ** level)
}

/** The tiles at the right edge of a tree of this size that are not full, the one of entries last. */
function partialTiles(size: number): readonly TileAddress[] {
  const levels: readonly TileAddress['level'][] = [...levelsOf(size), 'entries']
  return levels
    .map((level) => ({ level, count: hashesAt(size, level === 'entries' ? 0 : level) }))
    .map(({ level, count }) => ({
      level,
      index: Math.floor(count / TILE_WIDTH),
      width: count % TILE_WIDTH,
    }))
    .filter(({ width }) => width > 0)
}

/** True when the tile is full in a tree of this size. */
function isFull({ level, index }: TileAddress, size: number): boolean {
  return hashesAt(size, level === 'entries' ? 0 : level) >= (index + 1) * TILE_WIDTH
}

/** A ledger as far as its files are concerned: its size, and the sizes of those of its signed heads that others may be reading. */
export interface LedgerSizes {
  readonly size: number
  readonly signed: readonly number[]
}

/** Partial tiles of signed heads that stay, because the full tile is not there yet; those of the ledger itself are none of them. */
export function listKept({ size, signed }: LedgerSizes): readonly TileAddress[] {
  const own = new Set(partialTiles(size).map(encodeTilePath))
  const kept = signed.flatMap(partialTiles).filter((tile) => !isFull(tile, size))
  const byPath = new Map(kept.map((tile) => [encodeTilePath(tile), tile]))
  return [...byPath].filter(([path]) => !own.has(path)).map(([, tile]) => tile)
}

/** Paths of every tile that a ledger has; whatever else lies beside them is a leftover. */
export function* listTiles(sizes: LedgerSizes): Generator<string, undefined> {
  const { size } = sizes
  const levels: readonly TileAddress['level'][] = [...levelsOf(size), 'entries']
  for (const level of levels) {
    const full = Math.floor(hashesAt(size, level === 'entries' ? 0 : level) / TILE_WIDTH)
    for (let index = 0; index < full; index++) {
      yield encodeTilePath({ level, index, width: TILE_WIDTH })
    }
  }
  for (const tile of [...partialTiles(size), ...listKept(sizes)]) yield encodeTilePath(tile)
}

/** Paths of the tiles at the right edge that are not full: what the next append replaces. */
export function listEdge(size: number): readonly string[] {
  return partialTiles(size).map(encodeTilePath)
}

/**
 * Paths of partial tiles that nobody needs any more.
 *
 * @param was sizes that the ledger had, or that its heads had
 */
export function listObsolete(was: readonly number[], now: LedgerSizes): readonly string[] {
  const needed = new Set([...partialTiles(now.size), ...listKept(now)].map(encodeTilePath))
  const had = [...was, ...now.signed].flatMap(partialTiles).map(encodeTilePath)
  return [...new Set(had)].filter((path) => !needed.has(path))
}
