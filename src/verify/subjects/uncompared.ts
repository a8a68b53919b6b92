// What a subject says and nothing here could be held against. It is no reason to refuse, and the verdict does not keep it back.

import type { Check } from '../../core/index.ts'
import { isAcceptedAlgorithm, type Subject } from '../../statement/index.ts'
import { passed } from '../check.ts'

/**
 * Names the accepted algorithms of the subjects that were not compared.
 *
 * @param compared the algorithms for which the verifier has a digest
 */
export function listUncompared(
  subjects: readonly Subject[],
  compared: readonly string[],
): readonly Check[] {
  const left = new Set<string>()
  for (const { digest } of subjects) {
    for (const algorithm in digest) {
      if (!compared.includes(algorithm) && isAcceptedAlgorithm(algorithm)) left.add(algorithm)
    }
  }
  if (left.size === 0) return []
  const message = 'Further digests of the subjects were not compared: nothing here has them'
  return [passed('not-compared', message, { found: [...left].toSorted().join(', ') })]
}
