// Tiles, wherever they come from: a folder, a git commit, an archive, a server.

import { accept, type Result, refuse } from '../../core/index.ts'
import type { LedgerProblem } from '../problem.ts'
import { encodeTilePath, hashesAt, parseTilePath, TILE_WIDTH, type TileAddress } from './address.ts'
import { encodeEntryBundle, encodeHashTile, parseEntryBundle, parseHashTile } from './tile.ts'

/** Gives the file at a path such as `tile/0/000.p/7`; undefined where there is none. Whatever else is wrong it throws. */
export interface TileReader {
  read(path: string): Promise<Uint8Array | undefined>
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
  const partial = await reader.read(path)
  if (partial !== undefined) return named(path, parse(partial, address.width))
  const fullPath = encodeTilePath({ ...address, width: TILE_WIDTH })
  const full = address.width < TILE_WIDTH ? await reader.read(fullPath) : undefined
  if (full === undefined) {
    const message = `Expected the tile ${path}, found none`
    return refuse({ code: 'ledger/tile-missing', message, at: path })
  }
  const parts = named(fullPath, parse(full, TILE_WIDTH))
  return parts.ok ? accept(parts.value.slice(0, address.width)) : parts
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
