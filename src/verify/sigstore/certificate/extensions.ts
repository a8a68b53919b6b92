// The extensions that decide what a certificate may be used for (RFC 5280 section 4.2.1).

import {
  childrenOf,
  DER_TAGS,
  failDer,
  fieldsOf,
  primitiveTag,
  readBits,
  readBoolean,
  readCount,
  readOctets,
  readOid,
  readWhole,
} from '../../../core/index.ts'

/** Object identifiers of extensions, and of the purposes that an extended key usage names. */
export const EXTENSIONS = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  certificateTimestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const

/** RFC 5280 section 4.2.1.12. */
export const PURPOSES = {
  any: '2.5.29.37.0',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const

/** Bits of a key usage (RFC 5280 section 4.2.1.3). */
export const KEY_USAGES = { digitalSignature: 0, contentCommitment: 1, keyCertSign: 5 } as const

/** One extension; its value is read by whoever knows it. */
export interface CertificateExtension {
  readonly isCritical: boolean
  readonly value: Uint8Array
  /** The whole extension, to cut it out of the certificate. */
  readonly bytes: Uint8Array
}

/** What the known extensions say; a member is absent where its extension is. */
export interface KnownExtensions {
  readonly isAuthority: boolean
  /** How many authorities may stand between this one and the last certificate. */
  readonly pathLengthMax?: number
  readonly keyUsage?: readonly number[]
  readonly purposes?: readonly string[]
  readonly subjectKeyId?: Uint8Array
  readonly authorityKeyId?: Uint8Array
  /** Critical extensions that nothing here knows: whoever meets one has to refuse (RFC 5280 section 4.2). */
  readonly unknownCritical: readonly string[]
}

type Extensions = ReadonlyMap<string, CertificateExtension>

const KNOWN: ReadonlySet<string> = new Set(Object.values(EXTENSIONS))

/** Reads them; runs inside `parseDer`. */
export function readKnownExtensions(extensions: Extensions): KnownExtensions {
  const valueOf = (id: string) => {
    const extension = extensions.get(id)
    return extension === undefined ? undefined : readWhole(extension.value)
  }
  const keyUsage = valueOf(EXTENSIONS.keyUsage)
  const purposes = valueOf(EXTENSIONS.extendedKeyUsage)
  const subjectKeyId = valueOf(EXTENSIONS.subjectKeyId)
  const authorityKeyId = readAuthorityKeyId(valueOf(EXTENSIONS.authorityKeyId))
  return {
    ...readBasicConstraints(valueOf(EXTENSIONS.basicConstraints)),
    ...(keyUsage !== undefined && { keyUsage: readBits(keyUsage) }),
    ...(purposes !== undefined && { purposes: childrenOf(purposes).map(readOid) }),
    ...(subjectKeyId !== undefined && { subjectKeyId: readOctets(subjectKeyId) }),
    ...(authorityKeyId !== undefined && { authorityKeyId }),
    unknownCritical: [...extensions]
      .filter(([id, { isCritical }]) => isCritical && !KNOWN.has(id))
      .map(([id]) => id),
  }
}

type Value = ReturnType<typeof readWhole>

function readBasicConstraints(
  value: Value | undefined,
): Pick<KnownExtensions, 'isAuthority' | 'pathLengthMax'> {
  if (value === undefined) return { isAuthority: false }
  const fields = fieldsOf(value)
  const authority = fields.takeIf(DER_TAGS.boolean)
  const isAuthority = authority !== undefined && readBoolean(authority)
  const length = fields.takeIf(DER_TAGS.integer)
  fields.end()
  if (length === undefined) return { isAuthority }
  if (!isAuthority) failDer('Expected no path length without an authority')
  return { isAuthority, pathLengthMax: readCount(length) }
}

/** Only the key identifier; issuer and serial number, where they are there, are in the chain itself. */
function readAuthorityKeyId(value: Value | undefined): Uint8Array | undefined {
  if (value === undefined) return undefined
  const id = fieldsOf(value).takeIf(primitiveTag(0))
  return id && readOctets(id, primitiveTag(0))
}
