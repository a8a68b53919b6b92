// Times with the clocks that they are by: a time alone does not say whose word it is.

import { encodeTimestamp, quote } from '../core/index.ts'
import type { VouchedTime } from './verified.ts'

/** In words. */
export function describeTimes(times: readonly VouchedTime[]): string {
  return times.map(describeOne).join(', ')
}

function describeOne({ at, by, name }: VouchedTime): string {
  return `${encodeTimestamp(at)} by the ${by === 'log' ? 'log' : 'timestamp authority'} ${quote(name)}`
}
