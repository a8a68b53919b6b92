// What a signature proves of the authority behind it: which workflow, in which run, started by what; or only which key.

import type { AuthorityKind } from '../../policy/index.ts'
import type { TrustedSigner } from '../../verify/index.ts'

/** The authority behind a record. */
export interface SignerAuthority {
  readonly kind: AuthorityKind
  /** What the authority can be looked up under: the actor, else workflow and run, else who signed. */
  readonly reference: string
  /** Who dispatched the workflow, as it states it. */
  readonly actor?: string
  readonly workflow?: string
  readonly run?: string
  /** What started the workflow, by the word of the CI issuer. */
  readonly trigger?: string
  readonly isDispatched: boolean
}

/** @param actor whom the record states; it counts where the certificate says that the workflow was dispatched */
export function authorityOf(signer: TrustedSigner, actor: string | undefined): SignerAuthority {
  const { buildConfigUri, buildSignerUri, runInvocationUri, buildTrigger } = claimsOf(signer)
  const workflow = buildConfigUri ?? buildSignerUri
  if (workflow === undefined || runInvocationUri === undefined) {
    const kind = 'local-manual-reference-only'
    return { kind, reference: describeSigner(signer), isDispatched: false }
  }
  const isDispatched = buildTrigger === 'workflow_dispatch'
  const proven = {
    workflow,
    run: runInvocationUri,
    ...(buildTrigger !== undefined && { trigger: buildTrigger }),
    isDispatched,
  }
  if (actor !== undefined && isDispatched) {
    const kind = 'workflow-dispatch-actor-and-workflow-reference'
    return { kind, reference: `actor:${actor}`, actor, ...proven }
  }
  const reference = `workflow:${workflow} run:${runInvocationUri}`
  return { kind: 'approved-workflow-reference-only', reference, ...proven }
}

function claimsOf(signer: TrustedSigner) {
  return signer.type === 'certificate' ? signer.identity.claims : {}
}

function describeSigner(signer: TrustedSigner): string {
  return signer.type === 'key'
    ? `local-key:${signer.keyId}`
    : `certificate:${signer.identity.san.value}`
}
