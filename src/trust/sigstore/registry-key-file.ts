// The keys of a package registry as files have them: the document that npm's registry serves, and the one that the Sigstore project
// signs (`keys.json` among its TUF targets). `assay trust add-npm-keys --help` says where they are.

import {
  accept,
  bytesAt,
  isJsonObject,
  LIMITS,
  memberOf,
  objectAt,
  objectsAt,
  parseJson,
  parseTimestamp,
  quote,
  refuse,
  refuseUnknown,
  type Result,
  tellAt,
  textAt,
} from '../../core/index.ts'
import { readKeyObject } from '../key/pem-public-key.ts'
import type { PublicKey } from '../key/public-key.ts'
import type { TrustProblem } from '../problem.ts'
import type { RegistryKey } from './registry-key.ts'
import { parseLogKey } from './root/log-key.ts'
import { type RootPlace, rootPlaceOf } from './root/root-place.ts'
import { readValidity } from './root/root-validity.ts'
import type { ValidityPeriod } from './root/validity-period.ts'

/** What the keys are for; those for `npm:signatures` sign the registry's listing, which is not verified here. */
const USAGE = 'npm:attestations'

/** Of the identifier, in the name of the key. */
const NAME_CHARACTERS = 10

/** How the registry names the one algorithm that it has had, and what a trusted root calls it. */
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['ecdsa-sha2-nistp256', 'PKIX_ECDSA_P256_SHA_256'],
])

/**
 * Reads a registry's keys document, in either form:
 * `{ keys: [{ keyid, keytype, scheme, key, expires }] }`, or `{ keys: [{ keyId, keyUsage, publicKey: { rawBytes, keyDetails, validFor } }] }`.
 *
 * @returns at least one key, each with a name made of its identifier
 */
export function parseRegistryKeys(bytes: Uint8Array): Result<readonly RegistryKey[], TrustProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.trustBytesMax })
  if (!json.ok) return refused(json.problems)
  // Of another document it is told once that it is another.
  if (!isJsonObject(json.value) || !Array.isArray(json.value['keys'])) return refused()
  const place = rootPlaceOf(json.value)
  refuseUnknown(place, ['keys'])
  const keys = objectsAt(place, 'keys', LIMITS.rootInstancesMax).flatMap((key) =>
    memberOf(key, 'keyid') === undefined ? readSignedKey(key) : readServedKey(key),
  )
  if (place.problems.length > 0) return refused(place.problems)
  return keys.length > 0 ? accept(keys) : refused()
}

/** As the registry serves it: `expires` is null while the key is in use, and since when it is, is not said. */
function readServedKey(place: RootPlace): RegistryKey[] {
  refuseUnknown(place, ['keyid', 'keytype', 'scheme', 'key', 'expires'])
  const scheme = textAt(place, 'scheme', '')
  const details = SCHEMES.get(scheme)
  if (details === undefined || textAt(place, 'keytype', '') !== scheme) {
    const message = `Expected ${[...SCHEMES.keys()].join(', ')}, found ${quote(scheme)}`
    tellAt(place, 'scheme', { code: 'trust/registry-keys', message })
    return []
  }
  const publicKey = readKey(place, 'key', details)
  const validFor = readExpiry(place)
  return nameKey(textAt(place, 'keyid', ''), publicKey, validFor)
}

function readExpiry(place: RootPlace): ValidityPeriod | undefined {
  if (memberOf(place, 'expires') === undefined) return { start: 0 }
  const end = parseTimestamp(textAt(place, 'expires', ''))
  if (end.ok) return { start: 0, end: end.value }
  for (const problem of end.problems) tellAt(place, 'expires', problem)
  return undefined
}

/** As the Sigstore project signs it: one entry for each use of the key. */
function readSignedKey(place: RootPlace): RegistryKey[] {
  refuseUnknown(place, ['keyId', 'keyUsage', 'publicKey'])
  const key = objectAt(place, 'publicKey')
  refuseUnknown(key, ['rawBytes', 'keyDetails', 'validFor'])
  const publicKey = readKey(key, 'rawBytes', textAt(key, 'keyDetails', ''))
  const validFor = readValidity(key)
  if (textAt(place, 'keyUsage', '') !== USAGE) return []
  return nameKey(textAt(place, 'keyId', ''), publicKey, validFor)
}

function readKey(place: RootPlace, name: string, details: string): PublicKey | undefined {
  const bytes = bytesAt(place, name)
  if (bytes.length === 0) return undefined
  const read = parseLogKey(bytes, details)
  const key = read.ok ? readKeyObject(read.value.key) : read
  if (key.ok) return key.value
  for (const problem of key.problems) tellAt(place, name, problem)
  return undefined
}

/** What of it can not be read has been told. */
function nameKey(
  keyId: string,
  publicKey: PublicKey | undefined,
  validFor: ValidityPeriod | undefined,
): RegistryKey[] {
  if (publicKey === undefined || validFor === undefined) return []
  const digest = keyId.replace(/^SHA256:/, '').replaceAll(/[^A-Za-z0-9]/g, '')
  return [{ name: `npm-${digest.slice(0, NAME_CHARACTERS)}`, keyId, publicKey, validFor }]
}

function refused(because?: readonly TrustProblem[]): Result<never, TrustProblem> {
  return refuse({
    code: 'trust/registry-keys',
    message: `Expected the keys of a package registry, at least one of them for ${quote(USAGE)}`,
    ...(because !== undefined && { because }),
  })
}
