// What GitHub's REST API answers about the attestations of an artifact: a list of bundles.
// `gh attestation download` writes the same bundles as JSON Lines.

import {
  isJsonObject,
  type JsonObject,
  judge,
  LIMITS,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { FoundBundle } from '../file.ts'
import { parseBundleObject } from '../parse.ts'
import { memberOf, objectsAt, type Place, refuseUnknown } from '../place.ts'
import type { BundleProblem } from '../problem.ts'

/** Beside a bundle: where it lies and whose it is, which nobody signed. */
const MEMBERS = ['bundle', 'bundle_url', 'initiator', 'repository_id']

/** Reads `{ attestations: [{ bundle, repository_id, … }] }`. */
export function parseAttestationList(
  value: JsonObject,
): Result<readonly FoundBundle[], BundleProblem> {
  const document: Place = { value, at: '', problems: [] }
  refuseUnknown(document, ['attestations'])
  const list = objectsAt(document, 'attestations', LIMITS.bundleLinesMax)
  if (document.problems.length === 0 && list.length === 0) {
    return refuse({ code: 'bundle/empty', message: 'Expected attestations, found none' })
  }
  return judge(list.map(readMember), document.problems)
}

function readMember(member: Place): FoundBundle {
  const { at } = member
  const place: Place = { ...member, problems: [] }
  refuseUnknown(place, MEMBERS)
  const bundle = memberOf(place, 'bundle')
  if (!isJsonObject(bundle)) {
    const message = 'Expected the bundle itself, and not only where it lies'
    place.problems.push({ code: 'bundle/member', message, at: `${at}/bundle` })
    return { at, bundle: judge(undefined as never, place.problems) }
  }
  const parsed = parseBundleObject(bundle)
  if (place.problems.length > 0) return { at, bundle: judge(undefined as never, place.problems) }
  return { at, bundle: parsed }
}
