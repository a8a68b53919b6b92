// The one name of a certificate (FUL-1): a URI, an e-mail address, or the user name that Fulcio writes as an otherName.

import {
  childrenOf,
  constructedTag,
  type CoreProblem,
  DER_TAGS,
  type DerValue,
  expectTag,
  failDer,
  fieldsOf,
  LIMITS,
  onlyChildOf,
  parseDer,
  primitiveTag,
  readOid,
  readText,
  readUtf8,
  type Result,
} from '../../../core/index.ts'
import type { CertificateName } from '../../../trust/index.ts'

/** oid-info.md: the type of otherName that holds a user name. */
const USER_NAME = '1.3.6.1.4.1.57264.1.7'

/** GeneralName (RFC 5280 section 4.2.1.6). */
const GENERAL_NAME = {
  otherName: constructedTag(0),
  email: primitiveTag(1),
  uri: primitiveTag(6),
} as const

/** Reads the value of a subject alternative name that has exactly one name, of one of the three kinds. */
export function parseName(extension: Uint8Array): Result<CertificateName, CoreProblem> {
  return parseDer(extension, (value) => {
    const [name, ...others] = childrenOf(expectTag(value, DER_TAGS.sequence))
    if (name === undefined || others.length > 0) {
      return failDer(`Expected exactly one name, found ${others.length + (name ? 1 : 0)}`)
    }
    const { type, text } = readName(name)
    if (text.length === 0 || Buffer.byteLength(text) > LIMITS.identityBytesMax) {
      failDer(`Expected a name of 1 to ${LIMITS.identityBytesMax} bytes, found ${text.length}`)
    }
    // a NUL ends the name for some readers, and other control characters move the cursor of whoever prints it.
    if (/\p{Cc}/u.test(text)) failDer('Expected a name without control characters')
    return { type, value: text }
  })
}

function readName(name: DerValue): {
  readonly type: CertificateName['type']
  readonly text: string
} {
  if (name.tag === GENERAL_NAME.uri) return { type: 'uri', text: readAscii(name) }
  if (name.tag === GENERAL_NAME.email) return { type: 'email', text: readAscii(name) }
  if (name.tag !== GENERAL_NAME.otherName)
    failDer('Expected a URI, an e-mail address or a user name')
  const fields = fieldsOf(name, GENERAL_NAME.otherName)
  if (readOid(fields.take(DER_TAGS.oid)) !== USER_NAME) failDer('Expected a user name of Fulcio')
  const value = fields.take(constructedTag(0))
  fields.end()
  return { type: 'other-name', text: readText(onlyChildOf(value, constructedTag(0))) }
}

/** IA5String: seven bits. */
function readAscii({ content }: DerValue): string {
  if (content.some((octet) => octet >= 0x80)) failDer('Expected a name in ASCII, found other bytes')
  return readUtf8(content)
}
