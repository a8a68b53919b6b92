// What whoever drafts could try to have counted: a record of each family, signed by them, about a release of the draft channel, and
// inside a draft.

import type { JsonObject } from '../../../src/core/index.ts'
import type { NewRecord } from '../../../src/host/index.ts'
import { createHost } from '../../../src/host/index.ts'
import { buildEntry } from '../../../src/ledger/index.ts'
import {
  buildDraftStatement,
  FAMILIES,
  type Family,
  readDraft,
  type RecordSubject,
} from '../../../src/record/index.ts'
import type { Statement } from '../../../src/statement/index.ts'
import { goldenRecord } from '../../record/golden-record.ts'
import { fileOf, statementOf } from '../../record/signed.ts'
import { digestOf, trustedKey } from '../../verify/release.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Who drafts, and nothing else. */
export const DRAFTER = trustedKey('other', { name: 'drafter', roles: ['self-service'] })
/** Its role. */
export const SELF_SERVICE = { name: 'self-service', threshold: 1, draft: true } as const

/** The statement of the family's example; about a release of another channel with `channel`. */
export function exampleOf(family: Family, channel?: string): Statement {
  const { header, members, about } = goldenRecord(family)
  if (channel === undefined || about.kind === 'commit' || header.release === undefined) {
    return statementOf(family.name, members as JsonObject, { header, about })
  }
  const [from = ''] = about.id.split('__')
  const id = about.id.replace(from, channel)
  const release = { ...header.release, artifactSetId: id, releaseChannel: channel }
  const moved: RecordSubject = { ...about, id }
  const named = JSON.parse(
    JSON.stringify(members).replaceAll(`${from}__`, `${channel}__`),
  ) as JsonObject
  return statementOf(family.name, named, {
    header: { ...header, release },
    about: moved,
  })
}

/** How a draft might get in, the code that says no, and the bundle of each family that it goes for. */
export interface Way {
  readonly name: string
  readonly code: string
  readonly bundles: readonly (readonly [family: string, bytes: Uint8Array])[]
}

const isOfSet = (family: Family) => goldenRecord(family).about.kind === 'set'

/** By role, by channel, and by the key whose draft it stays, whoever signs it over. */
export const WAYS: readonly Way[] = [
  {
    name: 'role',
    code: 'verify/draft-signer',
    bundles: FAMILIES.map((family) => [family.name, fileOf(exampleOf(family), 'other')]),
  },
  {
    name: 'channel',
    code: 'record/draft-channel',
    bundles: FAMILIES.filter(isOfSet).map((family) => [
      family.name,
      fileOf(exampleOf(family, 'draft'), 'release'),
    ]),
  },
  ...['other', 'release'].map((key) => ({
    name: `draft-by-${key}`,
    code: 'record/draft',
    bundles: FAMILIES.map((family) => [family.name, fileOf(draftOf(family), key)] as const),
  })),
]

/** Of families that the general role does not sign. */
const OWN_KEYS: Partial<Record<string, string>> = { 'adoption-review': 'rita', adoption: 'ada' }

/** The same by whoever signs for production, in a channel of production. */
export const TWINS: readonly (readonly [family: string, bytes: Uint8Array])[] = FAMILIES.map(
  (family) => [family.name, fileOf(exampleOf(family), OWN_KEYS[family.name] ?? 'release')],
)

export function draftOf(family: Family): Statement {
  const draft = readDraft(exampleOf(family))
  if (!draft.ok) throw new Error(JSON.stringify(draft.problems))
  return buildDraftStatement(draft.value)
}

/** Puts the bundles into a ledger as somebody would who writes its files by hand. */
export async function forceInto(
  world: LedgerWorld,
  ledger: string,
  { bundles }: Pick<Way, 'bundles'>,
): Promise<void> {
  const store = await createHost(world.folder).openLedger(ledger)
  const records = bundles.map(([family, bytes]): NewRecord => {
    const payload = JSON.parse(Buffer.from(bytes).toString()) as {
      dsseEnvelope: { payload: string }
    }
    const said = JSON.parse(Buffer.from(payload.dsseEnvelope.payload, 'base64').toString()) as {
      predicateType: string
      subject: { name: string }[]
    }
    const name = said.subject[0]?.name ?? ''
    const release = name === 'draft' ? 'staging__render_staging_rollout__v1.2.0__4711-1' : name
    const entry = buildEntry({
      sha256: digestOf(bytes),
      predicateType: said.predicateType,
      release,
    })
    if (!entry.ok) throw new Error(`${family}: ${JSON.stringify(entry.problems)}`)
    return { bytes, entry: entry.value }
  })
  const appended = await store.append(records)
  if (!appended.ok) throw new Error(JSON.stringify(appended.problems))
}
