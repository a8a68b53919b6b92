// What gates and policies of requirements are asked about, of releases of a project that are told by their ids.

import type { Check } from '../../src/core/index.ts'
import { type CandidateCommit, collectProject, type GateProject } from '../../src/gate/index.ts'
import type { Registry } from '../../src/policy/index.ts'
import { documentOf, draft } from '../policy/requirement/documents.ts'
import { filesOf, registryOf, shippedDrafts } from '../policy/shipped.ts'
import { judgedView, trackedAt } from './judged-view.ts'
import { STAGING } from './states.ts'

export const STAGED = (run: number) => `staging__render_staging_rollout__v1.${run}.0__${run}-1`
export const WEB = (run: number, channel = 'production') => `${channel}__web__v1.${run}.0__${run}`
export const ANYWHERE = { stages: ['production'] }
export const SMOKED = draft({ select: { family: 'smoke' } })
export const LOOKS_BACK = draft({
  any: [draft({ select: { family: 'tracking', about: 'gate' } }, 'two')],
})

const registries = new Map<string, Registry>()

/** The shipped policies, one of requirements, and what the gate of staging asks for besides. */
export function registryWith(
  scope: object,
  requirement: object,
  ...deploy: readonly object[]
): Registry {
  const key = JSON.stringify([scope, requirement, deploy])
  const drafts = shippedDrafts()
  const gate = drafts.get(STAGING)
  if (gate !== undefined) gate['deploy'] = [...(gate['deploy'] as object[]), ...deploy]
  const bytes = Buffer.from(JSON.stringify({ ...documentOf(requirement), scope }))
  const files = [...filesOf(drafts), { name: 'mine.json', bytes }]
  const registry = registries.get(key) ?? registryOf(files)
  registries.set(key, registry)
  return registry
}

interface Asked {
  readonly scope?: object
  readonly registry?: Registry
  readonly named?: string
  /** What somebody asked about, and not only the ledger has last. */
  readonly namedCommit?: string
  /** Releases of which so many records are refused. */
  readonly refused?: Readonly<Record<string, number>>
  readonly candidate?: CandidateCommit
}

export type Item = ReturnType<typeof trackedAt>

export const REFUSED: Check = {
  ...{ name: 'record', outcome: 'rejected', code: 'verify/key-unknown' },
  message: 'smoke 5f0c at entry 7: nobody signed it who may',
}

/** What a gate or a policy is asked about, of releases by their ids. */
export function askedOf(
  asked: string,
  releases: Readonly<Record<string, readonly Item[]>>,
  { scope = ANYWHERE, registry = registryWith(scope, SMOKED), ...rest }: Asked = {},
): GateProject {
  const collection = collectProject(registry, {
    ...(rest.named !== undefined && { release: rest.named }),
    ...(rest.namedCommit !== undefined && { commit: rest.namedCommit }),
  })
  for (const [id, items] of Object.entries(releases)) {
    collection.add(
      judgedView(items, { id, registry }),
      Array.from({ length: rest.refused?.[id] ?? 0 }, () => REFUSED),
    )
  }
  return collection.close().of(asked, () => rest.candidate)
}

/** Releases that were tracked one after another. */
export const tracked = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id, index) => [id, [trackedAt(index * 10, id)]]))

/** The commit that somebody would build the next release from. */
export const NEXT = {
  commit: 'c'.repeat(40),
  records: judgedView([trackedAt(1)]).records,
  refused: [],
}

/** Why nothing is allowed. */
export const codeOf = ({ subject }: GateProject) => subject.against[0]?.code
