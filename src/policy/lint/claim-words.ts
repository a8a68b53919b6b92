// Claims in declared text (ruling 5): whoever writes that something is signed or approved says what only evidence can show.

import { escapeText, quote } from '../../core/index.ts'
import { declaredTextsOf } from '../declared-text.ts'
import type { Policy } from '../policy.ts'
import type { Lint } from './lint.ts'

/** What is computed: said of something as a state that it is in. */
const STATES =
  '(?:accepted|approved|attested|certified|compliant|deployed|fulfilled|live|passed|passing|production[- ]ready|released|secure|signed|trusted|verified)'

/** `before production is approved` says what has to come first, and of nothing that it is so. */
const CONDITION = String.raw`(?<!\b(?:after|before|if|once|that|unless|until|what|when|whether|which|who)\b[^.,;]*)`

const CLAIM = new RegExp(
  String.raw`${CONDITION}\b(?:is|are|was|were|has been|have been)\s+(?:\w+ly\s+|already\s+|now\s+)?${STATES}\b|\b(?:currently|today|already|guaranteed?|guarantees|production[- ]ready)\b`,
  'i',
)

/** Members whose texts name what may not be claimed, or what a requirement asks for. */
const EXEMPT = ['prohibitedClaims', 'doesNotProve'] as const

/** The texts of a policy that claim a state. */
export function findClaims(policy: Policy): readonly Lint[] {
  return declaredTextsOf(policy).flatMap(({ text, member, pointer, isAsked }) => {
    const [claim] = CLAIM.exec(text) ?? []
    // Whether what is asked for is so, stands beside it.
    if (claim === undefined || isAsked || EXEMPT.some((exempt) => exempt === member)) return []
    const message = `Expected text that claims no state, found ${quote(escapeText(claim))}`
    return [{ code: 'policy/claim-word', message, at: pointer.split('/').slice(1) }]
  })
}
