// What npm's registry serves of a package: its attestations, each a bundle with its type beside it.
// The type is not signed (NPM-3): it is kept as what is declared, and never chooses anything.

import {
  isJsonObject,
  judge,
  LIMITS,
  objectAt,
  objectsAt,
  parseJson,
  refuse,
  refuseUnknown,
  type Result,
  textAt,
} from '../../core/index.ts'
import type { Bundle } from '../bundle.ts'
import { parseBundleObject } from '../parse.ts'
import { type Place, placeOf } from '../place.ts'
import type { BundleProblem } from '../problem.ts'

/** A bundle, and the predicate type that the document says it is of. */
export interface DeclaredBundle {
  readonly declaredType: string
  /** One that can not be read is kept, so that it is told. */
  readonly bundle: Result<Bundle, BundleProblem>
}

/**
 * Reads `{ attestations: [{ predicateType, bundle }] }`.
 *
 * @returns at least one attestation; `bundle/empty` where there is none
 */
export function parseNpmAttestations(
  bytes: Uint8Array,
): Result<readonly DeclaredBundle[], BundleProblem> {
  const json = parseJson(bytes, { stringMax: LIMITS.envelopeBytesMax })
  if (!json.ok || !isJsonObject(json.value)) {
    return refuse({
      code: 'bundle/json',
      message: 'Expected the attestations of a package, in JSON',
      ...(!json.ok && { because: json.problems }),
    })
  }
  const place = placeOf(json.value)
  refuseUnknown(place, ['attestations'])
  const attestations = objectsAt(place, 'attestations', LIMITS.bundleLinesMax).map(readAttestation)
  const judged = judge(attestations, place.problems)
  if (!judged.ok || attestations.length > 0) return judged
  return refuse({ code: 'bundle/empty', message: 'Expected attestations of a package, found none' })
}

function readAttestation(attestation: Place): DeclaredBundle {
  refuseUnknown(attestation, ['predicateType', 'bundle'])
  return {
    declaredType: textAt(attestation, 'predicateType'),
    bundle: parseBundleObject(objectAt(attestation, 'bundle').value),
  }
}
