// A timestamp as a bundle holds it: TimeStampResp (RFC 3161 section 2.4.2) around CMS SignedData (RFC 5652 section 5).

import {
  checkDerTree,
  childrenOf,
  constructedTag,
  type CoreProblem,
  DER_TAGS,
  type DerValue,
  failDer,
  fieldsOf,
  onlyChildOf,
  parseDer,
  readCount,
  readOctets,
  readOid,
  readWhole,
  type Result,
} from '../../core/index.ts'
import { readAlgorithm, readTokenInfo, type TokenInfo } from './token-info.ts'
import { readSignerInfo, type SignerInfo } from './signer-info.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
/** id-ct-TSTInfo. */
export const TIMESTAMP_INFO = '1.2.840.113549.1.9.16.1.4'

/** RFC 3161 section 2.4.2: granted, and granted with modifications. */
const GRANTED: readonly number[] = [0, 1]

/** A timestamp that was read. Nothing says yet who made it. */
export interface TimestampToken {
  readonly info: TokenInfo
  /** The bytes of {@link info}, which the signature is about. */
  readonly content: Uint8Array
  readonly signer: SignerInfo
}

/** The answer of an authority: a timestamp, or the status that says that there is none. */
export type TimestampResponse =
  | { readonly token: TimestampToken }
  | { readonly refusedStatus: number }

/** Reads a response; a bare token is none (sigstore_common.proto, RFC3161SignedTimestamp). */
export function parseTimestampResponse(der: Uint8Array): Result<TimestampResponse, CoreProblem> {
  return parseDer(der, (value) => {
    checkDerTree(value)
    const response = fieldsOf(value)
    const statusInfo = childrenOf(response.take(DER_TAGS.sequence))
    const status = readCount(statusInfo[0] ?? failDer('Expected a status, found none'))
    // TS-1: without a timestamp the reasons follow, and they are the authority's own affair.
    if (!GRANTED.includes(status)) return { refusedStatus: status }
    if (statusInfo.some(({ tag }) => tag === DER_TAGS.bitString)) {
      failDer('Expected no failure beside a timestamp, found one')
    }
    const token = response.take(DER_TAGS.sequence)
    response.end()
    return { token: readToken(token) }
  })
}

function readToken(value: DerValue): TimestampToken {
  const contentInfo = fieldsOf(value)
  if (readOid(contentInfo.take(DER_TAGS.oid)) !== SIGNED_DATA)
    failDer('Expected signed data in CMS')
  const signedData = fieldsOf(onlyChildOf(contentInfo.take(constructedTag(0)), constructedTag(0)))
  contentInfo.end()
  // RFC 5652 section 5.1: 3, because the content is not plain data.
  if (readCount(signedData.take(DER_TAGS.integer)) !== 3)
    failDer('Expected signed data of version 3')
  const digests = childrenOf(signedData.take(DER_TAGS.set)).map(readAlgorithm)
  const encapsulated = fieldsOf(signedData.take(DER_TAGS.sequence))
  if (readOid(encapsulated.take(DER_TAGS.oid)) !== TIMESTAMP_INFO)
    failDer('Expected timestamp information')
  const content = readOctets(onlyChildOf(encapsulated.take(constructedTag(0)), constructedTag(0)))
  encapsulated.end()
  // certificates that come along are a bag that anybody can put things into. The signer's is in the trusted root.
  signedData.takeIf(constructedTag(0))
  signedData.takeIf(constructedTag(1))
  // TS-2: the authority's signature and no other.
  const signer = readSignerInfo(onlyChildOf(signedData.take(DER_TAGS.set), DER_TAGS.set))
  signedData.end()
  if (!digests.includes(signer.digestAlgorithm))
    failDer('Expected the digest of the signer among those named')
  const info = readWhole(content, value.depth)
  checkDerTree(info)
  return { info: readTokenInfo(info), content, signer }
}
