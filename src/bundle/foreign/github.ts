// What GitHub's REST API answers about the attestations of an artifact: a list of bundles.
// `gh attestation download` writes the same bundles as JSON Lines.

import {
  isJsonObject,
  type JsonObject,
  judge,
  LIMITS,
  objectsAt,
  refuse,
  refuseUnknown,
  type Result,
} from '../../core/index.ts'
import type { Bundle } from '../bundle.ts'
import type { FoundBundle } from '../file.ts'
import { parseBundleObject } from '../parse.ts'
import { type Place, placeOf } from '../place.ts'
import type { BundleProblem } from '../problem.ts'

/** Beside a bundle: where it lies and whose it is, which nobody signed. */
const MEMBERS = ['bundle', 'bundle_url', 'initiator', 'repository_id']

/** Reads `{ attestations: [{ bundle, repository_id, … }] }`. */
export function parseAttestationList(
  value: JsonObject,
): Result<readonly FoundBundle[], BundleProblem> {
  const document = placeOf(value)
  refuseUnknown(document, ['attestations'])
  const list = objectsAt(document, 'attestations', LIMITS.bundleLinesMax)
  if (document.problems.length === 0 && list.length === 0) {
    return refuse({ code: 'bundle/empty', message: 'Expected attestations, found none' })
  }
  return judge(list.map(readMember), document.problems)
}

function readMember({ value, at }: Place): FoundBundle {
  const place = placeOf(value, { at })
  const bundle = readBundle(place)
  if (!bundle.ok) return { at, bundle }
  refuseUnknown(place, MEMBERS)
  return { at, bundle: judge(bundle.value, place.problems) }
}

function readBundle({ value, at }: Place): Result<Bundle, BundleProblem> {
  const { bundle } = value
  // npm's registry serves lists of the same shape, which have rules of their own.
  if ('predicateType' in value) {
    const message =
      'Expected attestations as GitHub serves them, found those of a package of npm, which --npm and --attestations take'
    return refuse({ code: 'bundle/member-unknown', message, at })
  }
  if (isJsonObject(bundle)) return parseBundleObject(bundle)
  const message = 'Expected the bundle itself, and not only where it lies'
  return refuse({ code: 'bundle/member', message, at: `${at}/bundle` })
}
