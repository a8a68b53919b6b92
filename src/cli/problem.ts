import type { Problem } from '../core/index.ts'

/** What is wrong with a command line, or with this installation. */
export type CliProblem = Problem<
  /** The parts of a pack do not fit together: records without proofs, keys that are not those of its trust document. */
  | 'cli/audit-pack'
  /** A pack has the page or the schemas of another version of Assay, which this one can not make again. */
  | 'cli/audit-pack-version'
  /** A pack is of another ledger than was said: of a run where a project's was asked about, or the other way round. */
  | 'cli/audit-scope'
  /** Whether records were there at the time that is asked about can not be judged. */
  | 'cli/audit-time'
  /** Nobody says whom to believe about a pack: what it says of itself is compared, and never believed. */
  | 'cli/audit-trust'
  /** A bundle that was just made does not verify: a service has not done what it should, or the trusted root is another's. */
  | 'cli/bundle-not-verified'
  /** A fault of Assay itself; the lines under it say where. */
  | 'cli/bug'
  /** The certificate authority issued a certificate that the trusted root does not bear out, or a timestamp does not fit it. */
  | 'cli/certificate-not-verified'
  /** The clock says a time before this program was made. */
  | 'cli/clock'
  /** A key that the trust document has for drafts was to sign the head of a ledger, or to witness it: what it signs is no head. */
  | 'cli/head-draft'
  /** A result, summary or policy was to be signed by somebody whom the trust document has for drafts: nothing that they sign is one. */
  | 'cli/result-draft'
  /** The bundle is no draft of somebody who drafts, or whoever would sign one does not draft. */
  | 'cli/draft'
  /** `assay help` knows no such topic. */
  | 'cli/help-topic'
  /** A key of the trust document is revoked as compromised: somebody else may hold it. */
  | 'cli/key-compromised'
  /** A key of the trust document can not sign now: it is expired, retired or not yet valid; of a registry's keys, none can. */
  | 'cli/key-stale'
  /** The ledger has no signed head, so that nothing shows that no entry was dropped. */
  | 'cli/ledger-head-missing'
  /** No entry of the ledger is of that record, or it is not under the signed head. */
  | 'cli/ledger-entry-missing'
  /** Two signed heads differ, and without the keys of the ledger nobody can say what was signed. */
  | 'cli/ledger-key-missing'
  /** A file is no proof out of a ledger, or does not prove what it says. */
  | 'cli/ledger-proof'
  /** The bundle is no record of a release, or not the one that its entry names. */
  | 'cli/ledger-record'
  /** A manifest lies where its name says that there is an archive. */
  | 'cli/manifest-named-archive'
  /** Node is older or newer than the versions that Assay is tested on. */
  | 'cli/node-version'
  /** `--out` names a file of the set that is no bundle. */
  | 'cli/out-not-bundle'
  /** `--out` names a file of the set that is no manifest. */
  | 'cli/out-not-manifest'
  /** The tarball of a package of npm does not say which package it is. */
  | 'cli/package-json'
  /** No root of the trust document has a certificate authority, so that certificates of its identities count nowhere. */
  | 'cli/root-missing'
  /** A root of the trust document has no log, or no authority, of a kind that may be believed now: each has ended, or not begun. */
  | 'cli/root-stale'
  /** The members of a record are given twice, or where the options make them. */
  | 'cli/record-member'
  /** Nothing says which policy or evidence definition the record names, or what was named is not there. */
  | 'cli/record-policy'
  /** What the options say of a release is not what its policies or its earlier records say. */
  | 'cli/record-release'
  /** The installed code judged a known bundle otherwise than it has to. */
  | 'cli/self-check'
  /** The identity token is of nobody whom the trust document names with a role for the statement. */
  | 'cli/signer-not-trusted'
  /** The trust document names nobody whose signature could count: no key, and no root with an identity or a registry key. */
  | 'cli/trust-empty'
  /** The command line is not one that the program knows. */
  | 'cli/usage'
>
