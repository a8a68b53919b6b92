// Certificates as the verifier of the Sigstore project has them. What it would compute again for each question, it is told: its own
// encodings, and whether an issuer signed a certificate, which is OpenSSL's word.

import { type ASN1Obj, X509Certificate } from '@sigstore/core'
import { isSignedByIssuer } from './certificate/authority.ts'
import { parseCertificate } from './certificate/certificate.ts'
import { remember } from './memory.ts'

// One file imports the library; the other half of the second verifier has it from here.
export { RFC3161Timestamp, type X509Certificate } from '@sigstore/core'

/** The same object for the same bytes. */
export const describeCertificate: (der: Uint8Array) => X509Certificate = remember(
  (der) => [der],
  (der) => {
    const bytes = Buffer.from(der)
    const certificate = X509Certificate.parse(bytes)
    const { root, tbsCertificate, extensions } = certificate
    root.toDER = () => bytes
    for (const part of [...tbsCertificate.subs, ...extensions]) {
      if (!isExtensions(part)) keepEncoding(part)
    }
    certificate.verify = (issuer = certificate) => isIssuedBy(issuer.root.toDER(), bytes)
    certificate.clone = () => cloneOf(certificate)
    return certificate
  },
)

function isIssuedBy(issuerDer: Uint8Array, der: Uint8Array): boolean {
  const issuer = parseCertificate(issuerDer)
  const certificate = parseCertificate(der)
  return issuer.ok && certificate.ok && isSignedByIssuer(issuer.value, certificate.value)
}

/** A copy, for its own lies in a block of many times the size. */
function keepEncoding(part: ASN1Obj): void {
  const encoded = Buffer.from(part.toDER())
  part.toDER = () => encoded
}

/** A copy from which it takes an extension: new lists down to that of the extensions, and the same extensions. */
function cloneOf({ root }: X509Certificate): X509Certificate {
  const copy = (part: ASN1Obj, subs: ASN1Obj[]): ASN1Obj =>
    Object.assign(Object.create(Object.getPrototypeOf(part) as object) as ASN1Obj, part, { subs })
  const [signed, ...others] = root.subs as [ASN1Obj, ...ASN1Obj[]]
  const fields = signed.subs.map((part) =>
    isExtensions(part)
      ? copy(
          part,
          part.subs.map((list) => copy(list, [...list.subs])),
        )
      : part,
  )
  return new X509Certificate(copy(root, [copy(signed, fields), ...others]))
}

/** RFC 5280 section 4.1. */
function isExtensions({ tag }: ASN1Obj): boolean {
  return tag.isContextSpecific(3)
}
