// Tiles, wherever they come from: a folder, a git commit, an archive, a server.

import { accept, type Problem, type Result, refuse } from '../../core/index.ts'
import type { LedgerProblem } from '../problem.ts'
import { encodeTilePath, hashesAt, parseTilePath, TILE_WIDTH, type TileAddress } from './address.ts'
import { encodeEntryBundle, encodeHashTile, parseEntryBundle, parseHashTile } from './tile.ts'

/**
 * Gives the file at a path such as `tile/0/000.p/7`; undefined where there is none. What a person has to mend it throws as a
 * {@link TileRefusal}, and anything else as it is.
 */
export interface TileReader {
  read(path: string): Promise<Uint8Array | undefined>
}

/** Why a tile can not be read, such as for a link in its place; becomes a problem of whoever asked for it. */
export class TileRefusal<P extends Problem = Problem> extends Error {
  readonly problem: P

  constructor(problem: P) {
    super(problem.message)
    this.problem = problem
  }
}

/** A ledger as it stands somewhere: its tiles, and how many entries it has. */
export interface LedgerTree {
  readonly reader: TileReader
  readonly size: number
}

/** The hashes of a tile. */
export async function readHashTile(
  reader: TileReader,
  address: TileAddress,
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  return readTile(reader, address, parseHashTile)
}

/** The lines of an entry bundle. */
export async function readEntryBundle(
  reader: TileReader,
  address: Omit<TileAddress, 'level'>,
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  return readTile(reader, { level: 'entries', ...address }, parseEntryBundle)
}

type Parse = typeof parseHashTile

/** Where the partial tile is gone, the full one begins with it (tlog-tiles, "Partial tiles"). */
async function readTile(
  reader: TileReader,
  address: TileAddress,
  parse: Parse,
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  const path = encodeTilePath(address)
  const partial = await readFile(reader, path)
  if (!partial.ok) return partial
  if (partial.value !== undefined) return named(path, parse(partial.value, address.width))
  const fullPath = encodeTilePath({ ...address, width: TILE_WIDTH })
  const full = address.width < TILE_WIDTH ? await readFile(reader, fullPath) : accept(undefined)
  if (!full.ok) return full
  if (full.value === undefined) {
    const message = `Expected the tile ${path}, found none`
    return refuse({ code: 'ledger/tile-missing', message, at: path })
  }
  const parts = named(fullPath, parse(full.value, TILE_WIDTH))
  return parts.ok ? accept(parts.value.slice(0, address.width)) : parts
}

async function readFile(
  reader: TileReader,
  path: string,
): Promise<Result<Uint8Array | undefined, LedgerProblem>> {
  try {
    return accept(await reader.read(path))
  } catch (cause) {
    if (!(cause instanceof TileRefusal)) throw cause
    const because = [cause.problem]
    return refuse({
      code: 'ledger/tile-unreadable',
      message: 'Cannot read a tile',
      at: path,
      because,
    })
  }
}

function named<T>(at: string, result: Result<T, LedgerProblem>): Result<T, LedgerProblem> {
  return result.ok ? result : refuse({ ...result.problems[0], at })
}

/**
 * Reads the tiles of every earlier size out of those that the ledger has now, for a tree only grows at its right edge.
 *
 * Partial tiles of earlier sizes, should there be any left, are not looked at.
 */
export function readEarlier({ reader, size }: LedgerTree): TileReader {
  return {
    async read(path) {
      const address = parseTilePath(path)
      if (address === undefined) return undefined
      const { level, index, width } = address
      const count = hashesAt(size, level === 'entries' ? 0 : level)
      const now = Math.min(TILE_WIDTH, count - index * TILE_WIDTH)
      if (now < width) return undefined
      const bytes = await reader.read(encodeTilePath({ ...address, width: now }))
      if (bytes === undefined || now === width) return bytes
      const [parse, encode] =
        level === 'entries'
          ? [parseEntryBundle, encodeEntryBundle]
          : [parseHashTile, encodeHashTile]
      const parts = parse(bytes, now)
      // What is malformed stays so: whoever asked will say it of the tile.
      return parts.ok ? encode(parts.value.slice(0, width)) : bytes
    },
  }
}
