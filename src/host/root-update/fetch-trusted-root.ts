// `trusted_root.json` out of a TUF repository: our own look at each file, and the client of the Sigstore project for the rest (TUF
// specification, section 5). Nothing is taken or remembered before all of it is right.

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  AssayError,
  accept,
  type Instant,
  isJsonObject,
  type JsonValue,
  quote,
  type Result,
} from '../../core/index.ts'
import type { Host } from '../host.ts'
import { parseServiceUrl } from '../network/service-url.ts'
import type { HostProblem } from '../problem.ts'
import { describeClientFault } from './client-fault.ts'
import { type Memory, openCacheFolder, readMemory, writeMemory } from './memory.ts'
import { judgeExpiry, type Metadata, parseMetadata } from './metadata.ts'
import { openRepository, type Repository, RepositoryFault } from './repository.ts'
import type { FetchedRoot, MetadataRole, RootQuestion } from './root-question.ts'
import { loadPublicRepository, runTufClient } from './tuf-client.ts'

const TARGET = 'trusted_root.json'

/** What the client keeps besides the root metadata. */
const ROLES = ['timestamp', 'snapshot', 'targets'] as const

/**
 * Fetches the trusted root of a repository.
 *
 * @returns `host/update-…` for a repository that breaks the rules; a network that fails is thrown
 */
export async function fetchTrustedRoot(
  host: Pick<Host, 'now' | 'readEnvironment' | 'request'>,
  { repository, deadlineMs }: RootQuestion,
): Promise<Result<FetchedRoot, HostProblem>> {
  // TUF-1: one instant for the whole update.
  const now = host.now()
  const { mirror: address, metadata } = repository ?? (await loadPublicRepository())
  const url = parseServiceUrl(address)
  if (!url.ok) return url
  const mirror = `${url.value.origin}${url.value.pathname}`.replace(/\/+$/, '')
  const anchor = parseMetadata(metadata, 'root')
  if (!anchor.ok) return anchor
  const cache = openCacheFolder((name) => host.readEnvironment(name))
  if (!cache.ok) return cache
  const memory = await readMemory(cache.value, mirror)
  if (!memory.ok) return memory
  const folder = mkdtempSync(join(cache.value, 'update-'))
  try {
    const door = openRepository(host, {
      mirror,
      now,
      ...(deadlineMs !== undefined && { deadlineMs }),
    })
    const update = { anchor: anchor.value, metadata, mirror, folder, memory: memory.value, now }
    const fetched = await runUpdate(door, update)
    const written = await writeMemory(cache.value, mirror, fetched.memory)
    return written.ok ? accept(fetched.root) : written
  } catch (thrown) {
    if (thrown instanceof RepositoryFault) return { ok: false, problems: thrown.problems }
    throw thrown
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Update {
  readonly anchor: Metadata
  /** The bytes of the anchor. */
  readonly metadata: Uint8Array
  readonly mirror: string
  readonly folder: string
  readonly memory: Memory
  readonly now: Instant
}

async function runUpdate(
  repository: Repository,
  { anchor, metadata, mirror, folder, memory, now }: Update,
): Promise<{ root: FetchedRoot; memory: Memory }> {
  const roots = await repository.fetchRoots(anchor)
  const newest = roots.at(-1)?.metadata ?? anchor
  refuseWhere(judgeAge(newest, memory))
  refuseWhere(judgeExpiry(newest, now))
  const versions = new Map(
    roots.map(({ metadata: { version }, bytes }) => [`${mirror}/${version}.root.json`, bytes]),
  )
  let trustedRoot: Uint8Array | undefined
  // The client turns errors of its fetcher into texts: what was wrong is kept here.
  let failure: unknown
  const download = async (url: string, bytesMax: number): Promise<Uint8Array> => {
    try {
      const bytes = versions.get(url) ?? (await repository.fetchFile(url, bytesMax))
      if (url.startsWith(`${mirror}/targets/`)) trustedRoot = bytes
      return bytes
    } catch (thrown) {
      failure ??= thrown
      throw thrown
    }
  }
  const rotations = roots.length
  const remembered = memory.files
  try {
    await runTufClient({
      folder,
      mirror,
      metadata,
      rotations,
      remembered,
      target: TARGET,
      now,
      download,
    })
  } catch (thrown) {
    if (failure instanceof RepositoryFault || failure instanceof AssayError) throw failure
    throw new RepositoryFault([describeClientFault(thrown)])
  }
  const files = readKept(folder)
  const kept = [newest, ...ROLES.map((role) => readRole(files, role))]
  const bytes = judgeTarget(kept.at(-1), trustedRoot)
  return {
    root: { mirror, trustedRoot: bytes, ...summarize(kept) },
    memory: { rootVersion: newest.version, files },
  }
}

/** TUF-5, for the root metadata too: who hides its newest version would bring back keys that were taken out. */
function judgeAge({ version }: Metadata, { rootVersion }: Memory): HostProblem | undefined {
  if (version >= rootVersion) return undefined
  return {
    code: 'host/update-rolled-back',
    message: `Expected version ${rootVersion} of root.json, which was seen before, or a newer one, found ${version}`,
  }
}

/** The metadata that the client came to believe. */
function readKept(folder: string): ReadonlyMap<string, Uint8Array> {
  const names: ReadonlySet<string> = new Set(ROLES.map((role) => `${role}.json`))
  const paths = readdirSync(join(folder, 'client'), { recursive: true, encoding: 'utf8' })
  const found = paths.map((path) => [path.split('/').at(-1) ?? '', path] as const)
  return new Map(
    found
      .filter(([name]) => names.has(name))
      .map(([name, path]) => [name, new Uint8Array(readFileSync(join(folder, 'client', path)))]),
  )
}

function readRole(files: ReadonlyMap<string, Uint8Array>, role: MetadataRole): Metadata {
  const metadata = parseMetadata(files.get(`${role}.json`) ?? new Uint8Array(), role)
  if (metadata.ok) return metadata.value
  throw new RepositoryFault(metadata.problems)
}

/** TUF-7, once more and without leniency: the target is held to a digest, which the specification does not demand of a length alone. */
function judgeTarget(targets: Metadata | undefined, bytes: Uint8Array | undefined): Uint8Array {
  const listed = memberAt(memberAt(targets?.signed, 'targets'), TARGET)
  const sha256 = memberAt(memberAt(listed, 'hashes'), 'sha256')
  const found = bytes === undefined ? '' : createHash('sha256').update(bytes).digest('hex')
  if (bytes !== undefined && sha256 === found) return bytes
  throw new RepositoryFault([
    {
      code: 'host/update-mismatch',
      message: `Expected ${TARGET} with the SHA-256 ${
        typeof sha256 === 'string' ? quote(sha256) : 'that the top-level targets say'
      }, found ${found === '' ? 'none' : quote(found)}`,
    },
  ])
}

function memberAt(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined
}

function summarize(kept: readonly Metadata[]): Pick<FetchedRoot, 'versions' | 'expiresAt'> {
  const versions = kept.map(({ role, version }) => [role, version] as const)
  return {
    versions: Object.fromEntries(versions) as Record<MetadataRole, number>,
    expiresAt: Math.min(...kept.map(({ expiresAt }) => expiresAt)),
  }
}

function refuseWhere(problem: HostProblem | undefined): void {
  if (problem !== undefined) throw new RepositoryFault([problem])
}
