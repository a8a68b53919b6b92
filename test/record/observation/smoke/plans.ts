// Plans for tests, as a person writes them.

import { parseSmokePlan, type SmokePlan } from '../../../../src/record/observation/index.ts'
import { valueOf } from '../../../trust/keys.ts'

export const CHECK = { name: 'health', path: '/health', expect: { status: 200 } }

export const GATE = {
  name: 'gate',
  kind: 'site-gate',
  secret: 'TEST_GATE',
  exchange: {
    path: '/gate',
    contentType: 'application/x-www-form-urlencoded',
    body: 'code={secret}',
    status: 303,
    cookie: 'gate',
  },
}

export const OPERATOR = {
  name: 'operator',
  kind: 'operator-session',
  secret: 'TEST_OPERATOR',
  present: { as: 'bearer' },
}

/** The bytes of a plan with these members. */
export function writePlan(members: object = {}): Uint8Array {
  return Buffer.from(
    JSON.stringify({ schema: 'assay/smoke-plan/v1', name: 'test', checks: [CHECK], ...members }),
  )
}

/** A plan with these members. */
export function planOf(members: object = {}): SmokePlan {
  return valueOf(parseSmokePlan(writePlan(members), 'json'))
}
