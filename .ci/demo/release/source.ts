// What a run of the pipeline is told, what a review covers, and the documents that records refer to.

import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../checkout.ts'
import type { Session } from '../session.ts'
import { gitIn, REPOSITORY } from '../source.ts'
import { write } from './run.ts'

/** What a run of the pipeline is told, as a runner of GitHub Actions would tell it. */
export function pipelineOf(revision: string, run: string): Readonly<Record<string, string>> {
  const { server, name, ref } = REPOSITORY
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_REF: ref,
    GITHUB_REPOSITORY: name,
    GITHUB_REPOSITORY_ID: '1',
    GITHUB_REPOSITORY_OWNER_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: run,
    GITHUB_SERVER_URL: server,
    GITHUB_SHA: revision,
    GITHUB_WORKFLOW_REF: `${name}/.github/workflows/release.yml@${ref}`,
  }
}

/** The tree of the last commit, and what is in it. */
export function readTree({ folder }: Session) {
  const git = gitIn(folder)
  const files = git('ls-files').split('\n')
  const lines = files.map((path) => `${digestOf(readFileSync(join(folder, path)))}  ${path}\n`)
  return {
    tree: git('rev-parse', 'HEAD^{tree}'),
    manifest: digestOf(Buffer.from(lines.join(''))),
    files: files.length,
  }
}

/** SHA-256 of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The shipped rule of the canary is for production; the demo releases to staging, and has one like it for that. */
const SHIPPED_RULE = 'canary_rule.render_production_allowlisted_web_edge_rollout'

/** The rule of the canary. */
export const CANARY_RULE = 'canary_rule.render_staging_allowlisted_web_edge_rollout'

const RULE_EVIDENCE = ['cloud-preflight', 'web-edge-smoke', 'render-rollout-workflow']

/** Adds the rule to the policies, and to those that have to name it. */
function addCanaryRule(folder: string): void {
  const change = (path: string, from: RegExp, to: string) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const changed = text.replace(from, to)
    if (changed === text) throw new Error(`${path} is not as the demo knows it`)
    writeFileSync(join(folder, path), changed)
  }
  const rule = 'canary/render-staging-allowlisted-web-edge-rollout.yaml'
  const shipped = 'canary/render-production-allowlisted-web-edge-rollout.yaml'
  cpSync(join(folder, shipped), join(folder, rule))
  const ids = RULE_EVIDENCE.map((name) => `evidence.staging.${name.replaceAll('-', '_')}`)
  change(rule, new RegExp(SHIPPED_RULE), CANARY_RULE)
  change(rule, /render_production_launch/, 'render_staging_rollout')
  change(rule, /\[production\]/g, '[staging]')
  change(rule, /^title: .*/m, 'title: Boundary of the canary in staging')
  change(rule, /^evidence:\n(?: {2}- .*\n)*/m, list('evidence', ids))
  change(rule, /^verificationNotes:\n(?: {2}.*\n)*/m, list('verificationNotes', ['Of the demo.']))
  change(
    'approval/render-staging-rollout.yaml',
    /^canaryRules: \[\]\n/m,
    list('canaryRules', [CANARY_RULE]),
  )
  for (const name of RULE_EVIDENCE) {
    change(`evidence/staging/${name}.yaml`, /^neededBy:\n/m, list('neededBy', [CANARY_RULE]))
  }
}

function list(member: string, items: readonly string[]): string {
  return `${member}:\n${items.map((item) => `  - ${item}\n`).join('')}`
}

/** Policies, the plan of the smoke, and the documents that the policies name. */
export function copyDocuments(session: Session): void {
  const { folder } = session
  cpSync(join(ROOT, 'policies'), join(folder, 'policies'), { recursive: true })
  addCanaryRule(join(folder, 'policies/release-assurance'))
  mkdirSync(join(folder, 'docs'))
  for (const name of ['render-deployment-contract.md', 'deployment-runbook.md']) {
    writeFileSync(join(folder, 'docs', name), `# ${name}\n\nHow the demo would go back.\n`)
  }
  write(session, 'matrix.json', { node: ['22', '24'] })
}
