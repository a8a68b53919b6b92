// What policies come to, as JSON: the tokens, and the sentences that are made of them.

import type { JsonObject } from '../../core/index.ts'
import type { PolicyStatuses } from '../../gate/index.ts'
import { approvalSentence, attestationSentence, evidenceSentence } from './status-text.ts'

/** Members of the document of counters. */
export function documentOfStatuses({
  approvals,
  evidence,
  attestations,
}: PolicyStatuses): JsonObject {
  return {
    approvals: approvals.map((status) => ({
      ...status,
      test: { ...status.test },
      sentence: approvalSentence(status),
    })),
    evidence: evidence.map((status) => ({
      ...status,
      implementation: { ...status.implementation },
      provenance: { ...status.provenance },
      sentence: evidenceSentence(status),
    })),
    attestations: attestations.map((status) => ({
      ...status,
      sentence: attestationSentence(status),
    })),
  }
}
