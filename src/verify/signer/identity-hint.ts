// The line that a person needs, should the holder of a refused certificate be whom they trust.

import { shellWord } from '../../core/index.ts'
import type { CertificateIdentity, ClaimName } from '../../trust/index.ts'

/**
 * Trusts exactly the holder of this certificate.
 *
 * @param pinned claims by which the trust document tells such holders apart; the line pins each to what the certificate says, for a
 * name alone may be somebody else's tomorrow
 */
export function hintAtIdentity(
  { issuer, san, claims }: CertificateIdentity,
  pinned: ReadonlySet<ClaimName>,
): string {
  const values = [...pinned].flatMap((claim) =>
    claims[claim] === undefined ? [] : `${claim}=${claims[claim]}`,
  )
  const words = [['--issuer', issuer], ['--san', san.value], ...values.map(pinTo)].map(
    ([option = '', value = '']) => ({ option, word: shellWord(value) }),
  )
  if (words.some(({ word }) => word === undefined)) {
    return 'It holds characters that are not what they look like: no line to copy is given'
  }
  const options = words.map(({ option, word }) => `${option} ${word}`).join(' ')
  return `If you trust it: assay trust add-identity --trust FILE --name NAME ${options}`
}

function pinTo(value: string): readonly [string, string] {
  return ['--claim', value]
}
