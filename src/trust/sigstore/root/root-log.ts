// The logs of a trusted root (sigstore_trustroot.proto, TransparencyLogInstance), of signatures and of certificates.

import { bytesAt, memberOf, objectAt, refuseUnknown, tellAt, textAt } from '../../../core/index.ts'
import { isKeyDigest, isLogId } from './log-id.ts'
import { isForeignKind, parseLogKey } from './log-key.ts'
import type { RootPlace } from './root-place.ts'
import { readValidity } from './root-validity.ts'
import type { TransparencyLog, UnusableLog } from './trusted-root.ts'
import type { ValidityPeriod } from './validity-period.ts'

/** The logs of one kind. */
interface RootLogs {
  readonly usable: readonly TransparencyLog[]
  readonly unusable: readonly UnusableLog[]
}

/** A log before its key was read. */
interface KeylessLog extends Omit<TransparencyLog, 'publicKey' | 'validFor'> {
  readonly place: RootPlace
  readonly keyPlace: RootPlace
  readonly keyBytes: Uint8Array
  readonly keyDetails: string
  readonly validFor: ValidityPeriod | undefined
}

const MEMBERS = ['baseUrl', 'hashAlgorithm', 'publicKey', 'logId', 'checkpointKeyId', 'operator']

/**
 * Reads them all; what is wrong is told in the places.
 *
 * TR-7: a log whose key can not be used is passed over beside one of its kind whose key can. Alone it is refused, for of a root
 * without such a log no word of one is asked.
 */
export function readLogs(places: readonly RootPlace[], kind: UnusableLog['kind']): RootLogs {
  const logs = places.flatMap(readKeylessLog)
  const isAlone = logs.every(({ keyDetails }) => isForeignKind(keyDetails))
  const isPassedOver = ({ keyDetails }: KeylessLog) => !isAlone && isForeignKind(keyDetails)
  return {
    usable: logs.flatMap((log) => (isPassedOver(log) ? [] : readKey(log, kind))),
    unusable: logs
      .filter(isPassedOver)
      .flatMap(({ origin, keyDetails, keyBytes, validFor }) =>
        validFor === undefined ? [] : [{ kind, origin, keyDetails, keyBytes, validFor }],
      ),
  }
}

function readKeylessLog(place: RootPlace): KeylessLog[] {
  refuseUnknown(place, MEMBERS)
  const algorithm = memberOf(place, 'hashAlgorithm')
  if (algorithm !== undefined && algorithm !== 'SHA2_256') {
    const message = 'Expected "SHA2_256", the digest of the tree (RFC 6962)'
    tellAt(place, 'hashAlgorithm', { code: 'trust/root-member', message })
  }
  const baseUrl = textAt(place, 'baseUrl', '')
  const operator = textAt(place, 'operator', '')
  const logId = readKeyId(place, 'logId')
  const checkpointKeyId =
    memberOf(place, 'checkpointKeyId') === undefined
      ? undefined
      : readKeyId(place, 'checkpointKeyId')
  const keyPlace = objectAt(place, 'publicKey')
  refuseUnknown(keyPlace, ['rawBytes', 'keyDetails', 'validFor'])
  const validFor = readValidity(keyPlace)
  const keyBytes = bytesAt(keyPlace, 'rawBytes')
  if (keyBytes.length === 0) return []
  return [
    {
      place,
      keyPlace,
      baseUrl,
      origin: originOf(baseUrl),
      logId,
      ...(checkpointKeyId !== undefined && { checkpointKeyId }),
      keyBytes,
      keyDetails: textAt(keyPlace, 'keyDetails', ''),
      validFor,
      ...(operator !== '' && { operator }),
    },
  ]
}

function readKey(log: KeylessLog, kind: UnusableLog['kind']): TransparencyLog[] {
  const { place, keyPlace, keyBytes, keyDetails, validFor, ...others } = log
  const publicKey = parseLogKey(keyBytes, keyDetails)
  if (!publicKey.ok) {
    for (const problem of publicKey.problems) tellAt(keyPlace, undefined, problem)
    return []
  }
  if (validFor === undefined || log.logId.length === 0) return []
  const isOwnId = kind === 'certificate log' ? isKeyDigest : isLogId
  if (!isOwnId(log.logId, publicKey.value)) {
    const message = 'Expected the identifier of the log to be computed from its key'
    tellAt(place, 'logId', { code: 'trust/root-log-id', message })
  }
  return [{ ...others, publicKey: publicKey.value, validFor }]
}

/** The name in its checkpoints: the address without scheme, port and slashes at its end (sigstore-go takes the host name too). */
function originOf(baseUrl: string): string {
  return baseUrl
    .replace(/^https?:\/\//, '')
    .replace(/:\d{1,5}(?=\/|$)/, '')
    .replace(/\/{1,8}$/, '')
}

function readKeyId(place: RootPlace, name: string): Uint8Array {
  const id = objectAt(place, name)
  refuseUnknown(id, ['keyId'])
  return bytesAt(id, 'keyId')
}
