// What stands in the ledger of the project directly: tests, reviews, decisions of people, the deployment, and what came of it.

import { execFileSync } from 'node:child_process'
import { type Session, title } from '../session.ts'
import { LEDGER } from './adoption.ts'
import type { Party } from './parties.ts'
import { ledgerOf, type Made, POLICIES, POST, PRE, recordWords, setIdOf, write } from './run.ts'
import { readTree } from './source.ts'

const DAY_MS = 86_400_000

/** Tests and preflight of the commit, and the review of its tree; in the ledger of the run, and with its adoption in the project's. */
export function recordCommit(session: Session, made: Made): void {
  title('Test the commit, and review it')
  const about = ['--commit', made.revision, ...POLICIES, '--ledger', ledgerOf(made)]
  const test = ['node', '--test', '--test-reporter=junit', '--test-reporter-destination=junit.xml']
  const signed = [...about, '--key', 'builder.key.pem']
  const ran = ['--name', 'test', '--', ...test, 'source/release.test.mjs']
  session.assay('record', 'command', ...signed, ...ran)
  // The same once more, for the report itself.
  execFileSync(process.execPath, [...test.slice(1), 'source/release.test.mjs'], {
    cwd: session.folder,
  })
  const tested = ['--from', 'junit.xml', '--digest-of', 'configuration=source/release.test.mjs']
  const answers = ['--evidence', 'evidence.repo.ci_monorepo_validation']
  session.assay('record', 'test-result', ...signed, ...tested, ...answers)
  write(session, 'review.json', {
    scope: readTree(session),
    reviewedAt: new Date(Date.now() - DAY_MS).toISOString().replace(/[.]\d+Z$/, 'Z'),
    findings: [],
  })
  const report = ['--from', 'review.json', '--digest-of', 'report=matrix.json']
  session.assay('record', 'review', ...about, '--key', 'operator.key.pem', ...report)
}

/** One decision about the candidate. */
export function approve(session: Session, made: Made, by: Party): void {
  const words = recordWords(made, PRE, { by, ledger: LEDGER })
  const decided = ['--scope', 'rollout', '--decision', 'approve', '--expires', '14d']
  const back = ['--rollback-target', made.before.setId]
  session.assay('record', 'approval', ...words, ...decided, ...back, '--reason', 'Checks are green')
}

/** Looks at what is deployed, and asks the server. */
export function deploy(session: Session, made: Made, url: string): void {
  title(`Deploy ${made.version}, and look at it`)
  const operator = { by: 'operator', ledger: LEDGER } as const
  const words = recordWords(made, POST, operator)
  session.assay('record', 'deployment', ...words, '--observe', made.set, '--environment', 'staging')
  const plan = ['--plan', 'policies/smoke-plans/web-edge.yaml', '--base-url', url]
  const digest = session.ask('digest', made.set, '--format', 'json').stdout
  const { setDigest } = JSON.parse(digest) as { readonly setDigest: { readonly sha256: string } }
  const observed = ['--observed-set', setDigest.sha256]
  const named = ['--label', 'staging', '--evidence', 'evidence.staging.web_edge_smoke']
  const run = recordWords(made, POST, { ...operator, ledger: ledgerOf(made) })
  session.assay('record', 'smoke', ...run, ...plan, ...named, ...observed)
}

/** What else may be said of a release, one record of each family. */
export function recordRest(session: Session, made: Made): void {
  title('Certify it, watch it, answer for what is open, and replace the release before it')
  const operator = { by: 'operator', ledger: LEDGER } as const
  const words = recordWords(made, POST, operator)
  const assay = (family: string, ...more: readonly string[]) =>
    session.assay('record', family, ...words, ...more)
  const [from, until] = [-DAY_MS, 30 * DAY_MS].map((ms) => inSeconds(Date.now() + ms))
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

/** A canary of a release, as the shipped rule has it; the rule is for another target, and so the record has no good status. */
export function recordCanary(session: Session, made: Made): void {
  const words = recordWords(made, POST, { by: 'operator', ledger: LEDGER })
  write(session, 'canary.json', {
    rule: 'canary_rule.render_production_allowlisted_web_edge_rollout',
    ring: 'bounded-operator-initiated',
    trafficBoundary: 'allowlisted-review-and-operator-checks-only',
    rolloutStrategy: 'manual-ref-pinned-render-hook-with-post-deploy-web-smoke',
    surfaces: ['web-review-page'],
    window: { startedAt: inSeconds(Date.now() - DAY_MS), endedAt: inSeconds(Date.now() - 1000) },
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
    trigger: 'web-proxy-health-ok failed once',
    openedAt: inSeconds(Date.now() - 1000),
  }
  write(session, 'incident.json', told)
  session.assay('record', 'incident', ...words, '--from', 'incident.json')
  write(session, 'rerun.yaml', {
    result: 'PASSED',
    passedTests: ['web-proxy-health-ok'],
  })
  const tested = ['--digest-of', 'configuration=policies/smoke-plans/web-edge.yaml']
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
  const words = recordWords(old, POST, { by: 'operator', ledger: LEDGER })
  write(session, 'withdrawal.json', {
    action: 'supersede',
    reason: `Replaced by ${made.version}`,
    replacement: setIdOf(made),
    urgency: 'routine',
  })
  session.assay('record', 'withdrawal', ...words, '--from', 'withdrawal.json')
}

function inSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/[.]\d+Z$/, 'Z')
}
