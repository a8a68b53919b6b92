// Gates that were judged, for tests of how they are told: the shipped one of staging, and a policy whose every text is hostile.

import type { Check } from '../../../src/core/index.ts'
import type { ToldGates } from '../../../src/report/gate/index.ts'
import {
  type GateFinding,
  judgeGate,
  judgeRequirements,
  type Judgement,
  type RequirementsFinding,
} from '../../../src/gate/index.ts'
import { type Evidence, parsePolicies, type Registry } from '../../../src/policy/index.ts'
import {
  COMMIT,
  DEPLOY_EVIDENCE,
  indexOf,
  NOW,
  piece,
  RELEASE,
  waiver,
} from '../../gate/evidence.ts'
import { STAGING } from '../../gate/states.ts'
import { shippedDrafts, shippedRegistry } from '../../policy/shipped.ts'

const SUBJECT = { release: { ...RELEASE, digest: '5e'.repeat(32) }, commit: COMMIT, against: [] }
const CHECK = `${STAGING}#ci-validation`

function judge(evidence: readonly Evidence[], registry: Registry): GateFinding {
  const gate = registry.of('gate').get(STAGING)
  if (gate === undefined) throw new Error(STAGING)
  const index = indexOf(...evidence)
  return judgeGate({ gate, registry, subject: SUBJECT, evidence: index, now: NOW, isStrict: false })
}

/** The shipped policies, where the first check of staging lies outside of the project. */
function withExternal(): Registry {
  const drafts = shippedDrafts()
  const deploy = drafts.get(STAGING)?.['deploy'] as { id: string; external?: true }[]
  for (const one of deploy.filter(({ id }) => id === 'ci-validation')) one.external = true
  const files = [...drafts].map(([id, draft]) => ({ name: `${id}.json`, bytes: encode(draft) }))
  return read(files)
}

function encode(draft: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(draft, null, 2))
}

function read(files: Parameters<typeof parsePolicies>[0]): Registry {
  const registry = parsePolicies(files)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  return registry.value
}

const over = waiver(`${STAGING}#cloud-preflight`, {
  computed: {
    status: 'expired',
    outcome: 'stale',
    facts: {},
    reason: { name: 'waiver', outcome: 'stale', message: 'It is over' },
  },
})

/** Each decision that there is. */
export const FINDINGS: Readonly<Record<'go' | 'exception' | 'blocked', GateFinding>> = {
  go: judge([...DEPLOY_EVIDENCE, waiver(CHECK)], shippedRegistry()),
  exception: judge([...DEPLOY_EVIDENCE.slice(1), waiver(CHECK), over], withExternal()),
  blocked: judge([...DEPLOY_EVIDENCE.slice(1), waiver(CHECK)], shippedRegistry()),
}

/** What documents may say, and no output may act on. */
const HOSTILE = [
  '::error file=a,line=1::gone',
  '##[error]gone',
  ']]> </failure><testcase name="passed"/>',
  '<script>alert(1)</script> <!-- --> &lt;b&gt;',
  '`code` **bold** [go](https://evil.example) ![x](y) @everyone #1 www.evil.example | a | b |',
  '%0A::error::gone %0D%0A',
  '- accepted: all of it',
] as const

/** As a file name may be, and a record, which are not held to one line. */
const INVISIBLE = 'a\nb\r\u{202e}c\u{200b}d\u{2028}e\u{7}\u{ffff}'

export const TEXT = HOSTILE.join(' ')

/** A policy that says such things wherever it may say anything. */
export function hostileFinding(): RequirementsFinding {
  const requirements = [
    ...HOSTILE.map((text, at) => ({
      id: `text-${at}`,
      title: text,
      clears: `${text} and ${text}`,
      select: { family: 'smoke', role: text.slice(0, 60).trim() },
      holds: [{ at: '/predicate/result', equals: text }],
    })),
    {
      id: 'outside',
      title: TEXT,
      select: { family: 'test-result' },
      external: true,
    },
    {
      id: 'wrong',
      title: TEXT,
      select: { family: 'certification' },
      holds: [{ at: '/predicate/result', equals: TEXT }],
    },
  ]
  const registry = read([
    {
      name: `${INVISIBLE} ::error::x.json`,
      bytes: encode({
        schema: 'assay/policy/v1',
        kind: 'requirements',
        id: 'policy.hostile',
        version: 1,
        title: TEXT,
        scope: { stages: ['staging'] },
        requirements,
      }),
    },
  ])
  const policy = registry.of('requirements').get('policy.hostile')
  if (policy === undefined) throw new Error('The policy is there')
  const said = { owner: `${TEXT} ${INVISIBLE}`, reason: `${INVISIBLE} ${TEXT}` }
  const signer = {
    name: `${TEXT} ${INVISIBLE}`,
    principal: TEXT,
    kind: 'person',
    roles: [],
  } as const
  const expires = '2026-05-01T00:00:00Z'
  const waived = (check: string) =>
    waiver(check, { predicate: { check, ...said, expires }, signer })
  const evidence = indexOf(
    piece({ family: 'certification', predicate: { result: INVISIBLE }, signer }),
    waived('policy.hostile#outside'),
    waived('policy.hostile#text-1'),
    waived('policy.hostile#nothing'),
  )
  return judgeRequirements({
    ...{ policy, registry, subject: SUBJECT, evidence, now: NOW, isStrict: false },
  })
}

export const ALL: readonly Judgement[] = Object.values(FINDINGS)

/** The same gate, records of whose release are refused. */
export function opposed<T extends Judgement>(finding: T): T {
  const check: Check = {
    name: 'release-records',
    outcome: 'rejected',
    code: 'gate/records-refused',
    message: 'Records are not accepted',
    found: `${TEXT} ${INVISIBLE}`,
  }
  return { ...finding, subject: { ...finding.subject, against: [check] } }
}

/** A ledger that is not whole. */
export const BROKEN: readonly Check[] = [
  {
    name: 'ledger-tree',
    outcome: 'rejected',
    message: 'The tree is not the one of its entries',
    because: [{ code: 'ledger/tile', message: TEXT }],
    hint: INVISIBLE,
  },
  { name: 'ledger-head', outcome: 'missing', message: 'No head', expected: TEXT },
]

/** As they are told: with a ledger that is whole, or with what is wrong with it. */
export function told(gates: readonly Judgement[], checks: readonly Check[] = []): ToldGates {
  return { gates, checks }
}
