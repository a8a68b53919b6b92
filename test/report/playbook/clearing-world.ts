// What clears the controls of the shipped playbook, asked of findings: words first, and then the commands.

import type { ControlFinding, PlaybookFinding } from '../../../src/gate/index.ts'
import { clearingOf } from '../../../src/report/playbook/playbook-clearing.ts'
import { COMMIT } from '../../gate/evidence.ts'
import {
  EXPORT,
  judge as judgeOperations,
  type Question,
} from '../../gate/playbook/operations/operations-world.ts'
import { judge } from '../../gate/playbook/playbook-world.ts'

export const NOTHING = { files: {}, evidence: [] }
/** Of a release about which nobody said anything. */
export const nothing = judge({ ...NOTHING, ...sectionsOf(NOTHING) })

/** The sections after the second, and what the project can not force. */
function sectionsOf(asked: Question) {
  const { controls: further, closure } = judgeOperations(asked)
  return { further, closure }
}

/** What clears a control of the sections after the second. */
export function clearingIn(id: string, asked: Question) {
  const finding = judge(sectionsOf(asked))
  return clearing(finding, id)
}

/** Its words, and then its commands. */
export function clearing(finding: PlaybookFinding, id: string) {
  const control = controlIn(finding, id)
  const { words = '', commands = [] } = clearingOf(control, finding.subject) ?? {}
  return [words, ...commands]
}

function controlIn({ controls }: PlaybookFinding, id: string): ControlFinding {
  const control = controls.find((one) => one.id === id)
  if (control === undefined) throw new Error(`Expected the control ${id}`)
  return control
}

export const WRITE = `assay record command --commit ${COMMIT} --report`
export const RESULT = `assay record test-result --commit ${COMMIT} --from`
export const INCIDENT = `assay record incident --commit ${COMMIT} --from incident.yaml`
export const CHECK_RUNS = `gh api --paginate --slurp repos/OWNER/NAME/commits/${COMMIT}/check-runs > check-runs.json`
export const JOB = [CHECK_RUNS, `${RESULT} check-runs.json --digest-of configuration=WORKFLOW`]
export const named = (path: string) => `--digest-of configuration:${path}=${path}`
export const RULESETS = `gh api repos/OWNER/NAME/rulesets/RULESET > ${EXPORT}`
