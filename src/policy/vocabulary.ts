// The words of policies and records, each list in the order in which a release meets its items. Documents hold these tokens; sentences
// are rendered from them.

/** The two phases of a release. */
export const PHASES = ['pre-deploy-candidate', 'post-deploy-smoke-verified'] as const

/** A phase of a release. */
export type Phase = (typeof PHASES)[number]

/** Where evidence comes about and a release runs. */
export const STAGES = ['repo', 'local', 'devnet', 'staging', 'production'] as const

/** A stage. */
export type Stage = (typeof STAGES)[number]

/** Evidence of these stages is about a git commit, and of the others about an artifact set. */
export const COMMIT_STAGES = ['repo', 'local', 'devnet'] as const satisfies readonly Stage[]

/** Families of records. */
export const RECORD_FAMILIES = [
  'tracking',
  'attestation',
  'approval',
  'authority',
  'promotion',
  'test-result',
  'smoke',
  'canary',
  'deployment',
  'rollback',
  'withdrawal',
  'linkage',
  'adoption',
  'adoption-review',
  'waiver',
  'review',
  'certification',
  'incident',
  'command',
] as const

/** A family of records. */
export type RecordFamily = (typeof RECORD_FAMILIES)[number]

/** Families that come into the ledger of a project by adoption only. */
export const ADOPTABLE_FAMILIES = [
  'tracking',
  'linkage',
  'attestation',
  'authority',
  'promotion',
  'smoke',
  'rollback',
] as const satisfies readonly RecordFamily[]

/** A family that is adopted. */
export type AdoptableFamily = (typeof ADOPTABLE_FAMILIES)[number]

/** Families that a linkage ties together: the adoptable ones but itself. */
export const LINKABLE_FAMILIES = [
  'tracking',
  'attestation',
  'authority',
  'promotion',
  'smoke',
  'rollback',
] as const satisfies readonly AdoptableFamily[]

/** A family that is linked. */
export type LinkableFamily = (typeof LINKABLE_FAMILIES)[number]

/** The ladder of a release. */
export const PROMOTION_STAGES = [
  'build-complete',
  'artifact-verified',
  'artifact-signed-or-attested',
  'candidate-tested',
  'canary-approved',
  'production-approved',
  'production-deployed',
  'post-deploy-verified',
] as const

/** A step of the ladder. */
export type PromotionStage = (typeof PROMOTION_STAGES)[number]

/** What provenance has to say of a set. */
export const IDENTITY_CLAIMS = [
  'source-revision',
  'build-workflow',
  'builder-identity',
  'artifact-digest',
  'dependency-snapshot',
] as const

/** A claim of provenance. */
export type IdentityClaim = (typeof IDENTITY_CLAIMS)[number]

/** What a tracked release is known by; some are stated, the others computed when the record is read. */
export const IDENTITY_FIELDS = [
  'artifact-name',
  'artifact-type',
  'artifact-version',
  'source-revision',
  'release-evidence-origin-class',
  'build-pipeline-identifier',
  'build-timestamp',
  'artifact-digest',
  'release-channel',
  'signing-status',
  'provenance-status',
  'dependency-snapshot-reference',
] as const

/** One of the identity fields. */
export type IdentityField = (typeof IDENTITY_FIELDS)[number]

/** What all records of a set share. */
export const SHARED_FIELDS = [
  'approval-record-id',
  'gate-id',
  'artifact-version',
  'artifact-set-id',
  'source-revision',
  'release-evidence-origin-class',
  'deployment-stage',
  'release-channel',
] as const

/** One of the shared fields. */
export type SharedField = (typeof SHARED_FIELDS)[number]

/** What an adoption rests on. */
export const ADOPTION_EVIDENCE = [
  'source-bundle-artifact-reference',
  'review-contract-artifact-reference',
  'generated-record-artifact-references',
  'release-evidence-origin-class',
  'adoption-review-reference',
  'adopter-identity',
  'adopted-record-ids',
  'source-bundle-policy-version-dependencies',
  'current-policy-version-dependencies',
  'policy-version-dependency-status',
] as const

/** An item that an adoption rests on. */
export type AdoptionEvidence = (typeof ADOPTION_EVIDENCE)[number]

/** What is known of a release to go back to. */
export const ROLLBACK_FIELDS = [
  'artifact-version',
  'artifact-set-id',
  'rollback-target-reference',
  'source-revision',
  'rollback-preparation-reference',
  'rollback-verification-status',
  'trusted-artifact-status',
  'rollback-operator-confirmation',
  'dependency-snapshot-reference',
] as const

/** One of the rollback fields. */
export type RollbackField = (typeof ROLLBACK_FIELDS)[number]

/** The checks of a web edge after a deployment. A policy may name others: those of its own plan. */
export const WEB_EDGE_CHECKS = [
  'web-public-openapi-asset-available',
  'web-public-llms-asset-available',
  'web-public-llms-full-asset-available',
  'web-public-robots-asset-available',
  'web-public-sitemap-asset-available',
  'web-review-page-available',
  'web-proxy-health-ok',
  'web-public-config-available',
  'web-operator-session-unlocks',
  'web-operator-metrics-proxy-available',
] as const

/** Who stands behind an approval, the strongest first. */
export const AUTHORITY_KINDS = [
  'workflow-dispatch-actor-and-workflow-reference',
  'approved-workflow-reference-only',
  'local-manual-reference-only',
] as const

/** A kind of authority. */
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number]

/** What a record of authority rests on. */
export const AUTHORITY_EVIDENCE = [
  'approval-mode',
  'approval-scope',
  'approval-reference',
  'authority-kind',
  'approver-identity-or-automation-reference',
] as const

/** An item that a record of authority rests on. */
export type AuthorityEvidence = (typeof AUTHORITY_EVIDENCE)[number]

/** How a release is approved. */
export const APPROVAL_MODES = [
  'manual-dispatch-with-human-initiation',
  'manual-rollout-workflow-with-human-approval',
] as const

/** A mode of approval. */
export type ApprovalMode = (typeof APPROVAL_MODES)[number]

/** What an approval record is about. */
export const ROLLOUT_SCOPES = ['staging-rollout-only', 'guarded-production-rollout'] as const

/** The scope of an approval record. */
export type RolloutScope = (typeof ROLLOUT_SCOPES)[number]

/** What a person may approve. */
export const APPROVAL_SCOPES = ['canary', 'rollout', 'launch'] as const

/** The scope of an approval. */
export type ApprovalScope = (typeof APPROVAL_SCOPES)[number]

/** What evidence is made by. */
export const EVIDENCE_KINDS = [
  'workflow',
  'preflight-script',
  'generated-baseline',
  'local-rehearsal',
  'post-deploy-smoke',
  'post-deploy-smoke-path',
  'browser-runtime-export',
  'private-acceptance-proof',
] as const

/** A kind of evidence. */
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** The most that evidence can show, whatever its result. */
export const EVIDENCE_LIMITS = [
  'pre-production-workflow-only',
  'local-hash-baseline-only',
  'not-a-release-bundle',
  'pre-deploy-contract-check-only',
  'post-deploy-smoke-only',
  'manual-browser-export-only',
  'staging-rollout-only',
  'production-candidate-bundle-only',
  'manual-private-acceptance-only',
  'live-runtime-boundary-only',
  'smoke-path-only',
  'rollout-path-only',
] as const

/** A limit of evidence. */
export type EvidenceLimit = (typeof EVIDENCE_LIMITS)[number]

/** What the files of a baseline entry are used for. */
export const BASELINE_USES = [
  'repo-build',
  'repo-validation-and-release',
  'container-build',
  'local-rehearsal',
  'staging-and-production-rollout',
] as const

/** A use of files. */
export type BaselineUse = (typeof BASELINE_USES)[number]

/** How much hangs on the files of a baseline entry. */
export const CRITICALITIES = ['critical', 'high', 'medium', 'low'] as const

/** A criticality. */
export type Criticality = (typeof CRITICALITIES)[number]
