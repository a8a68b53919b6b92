// What clears a control, as a command where there is one; each follows from the code of a reason.

import { failedChecks } from '../../core/index.ts'
import type { ControlFinding } from '../../gate/index.ts'

const BIND =
  'assay record command --commit SHA --report PATH, with the program that writes the report'
const RUN = 'assay record command --commit SHA --sequence FILE, with all of its commands in order'
const EXPORT =
  'assay record test-result, by an administrator, with the export and what is attached among --digest-of configuration='

const CLEARINGS: Readonly<Record<string, string>> = {
  'gate/playbook-job': 'assay record test-result --commit SHA --from check-runs.json',
  'gate/playbook-condition': 'mend what the report is about, and write it again',
  'gate/playbook-summary': 'mend the controls that the summary names, and write it again',
  'gate/playbook-decision': 'assay record approval, by each of the two who are not there',
  'gate/playbook-external':
    'assay record test-result, by an administrator who followed the runbook and names it and what is attached by digest',
  'gate/report-absent': BIND,
  'gate/report-changed': BIND,
  'gate/report-contradicted': BIND,
  'gate/report-loose': BIND,
  'gate/report-unreadable': BIND,
  'gate/sequence-failed': RUN,
  'gate/sequence-missing': RUN,
  'gate/sequence-order': RUN,
  'gate/sequence-refused': RUN,
  'gate/closure-unverified': EXPORT,
  'gate/closure-age': EXPORT,
  'gate/closure-review': EXPORT,
  'gate/incident-unopened': 'assay record incident, which opens it',
  'gate/incident-open': 'assay record incident, which closes it with cause and corrective action',
}

/** What there is to do about a control, each thing once. */
export function clearingsOf({ check }: Pick<ControlFinding, 'check'>): readonly string[] {
  const codes = failedChecks(check).flatMap(({ code }) => code ?? [])
  return [...new Set(codes.flatMap((code) => CLEARINGS[code] ?? []))]
}
