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
  beside = [],
  counted,
  lacking,
}: Counter): JsonObject {
  return {
    name,
    count,
    ...(of !== undefined && { of }),
    ...(origins !== undefined && { origins: { ...origins } }),
    ...Object.fromEntries(beside.map(({ word, count: more }) => [word, more])),
    counted: [...counted],
    ...(beside.length > 0 && {
      which: Object.fromEntries(beside.map(({ word, counted: ids }) => [word, [...ids]])),
    }),
    ...(lacking !== undefined && { lacking: lacking.map((one) => ({ ...one })) }),
    rule: COUNTER_WORDS[name].rule,
  }
}
