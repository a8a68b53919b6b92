// Certificates as the verifier of the Sigstore project has them. What it computes of the same bytes, it computes once: how a part is
// encoded, and whether an issuer signed a certificate.

import { remember } from '../memory.ts'
import { type ASN1Obj, X509Certificate } from './library.ts'

/** One object for the same bytes, as certificates repeat from bundle to bundle. */
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
    const answers = new WeakMap<X509Certificate, boolean>()
    certificate.verify = (issuer = certificate) => {
      const isSigned =
        answers.get(issuer) ?? X509Certificate.prototype.verify.call(certificate, issuer)
      answers.set(issuer, isSigned)
      return isSigned
    }
    return certificate
  },
)

/** A copy, for its own lies in a block of many times the size. */
function keepEncoding(part: ASN1Obj): void {
  const encoded = Buffer.from(part.toDER())
  part.toDER = () => encoded
}

/** RFC 5280 section 4.1. */
function isExtensions({ tag }: ASN1Obj): boolean {
  return tag.isContextSpecific(3)
}
