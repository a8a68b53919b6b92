// What an accepted provenance says, for whoever keeps it as evidence and asks later.

import { isJsonObject, type JsonObject } from '../../core/index.ts'
import type { KnownPredicate, ResourceDescriptor } from '../../statement/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import type { TrustedSigner } from '../verified.ts'
import { findBuildLevel } from './build-level.ts'
import { certifiedSource } from './certified-source.ts'
import { factsOf, isKnownProvenance, type KnownProvenance } from './provenance-facts.ts'
import type { SourceClaim } from './source-claim.ts'

/**
 * The claims of a provenance, of SLSA v1 and v0.2 alike. Its signer vouches for them, and where a certificate names the source, its
 * issuer does.
 *
 * @example { builderId: 'https://ci.example/builder', buildType: '…', source: { uri: 'https://git.example/app', commit: 'c27d…' }, dependencies: [] }
 */
export interface ProvenanceClaims {
  readonly builderId: string
  readonly buildType: string
  /** The workflow that ran, where the build type has one: its file in its repository, at its ref. */
  readonly workflow?: string
  /** Absent where the provenance names none, or several. */
  readonly source?: SourceClaim
  /** `clean`, `dirty` or `absent`, where the builder says it. */
  readonly sourceState?: string
  /** Id of the git tree of the commit, where the builder says it. */
  readonly sourceTree?: string
  /** Of SLSA's build track, by what the trust document says of its signer and builder; it says nothing of that itself. */
  readonly buildLevel?: number
  /** What went into the build, as far as the builder says. */
  readonly dependencies: readonly ResourceDescriptor[]
}

/** The claims of a predicate that is verified; nothing where it is no provenance. */
export function readProvenanceClaims(
  known: KnownPredicate | undefined,
  signer: TrustedSigner,
  trust: Pick<TrustDocument, 'builders'>,
): ProvenanceClaims | undefined {
  if (known === undefined || !isKnownProvenance(known)) return undefined
  const facts = factsOf(known)
  const { builderId, buildType, sourceState, sourceTree } = facts
  const source = facts.findSource(certifiedSource(signer))
  const workflow = workflowOf(known)
  const buildLevel = findBuildLevel(builderId, signer, trust)
  return {
    builderId,
    buildType,
    ...(workflow !== undefined && { workflow }),
    ...(typeof source !== 'string' && { source }),
    ...(sourceState !== undefined && { sourceState }),
    ...(sourceTree !== undefined && { sourceTree }),
    ...(buildLevel !== undefined && { buildLevel }),
    dependencies: dependenciesOf(known),
  }
}

function dependenciesOf(known: KnownProvenance): readonly ResourceDescriptor[] {
  const { resolvedDependencies = [] } =
    known.name === 'provenance'
      ? known.value.buildDefinition
      : { resolvedDependencies: known.value.materials }
  return resolvedDependencies
}

/** In the forms of GitHub (`workflow`), GitLab (`source` and `entryPoint`) and SLSA v0.2 (`configSource`). */
function workflowOf(known: KnownProvenance): string | undefined {
  if (known.name === 'provenance-v0.2') {
    const { uri, entryPoint } = known.value.invocation?.configSource ?? {}
    return join(uri, entryPoint)
  }
  const parameters = (known.value.buildDefinition.externalParameters ?? {}) as JsonObject
  const { workflow, source, entryPoint } = parameters
  return isJsonObject(workflow)
    ? join(workflow['repository'], workflow['path'], workflow['ref'])
    : join(source, entryPoint)
}

function join(repository: unknown, path: unknown, ref?: unknown): string | undefined {
  if (typeof repository !== 'string' || typeof path !== 'string') return undefined
  return typeof ref === 'string' ? `${repository}/${path}@${ref}` : `${repository}/${path}`
}
