// `assay doctor`: what this installation is, what a signature made here would say, and whether it refuses what it must.

import { buildCommand } from '@stricli/core'
import {
  type Check,
  encodeTimestamp,
  groupChecks,
  type Instant,
  quote,
  type Result,
} from '../core/index.ts'
import type { Host } from '../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../report/index.ts'
import { type BuildRun, describeRun } from '../statement/index.ts'
import type { Answer } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { checkNode } from './doctor/node-version.ts'
import { checkSelf } from './doctor/self-check.ts'
import { checkTrust } from './doctor/trust-check.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT } from './flags.ts'
import { readTrust } from './trust/trust-file.ts'
import { VERSION } from './version.ts'

interface Flags {
  readonly trust?: string
  readonly format: Format
}

export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Examine this installation, and what a signature made here would carry',
    fullDescription: [
      'Signs in memory with a new key, breaks the bundle in the ways that the result lists, and demands that',
      'each is refused. With --trust, the keys, identities, registry keys and roots of a document are listed with',
      'their ends and ages. A key that can not sign now is told: stale when it is too late or too early for it,',
      'rejected when somebody else may hold it. So is a root none of whose logs, or none of whose authorities of',
      'a kind, may be believed now. Nothing is written, and no network is used.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      trust: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Look at this trust document too',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags): Promise<Answer> => {
    const now = host.now()
    const verdict = groupChecks(
      'doctor',
      `assay ${VERSION} on ${process.platform}/${process.arch}`,
      [
        checkNode(process.version),
        checkClock(now),
        await checkSource(host),
        await checkRun(host),
        ...(flags.trust === undefined ? [] : [await readAndCheckTrust(host, flags.trust, now)]),
        // It is about the program: a clock that can not be right is told above.
        await checkSelf(Math.max(now, RELEASED)),
      ],
    )
    return {
      kind: 'finished',
      outcome: verdict.outcome,
      document: { schema: 'assay/doctor/v1', version: VERSION, ...documentOfVerdict(verdict) },
      text: renderVerdict(verdict, { columns: host.columns }),
    }
  }),
})

/** No release is older than this, so no clock is right that says so. */
const RELEASED = Date.UTC(2026, 0, 1)

function checkClock(now: Instant): Check {
  const message = `The clock says ${encodeTimestamp(now)}`
  if (now >= RELEASED) return { name: 'clock', outcome: 'accepted', message }
  return {
    name: 'clock',
    outcome: 'rejected',
    code: 'cli/clock',
    message: `${message}, which is before this program was made`,
    expected: `after ${encodeTimestamp(RELEASED)}`,
    found: encodeTimestamp(now),
    hint: 'Set the clock: validity of keys is judged by it',
  }
}

async function checkSource(host: Host): Promise<Check> {
  const source = await host.readSource('.')
  if (!source.ok) return unreadable('git', source)
  if (source.value.state === 'absent') {
    const message = `A signature here names no source: ${source.value.reason}`
    return { name: 'git', outcome: 'accepted', message }
  }
  const { state, commit, repository } = source.value
  const where = repository === undefined ? 'a repository without a remote' : quote(repository)
  const message = `A signature here names commit ${commit} of ${where}, ${state}`
  return { name: 'git', outcome: 'accepted', message }
}

async function checkRun(host: Host): Promise<Check> {
  const run: Result<BuildRun> = describeRun(await host.readBuildEnvironment('auto'))
  if (!run.ok) return unreadable('builder', run)
  const { builderId, buildType } = run.value
  const message = `Provenance made here names the builder ${quote(builderId)} (${quote(buildType)})`
  return { name: 'builder', outcome: 'accepted', message }
}

async function readAndCheckTrust(host: Host, path: string, now: Instant): Promise<Check> {
  const trust = await readTrust(host, path)
  return trust.ok ? checkTrust(trust.value, path, now) : unreadable('trust', trust)
}

function unreadable(name: string, refusal: Extract<Result<never>, { ok: false }>): Check {
  const [first] = refusal.problems
  const { code, message } = first
  return { name, outcome: 'error', code, message, because: refusal.problems }
}
