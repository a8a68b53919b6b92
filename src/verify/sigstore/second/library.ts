// The one door to the verifier of the Sigstore project, and to the classes in which it has certificates and timestamps.

export { type ASN1Obj, RFC3161Timestamp, X509Certificate } from '@sigstore/core'
export { type SignedEntity, type TrustMaterial, Verifier } from '@sigstore/verify'
