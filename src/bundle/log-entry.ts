// A transparency log entry (sigstore_rekor.proto), as far as its shape goes; what it proves is
// judged where logs are trusted.

import { type Place, memberOf, objectAt, refuseUnknown } from './place.ts'

const MEMBERS = [
  'logIndex',
  'logId',
  'kindVersion',
  'integratedTime',
  'inclusionPromise',
  'inclusionProof',
  'canonicalizedBody',
]
const PROOF_MEMBERS = ['logIndex', 'rootHash', 'treeSize', 'hashes', 'checkpoint']

/** The largest int64 has 19 digits; a log's numbers are not negative (RK-6). */
const INT64 = /^(?:0|[1-9]\d{0,18})$/

/** JSON-1: protobuf writes int64 as text; a JSON number may have been rounded already. */
export function checkLogEntry(entry: Place): void {
  refuseUnknown(entry, MEMBERS)
  checkInt64(entry, 'logIndex')
  checkInt64(entry, 'integratedTime')
  if (memberOf(entry, 'inclusionProof') === undefined) return
  const proof = objectAt(entry, 'inclusionProof')
  refuseUnknown(proof, PROOF_MEMBERS)
  checkInt64(proof, 'logIndex')
  checkInt64(proof, 'treeSize')
}

function checkInt64(place: Place, name: string): void {
  const value = memberOf(place, name)
  if (value === undefined) return
  if (typeof value === 'string' && INT64.test(value) && BigInt(value) < 2n ** 63n) return
  place.problems.push({
    code: 'bundle/member',
    message: 'Expected a whole number of an int64, not negative, written as text',
    at: `${place.at}/${name}`,
  })
}
