// Counters as JSON.

import type { JsonObject } from '../../core/index.ts'
import type { Counter } from '../../gate/index.ts'
import { COUNTER_WORDS } from './counter-words.ts'

/** The counter with its rule; every number of it was counted. */
export function documentOfCounter({
  name,
  count,
  of,
  origins,
  beside,
  counted,
}: Counter): JsonObject {
  return {
    name,
    count,
    ...(of !== undefined && { of }),
    ...(origins !== undefined && { origins: { ...origins } }),
    ...(beside !== undefined && { [beside.word]: beside.count }),
    counted: [...counted],
    rule: COUNTER_WORDS[name].rule,
  }
}
