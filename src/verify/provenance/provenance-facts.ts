// What a provenance says that a verifier has expectations of, read alike from SLSA v1 and v0.2.

import { isJsonObject, type JsonObject, type JsonValue, membersOf } from '../../core/index.ts'
import { BUILD_TYPES, type KnownPredicate, PARAMETER_TEMPLATES } from '../../statement/index.ts'
import { readGitLabVariables, readRun, type RunClaim, withInputs } from './build-run.ts'
import {
  type AddressedClaim,
  decideSource,
  describeResource,
  findRepositories,
  findUnaddressed,
  parseSourceUri,
  type Resource,
  type SourceClaim,
  type SourceFinding,
} from './source-claim.ts'

/** The comparable parts of a provenance. */
export interface ProvenanceFacts {
  readonly builderId: string
  readonly buildType: string
  /** Untrusted by themselves (PROV-5). */
  readonly parameters: JsonObject
  /** PROV-16: false where parameters may be missing, so that an absent one is not an empty one. */
  readonly isComplete: boolean
  /** Only looked for where somebody asks, or a certificate names one. */
  readonly findSource: (certified?: AddressedClaim) => SourceFinding
  /** What the builder says of the work tree, where it says anything: `clean`, `dirty` or `absent`. */
  readonly sourceState?: string
  /** Id of the git tree of the commit, where the builder says it. */
  readonly sourceTree?: string
}

/** A provenance of a version that we read. */
export type KnownProvenance = Extract<KnownPredicate, { name: 'provenance' | 'provenance-v0.2' }>

/** True for a provenance of either version. */
export function isKnownProvenance(predicate: KnownPredicate): predicate is KnownProvenance {
  return predicate.name === 'provenance' || predicate.name === 'provenance-v0.2'
}

/** The facts of what is known to be a provenance. */
export function factsOf(provenance: KnownProvenance): ProvenanceFacts {
  return provenance.name === 'provenance' ? readV1(provenance.value) : readV02(provenance.value)
}

type Value<Name extends KnownPredicate['name']> = Extract<KnownPredicate, { name: Name }>['value']

function readV1({ buildDefinition, runDetails }: Value<'provenance'>): ProvenanceFacts {
  const { buildType, externalParameters = {}, resolvedDependencies = [] } = buildDefinition
  const internal = buildDefinition.internalParameters as JsonObject | undefined
  const source = internal?.['assay_source']
  const { state, tree } = membersOf(source)
  // The schema has seen to it that parameters are objects; what is in them is any JSON.
  const parameters = externalParameters as JsonObject
  const declared = declaredSource(buildType, parameters)
  return {
    builderId: runDetails.builder.id,
    buildType,
    parameters,
    isComplete: true,
    findSource: (certified) =>
      decideSource(repositoriesOf(buildType, resolvedDependencies, declared), {
        declared,
        run: runOf(parameters),
        certified,
      }),
    ...(typeof state === 'string' && { sourceState: state }),
    ...(typeof tree === 'string' && { sourceTree: tree }),
  }
}

function readV02({
  builder,
  buildType,
  invocation,
  metadata,
  materials = [],
}: Value<'provenance-v0.2'>): ProvenanceFacts {
  const declared = invocation?.configSource && describeResource(invocation.configSource)
  const parameters = (invocation?.parameters ?? {}) as JsonObject
  const environment = (invocation?.environment ?? {}) as JsonObject
  return {
    builderId: builder.id,
    buildType,
    parameters: withInputs(buildType, environment, parameters),
    isComplete: metadata?.completeness?.parameters === true,
    findSource: (certified) =>
      decideSource(findRepositories(materials), {
        declared,
        run: readRun(buildType, environment, parameters),
        certified,
      }),
  }
}

/** GitLab's build type has the ref among the variables of its job. */
function runOf({ variables }: JsonObject): RunClaim {
  return isJsonObject(variables) ? readGitLabVariables(variables) : {}
}

/**
 * The source that the external parameters name, in the two shapes that build types have for it: GitHub's
 * `workflow: { repository, ref }`, and `source` as a URI, perhaps with `ref` beside it (GitLab, Assay's own).
 *
 * Only of a build type that we know: a member "source" of another one may be anything that a user typed in.
 */
function declaredSource(buildType: string, parameters: JsonObject): AddressedClaim | undefined {
  if (!PARAMETER_TEMPLATES.has(buildType)) return undefined
  const { workflow, source } = parameters
  if (isJsonObject(workflow)) return claimOf(workflow['repository'], workflow['ref'])
  return claimOf(source, parameters['ref'])
}

/** A build of ours names the address of its checkout if it has one; then what has one is a dependency, and the checkout has none. */
function repositoriesOf(
  buildType: string,
  resources: readonly Resource[],
  declared: AddressedClaim | undefined,
): readonly SourceClaim[] {
  const checkout = findUnaddressed(resources)
  const isOurs = buildType === BUILD_TYPES.local && declared === undefined
  return isOurs && checkout.length > 0 ? checkout : findRepositories(resources)
}

function claimOf(
  uri: JsonValue | undefined,
  ref: JsonValue | undefined,
): AddressedClaim | undefined {
  const claim = typeof uri === 'string' ? parseSourceUri(uri) : undefined
  return claim === undefined || typeof ref !== 'string' ? claim : { ...claim, ref }
}
