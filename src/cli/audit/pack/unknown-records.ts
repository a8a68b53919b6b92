// Records of a pack of whose signers nobody from elsewhere says anything: what their bundles claim of them, which proves nothing.

import { parseBundle } from '../../../bundle/index.ts'
import { escapeText, quote } from '../../../core/index.ts'
import { flowText, type TextOptions } from '../../../report/index.ts'
import { type CertificateReader, loadCertificateReader } from '../../../verify/index.ts'
import type { LedgerProofs } from '../../pack/ledger-proofs.ts'
import { recordPathIn } from '../../pack/pack-layout.ts'
import type { Files } from './pack-parts.ts'

/** A record of whose signer nobody said anything. */
export interface UnknownRecord {
  readonly index: number
  readonly sha256: string
  readonly predicateType: string
  readonly about: string
  /** Who signed by the word of the bundle itself; nothing of it was verified. */
  readonly claimed: string
}

/** Every record that the pack has a place for. */
export async function listUnknown(
  files: Files,
  { entries }: LedgerProofs,
  release: string,
): Promise<readonly UnknownRecord[]> {
  const read = await loadCertificateReader()
  return entries.map(({ index, entry }) => ({
    ...{ index, sha256: entry.sha256, predicateType: entry.predicateType, about: entry.release },
    claimed: claimOf(files.get(recordPathIn(entry, release)), read),
  }))
}

function claimOf(bytes: Uint8Array | undefined, read: CertificateReader): string {
  const bundle = bytes === undefined ? undefined : parseBundle(bytes)
  if (bundle?.ok !== true) return 'nobody'
  const { keyMaterial } = bundle.value
  if (keyMaterial.kind === 'public-key') return `the key ${quote(keyMaterial.hint)}`
  const [der] =
    keyMaterial.kind === 'certificate' ? [keyMaterial.certificate] : keyMaterial.certificates
  const certificate = der === undefined ? undefined : read(der)
  if (certificate?.ok !== true) return 'a certificate that can not be read'
  const { san, subject, issuer } = certificate.value
  const name = `a certificate of ${quote(san?.value ?? subject)}`
  return issuer === undefined ? name : `${name} by ${quote(issuer)}`
}

/** One after the other, each line with its newline. */
export function describeUnknown(
  records: readonly UnknownRecord[],
  { columns }: TextOptions,
): string {
  const lines = records.flatMap(({ index, sha256, predicateType, about, claimed }) => {
    const parts = [
      `entry ${index}`,
      `record ${sha256.slice(0, 12)}`,
      predicateType,
      `of ${about}`,
      `claims ${claimed}`,
    ]
    const [first = '', ...others] = flowText(parts.map(escapeText), columns - MARGIN, ', ')
    return [`unknown   ${first}`, ...others.map((line) => ' '.repeat(MARGIN) + line)]
  })
  return lines.map((line) => `${line}\n`).join('')
}

const MARGIN = 'unknown   '.length
