// The project that would adopt: its policies, its trust, and what its ledger holds about the release.

import { accept, type JsonValue, LIMITS, type Result } from '../../../core/index.ts'
import type { Host, LedgerStore } from '../../../host/index.ts'
import type { Registry } from '../../../policy/index.ts'
import {
  type AdoptionCandidate,
  judgeRelease,
  type LedgerItem,
  type LedgerScope,
  parseCandidate,
  type ReleaseQuestion,
  type ReleaseView,
  summarize,
  type ViewContext,
} from '../../../record/index.ts'
import { principalsWith } from '../../../trust/index.ts'
import { atPath } from '../../file-input.ts'
import { readRequest } from '../../ledger/record-request.ts'
import { usage } from '../../usage.ts'
import { type LedgerInput, readLedger, type RecordRequest } from '../ledger-input.ts'
import { DEFAULT_POLICIES, readRegistry } from '../registry-input.ts'
import { namesSets } from '../release-standing.ts'
import type { AdoptionFlags } from './adoption-flags.ts'
import type { SourceInput } from './source-input.ts'

/** Where records are adopted. */
export interface Project {
  readonly request: RecordRequest
  /** The policies of now. */
  readonly registry: Registry
  readonly store: LedgerStore
  readonly ledger: LedgerInput
}

/** Reads the project; without policies nothing says what is whole. */
export async function readProject(host: Host, flags: AdoptionFlags): Promise<Result<Project>> {
  const request = await readRequest(host, flags.trust, flags.unsafeExampleKeys)
  if (!request.ok) return request
  const registry = await readRegistry(host, flags.policies)
  if (!registry.ok) return registry
  if (registry.value === undefined) {
    return usage(`Expected --policies DIR, found none and no ${DEFAULT_POLICIES}`)
  }
  const store = await host.openLedger(flags.ledger)
  const ledger = await readLedger(store, request.value)
  if (!ledger.ok) return ledger
  return accept({ request: request.value, registry: registry.value, store, ledger: ledger.value })
}

/** The candidate in a file. */
export async function readCandidate(host: Host, path: string): Promise<Result<AdoptionCandidate>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.writtenBytesMax })
  return bytes.ok ? atPath(parseCandidate(bytes.value), path) : bytes
}

/** The release, as the ledger of the project has it and as it might have it. */
export interface ProjectRelease {
  /** What it has. */
  readonly items: readonly LedgerItem[]
  /** The release of the candidate among these items, to which records about its commit may belong. */
  judge(items: readonly LedgerItem[], scope: LedgerScope): ReleaseView
  /** What a view in the project is asked with. */
  readonly context: ViewContext
}

/** Looks up what the ledger holds about the release, its commit, and the releases that records of the source name. */
export async function readRelease(
  { ledger, request, registry }: Project,
  { release }: Pick<AdoptionCandidate, 'release'>,
  source: SourceInput,
): Promise<Result<ProjectRelease>> {
  const id = release.artifactSetId
  const named = source.records.flatMap(({ members }) => [...namesSets(members as JsonValue)])
  const known = new Map<string, readonly LedgerItem[]>()
  for (const about of new Set([id, `git:${release.sourceRevision}`, ...named])) {
    const items = await ledger.items(about)
    if (!items.ok) return items
    known.set(about, items.value.accepted)
  }
  const itemsOf = (about: string) => known.get(about) ?? []
  const { trust, now } = request
  const asked = {
    registry,
    now,
    holdersOf: (roles: readonly string[]) => principalsWith(trust, roles),
  }
  const ask = (about: string, items: readonly LedgerItem[]) => ({
    ...asked,
    id: about,
    items: items.filter((item) => commitOf(item) === undefined),
    commitItems: (commit: string) => [
      ...itemsOf(`git:${commit}`),
      ...items.filter((item) => commitOf(item) === commit),
    ],
  })
  const releaseOf: ReleaseQuestion['releaseOf'] = (about) => {
    if (about === id || itemsOf(about).length === 0) return undefined
    const question = ask(about, itemsOf(about))
    return summarize({ ...question, scope: 'project', releaseOf: () => undefined })
  }
  const judge: ProjectRelease['judge'] = (items, scope) =>
    judgeRelease({ ...ask(id, items), scope, releaseOf })
  const items = itemsOf(id)
  const { evidence } = judge(items, 'project').fold
  return accept({ items, judge, context: { ...asked, evidence, releaseOf } })
}

function commitOf(item: LedgerItem): string | undefined {
  return item.kind === 'record' && item.about.kind === 'commit' ? item.about.commit : undefined
}
