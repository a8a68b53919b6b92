// `assay record smoke`: asks a server what a plan says, and records what it answered.

import { accept, LIMITS, type Outcome, quote, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import { buildSmokeMembers } from '../../../record/index.ts'
import {
  parseSmokePlan,
  type SmokeObservation,
  type SmokePlan,
} from '../../../record/observation/index.ts'
import { atPath, readInput } from '../../file-input.ts'
import { OPTIONAL_TEXT, TEXT } from '../../flags.ts'
import { usage } from '../../usage.ts'
import { familyCommand } from '../family-command.ts'
import { joinMembers, membersOfFlags } from '../members/written-members.ts'

interface Flags {
  readonly plan: string
  readonly baseUrl: string
  readonly label: string
  readonly url?: string
  readonly authorities?: string
  readonly observedSet?: string
}

/** `assay record smoke` */
export const command = familyCommand<Flags>({
  family: 'smoke',
  brief: 'Ask a server what a plan says, and record what it answered',
  description: [
    'Runs the checks of the plan, a few at a time, after its unlock steps. Secrets are read from the',
    'environment variables that the plan names, are sent to this server alone and recorded nowhere; of an',
    'answer its status, type and digest are recorded. Checks that fail are recorded, and then it ends with 1.',
    '--dry-run asks the server as well.',
    '',
    'Example: assay record smoke --release-id staging__render_staging_rollout__v1.2.0__4711-1',
    '  --phase post-deploy-smoke-verified --plan smoke.yaml --base-url https://staging.example.org',
    '  --label "public edge" --evidence evidence.staging.web_edge_smoke',
    '  --key operator.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    plan: { ...TEXT, placeholder: 'FILE', brief: 'Plan of the checks, as YAML or JSON' },
    baseUrl: { ...TEXT, placeholder: 'URL', brief: 'The server: scheme, name and port alone' },
    label: { ...TEXT, placeholder: 'NAME', brief: 'What a person calls the server' },
    observedSet: {
      ...OPTIONAL_TEXT,
      placeholder: 'SHA256',
      brief: 'Digest of the set that the server says it runs, where the plan does not ask it',
    },
    url: { ...OPTIONAL_TEXT, placeholder: 'URL', brief: 'Of the run' },
    authorities: {
      ...OPTIONAL_TEXT,
      placeholder: 'FILE',
      brief: 'Certificate authorities in PEM that are accepted instead of those of this machine',
    },
  },
  readMembers: async (flags, { host }) => {
    const plan = await readPlan(host, flags.plan)
    if (!plan.ok) return plan
    if (plan.value.deployedSet !== undefined && flags.observedSet !== undefined) {
      return usage('Expected --observed-set where the plan has no deployedSet, found both')
    }
    const observation = await runPlan(host, flags, plan.value)
    if (!observation.ok) return observation
    const { observedSet = flags.observedSet, ...rest } = observation.value
    const observed = { ...rest, ...(observedSet !== undefined && { observedSet }) }
    const members = membersOfFlags({ ...buildSmokeMembers(observed), url: flags.url }, PLACES)
    const written = joinMembers(members)
    if (!written.ok) return written
    return accept({
      written: written.value,
      outcome: outcomeOf(observed),
      notes: describe(observed),
    })
  },
})

/** What the run gives stands in no option but these. */
const PLACES = { assay_smoke: '--plan', configuration: '--plan', result: '--plan' }

async function readPlan(host: Host, path: string): Promise<Result<SmokePlan>> {
  const bytes = await readInput(host, path, { bytesMax: LIMITS.smokePlanBytesMax, pipes: true })
  if (!bytes.ok) return bytes
  return atPath(parseSmokePlan(bytes.value, path.endsWith('.json') ? 'json' : 'yaml'), path)
}

async function runPlan(
  host: Host,
  { baseUrl, label, authorities: path }: Flags,
  plan: SmokePlan,
): Promise<Result<SmokeObservation>> {
  if (path === undefined) return host.runSmoke({ plan, baseUrl, label })
  const authorities = await host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
  if (!authorities.ok) return authorities
  return host.runSmoke({ plan, baseUrl, label, authorities: authorities.value })
}

/** A check that did not run shows nothing. */
function outcomeOf({ checks }: SmokeObservation): Outcome {
  if (checks.some(({ result }) => result === 'failed')) return 'rejected'
  return checks.every(({ result }) => result === 'passed') ? 'accepted' : 'missing'
}

/** Each thing that did not pass, in words of the plan and of this program. */
function describe({ checks, unlockSteps }: SmokeObservation): readonly string[] {
  const open = [...unlockSteps, ...checks].filter(({ result }) => result !== 'passed')
  const passed = checks.filter(({ result }) => result === 'passed').length
  return [
    `Smoke checks: ${passed} of ${checks.length} passed`,
    ...open.map(({ name, result, reason }) => {
      const { why = 'unknown', expected, found } = reason ?? {}
      const facts = [
        ...(expected === undefined ? [] : [`expected ${quote(expected)}`]),
        ...(found === undefined ? [] : [`found ${quote(found)}`]),
      ]
      return `  ${name}: ${result}, ${[why, ...facts].join(', ')}`
    }),
  ]
}
