// The one door to `@sigstore/tuf`: its client, in a folder of its own, with our way to the network in place of its own.

import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../core/index.ts'

/** How the client asks for a file: an address, and the most bytes that it may have. */
export type Download = (url: string, bytesMax: number) => Promise<Uint8Array>

/** One run of the client. */
export interface TufRun {
  /** Empty; nobody else's. */
  readonly folder: string
  /** Without a slash at its end. */
  readonly mirror: string
  /** The root metadata that is trusted from the start. */
  readonly metadata: Uint8Array
  /** How many newer versions of it there are. */
  readonly rotations: number
  /** Metadata of the last run by file name: what is fetched may not be older. */
  readonly remembered: ReadonlyMap<string, Uint8Array>
  readonly target: string
  /** Against which the client holds every expiry (TUF-1): it would ask the clock of the machine. */
  readonly now: Instant
  readonly download: Download
}

/** What of `tuf-js` stands behind the client; it takes a fetcher and no clock, and `@sigstore/tuf` hands neither through. */
interface Updater {
  fetcher: Fetcher
  trustedSet: { referenceTime: Date }
  config: { maxRootRotations: number }
}

interface Fetcher {
  downloadFile<T>(url: string, max: number, handle: (file: string) => Promise<T>): Promise<T>
  downloadBytes(url: string, max: number): Promise<Buffer>
}

/** Where the public Sigstore instance has its repository, and the root metadata that its client is shipped with. */
export async function loadPublicRepository(): Promise<{ mirror: string; metadata: Uint8Array }> {
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })
  const [[mirror, seed] = []] = Object.entries(seeds)
  assert(mirror !== undefined && seed !== undefined)
  return { mirror, metadata: new Uint8Array(Buffer.from(seed['root.json'], 'base64')) }
}

/**
 * Runs the client: section 5 of the TUF specification, from the root metadata to the target.
 *
 * @returns every file of metadata that it came to believe, by name
 * @throws whatever the client throws
 */
export async function runTufClient(run: TufRun): Promise<void> {
  const { folder, mirror, metadata, rotations, remembered, target, now, download } = run
  const { TUFClient } = await import('@sigstore/tuf/dist/client.js')
  const rootPath = join(folder, 'trusted-from-the-start.json')
  writeFileSync(rootPath, metadata)
  const cachePath = join(folder, 'client')
  const options = { cachePath, mirrorURL: mirror, rootPath, forceCache: false, forceInit: true }
  const client = new TUFClient({ ...options, retry: 0, timeout: 0 })
  const [place] = readdirSync(cachePath)
  assert(place !== undefined)
  for (const [name, bytes] of remembered) writeFileSync(join(cachePath, place, name), bytes)
  const updater: unknown = Reflect.get(client, 'updater')
  assert(isUpdater(updater))
  // The client would follow redirects, and takes any answer but its own kind of error for a fault.
  updater.fetcher = createFetcher(join(folder, 'download'), download)
  updater.config.maxRootRotations = rotations
  updater.trustedSet.referenceTime = new Date(now)
  await client.getTarget(target)
}

function createFetcher(file: string, download: Download): Fetcher {
  return {
    async downloadFile(url, max, handle) {
      writeFileSync(file, await download(url, max))
      return handle(file)
    },
    downloadBytes: async (url, max) => Buffer.from(await download(url, max)),
  }
}

/** The version is pinned; a newer one that is built otherwise must not reach the network or the clock by itself. */
function isUpdater(value: unknown): value is Updater {
  if (!isObject(value)) return false
  const { fetcher, config, trustedSet }: Readonly<Record<string, unknown>> = value
  return (
    isObject(fetcher) &&
    'downloadFile' in fetcher &&
    'downloadBytes' in fetcher &&
    isObject(config) &&
    'maxRootRotations' in config &&
    isObject(trustedSet) &&
    trustedSet['referenceTime'] instanceof Date
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
