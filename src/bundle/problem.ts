import type { Problem } from '../core/index.ts'

/** What can be wrong with the form of a bundle. */
export type BundleProblem = Problem<
  /** Bytes are not in canonical base64. */
  | 'bundle/base64'
  /** A certificate is not in PEM, or something else stands beside it. */
  | 'bundle/certificate'
  /** There is no envelope and no message signature, or both. */
  | 'bundle/content'
  /** The file holds no bundle at all. */
  | 'bundle/empty'
  /** The hint of the bundle and the key id of the envelope name two keys. */
  | 'bundle/hint'
  /** The bytes are no strict JSON, or no JSON object. */
  | 'bundle/json'
  /** There is no key or certificate, more than one, or one of a form that this version does not have. */
  | 'bundle/key-material'
  /** Something is larger or more often there than the limits allow. */
  | 'bundle/limit'
  /** A line of the file is no bundle. */
  | 'bundle/line'
  /** The body of a log entry does not say what it is. */
  | 'bundle/log-body'
  /** It is no Sigstore bundle of a version that can be read. */
  | 'bundle/media-type'
  /** A member is missing or is of another type than the format says. */
  | 'bundle/member'
  /** There is a member that the format does not have, or one under another name. */
  | 'bundle/member-unknown'
  /** The envelope does not say what its payload is. */
  | 'bundle/payload-type'
  /** The envelope has no signature, or more than one. */
  | 'bundle/signatures'
  /** An attestation of a package index is of another version than 1. */
  | 'bundle/version'
>
