// The origin of what is made of several records.

import type { Origin } from '../../verify/index.ts'

/** The lowest of them, whoever put them together; of nothing, nothing is live. */
export function lowestOrigin(records: readonly { readonly origin: Origin }[]): Origin {
  const isLive = records.length > 0 && records.every(({ origin }) => origin === 'live-workflow')
  return isLive ? 'live-workflow' : 'local-proof'
}
