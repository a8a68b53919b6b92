// Clients of TUF repositories on loopback, each with a cache of its own.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Result } from '../../../src/core/index.ts'
import type { FetchedRoot } from '../../../src/host/index.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { createTestHost } from '../test-host.ts'
import {
  type BuiltRepository,
  buildRepository,
  type RepositoryPlan,
  serveRepository,
} from './tuf-repository.ts'

/** A client with a cache of its own, and with this clock. */
export function createClient(now?: () => number) {
  const cache = makeTemporaryFolder('root-update')
  const { host: usual } = createTestHost(cache, { environment: { XDG_CACHE_HOME: cache } })
  const host = now === undefined ? usual : { ...usual, now }
  const folder = join(cache, 'assay/roots')
  return {
    folder,
    fetch: (mirror: string, metadata: Uint8Array, deadlineMs = 10_000) =>
      host.fetchTrustedRoot({ repository: { mirror, metadata }, deadlineMs }),
    remembers: () => (existsSync(folder) ? readdirSync(folder) : []),
  }
}

/** `accepted`, or the codes. */
export function outcome(result: Result<FetchedRoot>): string {
  return result.ok ? 'accepted' : result.problems.map(({ code }) => code).join()
}

/** One run against one repository: its outcome, and whether anything is remembered of it. */
export async function run(
  plan: RepositoryPlan,
  anchor?: Uint8Array,
): Promise<readonly [string, number]> {
  const built = buildRepository(plan)
  const { url } = await serveRepository(built)
  const client = createClient()
  const result = await client.fetch(url, anchor ?? built.anchor)
  return [outcome(result), client.remembers().length]
}

/** One run, and another one after the repository has changed. */
export async function runTwice(first: BuiltRepository, second: BuiltRepository): Promise<string> {
  const server = await serveRepository(first)
  const client = createClient()
  expect(outcome(await client.fetch(server.url, first.anchor))).toBe('accepted')
  server.publish(second)
  return outcome(await client.fetch(server.url, first.anchor))
}

/** What {@link run} gives. */
export const ACCEPTED = ['accepted', 1]
export const refusedWith = (code: string) => [code, 0]
