// What records name by digest and a pack does not have, for whoever could give it: by what names it, counted.

import { countOf } from '../../core/index.ts'
import type { NamedDocument } from '../../record/index.ts'

/** Digests of one place that are spelt out; of more, the document has all. */
const SPELT_MAX = 2

/**
 * A line for each place.
 *
 * @example ['1 document that promotion /compatibilityMatrix names: sha256:9f86…']
 */
export function describeAbsent(absent: readonly NamedDocument[]): readonly string[] {
  const places = Map.groupBy(absent, ({ namedBy }) => namedBy.join(', '))
  return [...places].map(([place, documents]) => {
    const digests = documents.slice(0, SPELT_MAX).map(({ sha256 }) => `sha256:${sha256}`)
    const more = documents.length - digests.length
    const all = [...digests, ...(more > 0 ? [`${more} more`] : [])].join(', ')
    return `${countOf(documents.length, 'document')} that ${place} names: ${all}`
  })
}
