// The evidence definition that a record answers, as the policies have it.

import { type Check, quote, withArticle } from '../../core/index.ts'
import { type PolicyOf, subjectsOf } from '../../policy/index.ts'
import { policyOf } from './policy-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** The checks, and the definition where there is one; both are empty for a record that answers none. */
export interface EvidenceFinding {
  readonly checks: readonly Check[]
  readonly definition?: PolicyOf<'evidence'>
}

/** Looks for the definition: among the policies, for records of this family, about a set or commit as this one is. */
export function evidenceOf(
  { evidence, family, about }: Pick<FoldedRecord, 'evidence' | 'family' | 'about'>,
  context: ViewContext,
): EvidenceFinding {
  if (evidence === undefined) return { checks: [] }
  const { check, policy: definition } = policyOf('evidence', { policy: evidence }, context)
  if (definition === undefined) return { checks: [{ ...check, name: 'evidence' }] }
  return {
    definition,
    checks: [
      agree('evidence-family', definition.recordedBy, family, 'records of this family'),
      agree(
        'evidence-subject',
        subjectsOf(definition),
        about.kind,
        `evidence about ${withArticle(about.kind)}`,
      ),
    ],
  }
}

function agree(name: string, expected: readonly string[], found: string, what: string): Check {
  const facts = { expected: expected.map(quote).join(' or '), found: quote(found) }
  if (expected.includes(found)) return passed(name, `The definition is of ${what}`, facts)
  const message = `The definition is not of ${what}`
  return failed(name, 'rejected', 'record/evidence', message, facts)
}
