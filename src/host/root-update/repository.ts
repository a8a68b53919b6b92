// The files of a TUF repository, fetched through the one door to the network and looked at before the client gets them.

import { AssayError, type Instant, LIMITS, type Problems, quote } from '../../core/index.ts'
import type { Host } from '../host.ts'
import type { HostProblem } from '../problem.ts'
import { judgeExpiry, type Metadata, METADATA_BYTES_MAX, parseMetadata } from './metadata.ts'
import type { MetadataRole } from './root-question.ts'

/** How many newer versions of the root metadata are followed: the public repository had 16 in five years. */
const ROTATIONS_MAX = 64

const DEADLINE_MS = 120_000

/** Refused: the client's own errors lose what they were made from. */
export class RepositoryFault extends Error {
  readonly problems: Problems<HostProblem>

  constructor(problems: Problems<HostProblem>) {
    super(problems[0].message)
    this.problems = problems
  }
}

/** A repository of which files are asked, one after the other. */
export interface Repository {
  /** Newer root metadata than this, in the order of the versions. */
  fetchRoots(anchor: Metadata): Promise<readonly FetchedMetadata[]>
  /** Any file of it, by its address. */
  fetchFile(url: string, bytesMax: number): Promise<Uint8Array>
}

/** Metadata with the bytes that it was read from. */
export interface FetchedMetadata {
  readonly metadata: Metadata
  readonly bytes: Uint8Array
}

/** Which repository, and when. */
export interface RepositoryPlace {
  /** Without a slash at its end. */
  readonly mirror: string
  /** Against which all metadata is held. */
  readonly now: Instant
  readonly deadlineMs?: number
}

/** Opens a repository; nothing is asked yet. */
export function openRepository(
  host: Pick<Host, 'request'>,
  { mirror, now, deadlineMs = DEADLINE_MS }: RepositoryPlace,
): Repository {
  const startedAt = performance.now()

  /** @returns nothing where the repository has no such file */
  async function ask(
    url: string,
    bytesMax: number,
    isOptional = false,
  ): Promise<Uint8Array | undefined> {
    const leftMs = deadlineMs - (performance.now() - startedAt)
    if (leftMs <= 0) {
      throw new AssayError('host/timed-out', `Cannot use ${quote(mirror)}: no end in time`)
    }
    const answer = await host.request({
      url,
      method: 'GET',
      accept: '*/*',
      bytesMax,
      deadlineMs: leftMs,
      ...(isOptional && { statuses: [403, 404] }),
    })
    if (!answer.ok) throw new RepositoryFault(answer.problems)
    const { status, body } = answer.value
    return status >= 400 ? undefined : body
  }

  return {
    async fetchRoots({ version }) {
      const roots: FetchedMetadata[] = []
      for (let next = version + 1; ; next++) {
        const url = `${mirror}/${next}.root.json`
        const bytes = await ask(url, METADATA_BYTES_MAX.root, true)
        if (bytes === undefined) return roots
        if (roots.length === ROTATIONS_MAX) throw fault(tooMany())
        roots.push({ bytes, metadata: judgeVersion(read(bytes, 'root'), next) })
      }
    },
    async fetchFile(url, bytesMax) {
      const role = roleOf(url, mirror)
      const limit = role === undefined ? LIMITS.trustBytesMax : METADATA_BYTES_MAX[role]
      const bytes = (await ask(url, limit)) ?? new Uint8Array()
      if (bytes.length > bytesMax) throw fault(tooLong(url, bytesMax, bytes.length))
      if (role === undefined) return bytes
      const problem = judgeExpiry(read(bytes, role), now)
      if (problem !== undefined) throw fault(problem)
      return bytes
    },
  }
}

/** `timestamp.json`, `12.snapshot.json`, `12.targets.json`; anything else is a target. */
function roleOf(url: string, mirror: string): MetadataRole | undefined {
  const name = url.slice(mirror.length + 1)
  const [, role] = /^(?:\d+\.)?(timestamp|snapshot|targets)\.json$/.exec(name) ?? []
  return role as MetadataRole | undefined
}

function read(bytes: Uint8Array, role: MetadataRole): Metadata {
  const metadata = parseMetadata(bytes, role)
  if (!metadata.ok) throw new RepositoryFault(metadata.problems)
  return metadata.value
}

/** TUF-2: each version follows the one before it. */
function judgeVersion(metadata: Metadata, expected: number): Metadata {
  if (metadata.version === expected) return metadata
  throw fault({
    code: 'host/update-version',
    message: `Expected version ${expected} of root.json, found ${metadata.version}`,
  })
}

function tooMany(): HostProblem {
  return {
    code: 'host/update-version',
    message: `Expected at most ${ROTATIONS_MAX} newer versions of root.json, found more`,
    hint: 'Newer root metadata of the repository shortens the way: --tuf-root FILE',
  }
}

function tooLong(url: string, bytesMax: number, found: number): HostProblem {
  return {
    code: 'host/update-mismatch',
    message: `Expected at most ${bytesMax} bytes, as the metadata says, found ${found} in ${quote(url)}`,
  }
}

function fault(problem: HostProblem): RepositoryFault {
  return new RepositoryFault([problem])
}
