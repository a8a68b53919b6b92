// What `assay trust update` says: which logs and authorities came, went or ended.

import { encodeTimestamp, escapeText, type JsonObject } from '../../../core/index.ts'
import type { FetchedRoot } from '../../../host/index.ts'
import type { RootChange } from '../../../trust/index.ts'
import type { Answer } from '../../answer.ts'
import type { Update } from './judgement.ts'

/** One update that was made, or was not needed. */
interface Told {
  readonly trust: string
  readonly name: string
  readonly fetched: FetchedRoot
  readonly update: Update
  readonly isNew: boolean
}

/** The digest of the trust document is the result; the rest is for people. */
export function answerUpdate(told: Told): Answer {
  const { trust, name, fetched, update, isNew } = told
  const { digest } = update.document
  const root = update.document.roots.find((one) => one.name === name)
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${digest}\n`,
    notes: describe(told).map(escapeText),
    document: {
      schema: 'assay/trust-update/v1',
      trust,
      digest,
      root: { name, digest: root?.digest ?? '', publicGood: root?.isPublicGood ?? false },
      isNew,
      changes: update.changes.map((change): JsonObject => ({ ...change })),
      ...(update.kept !== undefined && { kept: update.kept }),
      repository: {
        mirror: fetched.mirror,
        versions: { ...fetched.versions },
        expires: encodeTimestamp(fetched.expiresAt),
      },
    },
  }
}

function describe({ trust, name, fetched, update, isNew }: Told): readonly string[] {
  const { mirror, versions, expiresAt } = fetched
  const source = `${mirror}, timestamp ${versions.timestamp}, valid until ${encodeTimestamp(expiresAt)}`
  if (!isNew) return [`Nothing is new: the root ${name} of ${trust} is that of ${source}`]
  const root = update.document.roots.find((one) => one.name === name)
  const isDeclared = root?.mark === 'live' && !root.isPublicGood
  return [
    `Replaced the root ${name} of ${trust} by that of ${source}`,
    ...update.changes.map(describeChange),
    ...(update.kept === undefined ? [] : describeKept(update.kept)),
    ...(isDeclared
      ? ['No release of Assay knows this root yet: it is live by declaration of the trust document']
      : []),
  ]
}

function describeChange({ what, kind, name }: RootChange): string {
  const word = what === 'dropped' ? 'DROPPED' : what
  return `  ${word}: ${kind}${name === '' ? '' : ` ${name}`}`
}

function describeKept(kept: string): readonly string[] {
  return [
    `WARNING: the new root has no more what is DROPPED; it stays as ${kept}, for signatures until now`,
    `Where it was dropped because it can not be believed: assay trust remove ${kept}`,
  ]
}
