// What stands in the ledger of the project directly: tests, reviews, decisions of people, the deployment, and what came of it.

import { type Session, title } from '../session.ts'
import { recordTests } from '../source.ts'
import { LEDGER } from './adoption.ts'
import {
  inSeconds,
  ledgerOf,
  type Made,
  POLICIES,
  POST,
  PRE,
  recordWords,
  SMOKE_PLAN,
  setIdOf,
  write,
} from './run.ts'
import { CANARY_RULE, readTree } from './source.ts'

const DAY_MS = 86_400_000

/** Tests of the commit and of what it runs on, and the review of its tree; in the ledger of the run, and with its adoption in the project's. */
export function recordCommit(session: Session, made: Made): void {
  title(`Test the commit of ${made.version}, and review it`)
  const about = ['--commit', made.revision, ...POLICIES, '--ledger', ledgerOf(made)]
  const words = [...about, '--key', 'builder.key.pem']
  recordTests(session, 'release', { evidence: 'evidence.repo.ci_monorepo_validation', words })
  recordTests(session, 'preflight', { evidence: 'evidence.staging.cloud_preflight', words })
  write(session, 'review.json', {
    scope: readTree(session),
    reviewedAt: inSeconds(Date.now()),
    findings: [],
  })
  const report = ['--from', 'review.json', '--digest-of', 'report=matrix.json']
  session.assay('record', 'review', ...about, '--key', 'operator.key.pem', ...report)
}

/** Two people decide about the candidate. */
export function approve(session: Session, made: Made): void {
  title(`Approve ${made.version}`)
  for (const by of ['alice', 'bob'] as const) {
    const words = recordWords(made, PRE, { by, ledger: LEDGER })
    const decided = ['--scope', 'rollout', '--decision', 'approve', '--expires', '14d']
    const why = ['--rollback-target', made.before.setId, '--reason', 'Checks are green']
    session.assay('record', 'approval', ...words, ...decided, ...why)
  }
}

/** Looks at what is deployed, and asks the server. */
export function deploy(session: Session, made: Made, url: string): void {
  title(`Deploy ${made.version}, and look at it`)
  const operator = { by: 'operator', ledger: LEDGER } as const
  const words = recordWords(made, POST, operator)
  const seen = ['--observe', made.set, '--environment', 'staging']
  const rollout = ['--evidence', 'evidence.staging.render_rollout_workflow']
  session.assay('record', 'deployment', ...words, ...seen, ...rollout)
  const plan = ['--plan', SMOKE_PLAN, '--base-url', url]
  const digest = session.ask('digest', made.set, '--format', 'json').stdout
  const { setDigest } = JSON.parse(digest) as { readonly setDigest: { readonly sha256: string } }
  const observed = ['--observed-set', setDigest.sha256]
  const named = ['--label', 'staging', '--evidence', 'evidence.staging.web_edge_smoke']
  const run = recordWords(made, POST, { ...operator, ledger: ledgerOf(made) })
  session.assay('record', 'smoke', ...run, ...plan, ...named, ...observed)
}

/** What else may be said of a release. */
export function recordRest(session: Session, made: Made): void {
  title(`Run ${made.version}, certify it, and answer for what is open`)
  const words = recordWords(made, POST, { by: 'operator', ledger: LEDGER })
  const assay = (family: string, ...more: readonly string[]) =>
    session.assay('record', family, ...words, ...more)
  const doctor = ['--name', 'doctor', '--', 'node', `${made.set}/dist/cli/main.cjs`, 'doctor']
  assay('command', ...doctor)
  const [from, until] = [0, 30 * DAY_MS].map((ms) => inSeconds(Date.now() + ms))
  write(session, 'certification.json', {
    certified: 'compatibility',
    results: [
      { name: 'node 22', result: 'passed' },
      { name: 'node 24', result: 'passed' },
    ],
    notBefore: from,
    notAfter: until,
  })
  assay('certification', '--from', 'certification.json', '--digest-of', 'configuration=matrix.json')
  const why = ['--owner', 'Release team', '--reason', 'The export is late', '--expires', '7d']
  assay('waiver', '--check', 'branch-protection', ...why)
}

/** A canary of a release since a time, in a ring of those who may see it; the rule has one ring. */
export function recordCanary(
  session: Session,
  made: Made,
  { ring, since }: { readonly ring: string; readonly since: number },
): void {
  title(`A canary of ${made.version}, in the ring ${ring}`)
  const words = recordWords(made, POST, { by: 'operator', ledger: LEDGER })
  write(session, 'canary.json', {
    rule: CANARY_RULE,
    ring,
    trafficBoundary: 'allowlisted-review-and-operator-checks-only',
    rolloutStrategy: 'manual-ref-pinned-render-hook-with-post-deploy-web-smoke',
    surfaces: ['web-review-page'],
    window: { startedAt: inSeconds(since), endedAt: inSeconds(Date.now()) },
    results: [{ name: 'operator-page-answers', result: 'passed' }],
  })
  session.assay('record', 'canary', ...words, '--from', 'canary.json')
}

/** An incident, the test that passes again, and the incident closed. */
export function recordIncident(session: Session, made: Made): void {
  title('An incident, and its end')
  const words = recordWords(made, POST, { by: 'operator', ledger: LEDGER })
  const told = {
    incident: 'INC-1',
    trigger: 'rehearsal: web-proxy-health-ok failed once',
    openedAt: inSeconds(Date.now()),
  }
  write(session, 'incident.json', told)
  session.assay('record', 'incident', ...words, '--from', 'incident.json')
  write(session, 'rerun.yaml', {
    result: 'PASSED',
    passedTests: ['web-proxy-health-ok'],
  })
  const tested = ['--digest-of', `configuration=${SMOKE_PLAN}`]
  const rerun = ['record', 'test-result', ...words, '--from', 'rerun.yaml', ...tested]
  const { status, stdout, stderr } = session.run(...rerun, '--format', 'json')
  if (status !== 0) throw new Error(`The re-run was not recorded: ${stderr}`)
  const { bundleSha256 } = JSON.parse(stdout) as { readonly bundleSha256: string }
  write(session, 'closed.json', {
    ...told,
    firstFailingControl: 'web-proxy-health-ok',
    cause: 'The server was not warm yet',
    correctiveAction: 'The check waits until it is',
    passingRerun: bundleSha256,
  })
  session.assay('record', 'incident', ...words, '--from', 'closed.json')
}

/** The release before it is replaced, which does not make it less of a way back. */
export function supersede(session: Session, made: Made, old: Made): void {
  title(`${made.version} replaces ${old.version}`)
  const words = recordWords(old, POST, { by: 'operator', ledger: LEDGER })
  write(session, 'withdrawal.json', {
    action: 'supersede',
    reason: `Replaced by ${made.version}`,
    replacement: setIdOf(made),
    urgency: 'routine',
  })
  session.assay('record', 'withdrawal', ...words, '--from', 'withdrawal.json')
}
