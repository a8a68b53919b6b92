// Who takes part in the release of a demo: each with a key of their own, and a role that says what they may sign.

import { type Session, title } from '../session.ts'

/** The people and machines, with what they may sign; nothing means everything. */
const PARTIES = [
  { name: 'builder', role: 'builder', kind: 'automation', types: [] },
  { name: 'operator', role: 'operator', kind: 'person', types: [] },
  { name: 'alice', role: 'approver', kind: 'person', types: ['approval'] },
  { name: 'bob', role: 'approver', kind: 'person', types: ['approval'] },
  { name: 'rita', role: 'reviewer', kind: 'person', types: ['adoption-review'] },
  { name: 'ada', role: 'adopter', kind: 'person', types: ['adoption'] },
] as const

/** Their names. */
export type Party = (typeof PARTIES)[number]['name']

/** Two approvers, and nobody who built or operates the release is one. */
const APPROVALS = ['--threshold', '2', '--distinct-from', 'builder', '--distinct-from', 'operator']

/** Without passphrases, which take their time with each signature: the keys are gone with the demo. */
const BARE = ['--unsafe-unencrypted']

/** Makes keys for all of them, and a trust document that names them; and the key of the ledger. */
export function nameParties(session: Session): void {
  title('Name who builds, operates, approves, reviews and adopts')
  session.prepare('trust', 'init')
  const roles = new Map(PARTIES.map(({ role, types }) => [role, types]))
  for (const [role, types] of roles) {
    const named = types.flatMap((type) => ['--predicate-type', `urn:assay:predicate:${type}:v1`])
    const more = role === 'approver' ? APPROVALS : []
    session.prepare('trust', 'add-role', '--name', role, ...named, ...more)
  }
  for (const { name, role, kind } of PARTIES) {
    session.prepare('key', 'generate', '--out', name, ...BARE)
    const said = ['--name', name, '--role', role, `--${kind}`]
    session.prepare('trust', 'add-key', `${name}.pub.pem`, ...said)
  }
  session.prepare('key', 'generate', '--type', 'ed25519', '--out', 'log', ...BARE)
}
