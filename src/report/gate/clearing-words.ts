// What clears a blocker, as a command where there is one.

import { quote } from '../../core/index.ts'
import type { Clearing } from '../../gate/index.ts'
import type { EvidenceRequirement } from '../../policy/index.ts'

/** One line; everything in it that a document says is quoted or of a fixed alphabet. */
export function clearingWords(clearing: Clearing): string {
  switch (clearing.by) {
    case 'policies':
      return `put in date, or bring back, the policies ${clearing.ids.join(', ')}`
    case 'settling':
      return `settle what speaks against it, or replace the release: ${clearing.against.join(', ')}`
    case 'parts':
      return `satisfy enough of ${clearing.parts.map(({ id }) => id).join(', ')}`
    case 'evidence':
      return evidenceWords(clearing.requirement)
  }
}

const MATERIAL_COMMANDS: Readonly<Record<string, string>> = {
  provenance: 'assay attest provenance, then assay ledger append',
  sbom: 'assay attest sbom, then assay ledger append',
  summary: 'assay ledger append, with the summary of a verifier',
}

function evidenceWords({ select }: EvidenceRequirement): string {
  const { family, predicateType = '', about = 'set', evidence, phase, policy } = select
  const whose = [
    ...(select.signerKind === undefined
      ? []
      : [`signed by ${select.signerKind === 'person' ? 'a person' : 'automation'}`]),
    ...(select.role === undefined ? [] : [`in the role ${quote(select.role)}`]),
    ...(select.origin === undefined ? [] : [`of the origin ${select.origin}`]),
  ]
  const command =
    family === undefined
      ? `assay ledger append, with a statement of the type ${quote(predicateType)}`
      : (MATERIAL_COMMANDS[family] ??
        [
          `assay record ${family === 'adoption' ? 'adoption propose' : family}`,
          about === 'commit' ? '--commit SHA' : undefined,
          phase && `--phase ${phase}`,
          evidence && `--evidence ${evidence}`,
          policy && `--policy ${policy}`,
        ]
          .filter((part) => part !== undefined)
          .join(' '))
  return [command, ...whose].join(', ')
}
