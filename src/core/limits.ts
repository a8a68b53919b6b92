// The limits on everything that is read (design: what is read is hostile). One file, so that nobody has to look for them.

/** Upper bounds, inclusive. Bytes unless the name says another unit. */
export const LIMITS = {
  /** One bundle or envelope as a file. */
  envelopeBytesMax: 16 * 1024 * 1024,
  /** What an envelope carries, decoded. */
  payloadBytesMax: 8 * 1024 * 1024,
  /** A JSON Lines file of bundles, whole. */
  bundleFileBytesMax: 64 * 1024 * 1024,
  bundleLinesMax: 10_000,
  signaturesMax: 32,
  logEntriesMax: 32,
  /** Hashes of an inclusion proof: no tree is higher than an int64 can count. */
  proofHashesMax: 63,
  timestampsMax: 32,
  /** The checkpoint of a log, as text. */
  checkpointBytesMax: 64 * 1024,
  checkpointSignaturesMax: 64,
  /** One entry of a ledger: a canonical line about one record. */
  ledgerEntryBytesMax: 1024,
  /** A tile of a ledger: 256 entries, each after its length. */
  ledgerTileBytesMax: 256 * (2 + 1024),
  /** The unsigned head of a ledger: two short lines. */
  ledgerHeadBytesMax: 1024,
  /** What one change of a ledger moves, by path, and what is noted beside it: a merge may move all of it. */
  ledgerWorkBytesMax: 64 * 1024 * 1024,
  /** Of one text that a person wrote into a record, in UTF-16 units. */
  recordTextMax: 4 * 1024,
  recordNameMax: 200,
  /** Items of one list of a record. */
  recordListMax: 10_000,
  certificateChainMax: 10,
  /** Logs, and authorities, of one trusted root: each kind. */
  rootInstancesMax: 64,
  /** Roots, identities, and registry keys of a trust document: each kind. */
  trustEntriesMax: 1_000,
  /** Subjects that are read; what is written stops at `subjectsWrittenMax`. */
  subjectsMax: 10_000,
  /** The most that the Sigstore verifiers accept. */
  subjectsWrittenMax: 1_024,
  jsonDepthMax: 64,
  jsonMembersMax: 1_000_000,
  /** One string of a document, in UTF-16 units. */
  stringMax: 1024 * 1024,
  /** Problems that are told of one document. */
  problemsMax: 100,
  /** A key, PEM or JWK. */
  keyBytesMax: 64 * 1024,
  /** One DER document: a certificate, a timestamp. */
  derBytesMax: 256 * 1024,
  /** Values inside values. */
  derDepthMax: 32,
  /** An identity in a certificate, or one of its claims, in bytes. */
  identityBytesMax: 4 * 1024,
  /** A document that a person writes: a policy, what a record should hold. */
  writtenBytesMax: 1024 * 1024,
  /** One policy. */
  policyBytesMax: 256 * 1024,
  /** Of one folder of policies: its files, and the bytes of all of them. */
  policyFilesMax: 1_000,
  policiesBytesMax: 4 * 1024 * 1024,
  /** One CEL expression of a policy, in UTF-16 units. */
  expressionLengthMax: 4 * 1024,
  /** Of its parsed form. */
  expressionDepthMax: 32,
  comprehensionDepthMax: 2,
  /** Values of the document that an expression is evaluated over. */
  expressionElementsMax: 10_000,
  /** Time of one expression over one document. */
  expressionMsMax: 1_000,
  trustBytesMax: 4 * 1024 * 1024,
  manifestBytesMax: 256 * 1024 * 1024,
  /** A lockfile, workflow, container file or other input of a snapshot. */
  inputBytesMax: 64 * 1024 * 1024,
  /** Advisories of one report, and exceptions of one registry. */
  advisoriesMax: 10_000,
  advisoryExceptionsMax: 1_000,
  /** Places or versions of one package that an advisory was found in. */
  advisorySitesMax: 2_000,
  archiveBytesMax: 4 * 1024 * 1024 * 1024,
  archiveEntriesMax: 100_000,
  /** Decompressed bytes of an archive for each compressed one. */
  archiveRatioMax: 200,
  /** A pack of the evidence of a release: it is read whole. */
  packBytesMax: 256 * 1024 * 1024,
  /** What a test runner wrote. */
  testReportBytesMax: 32 * 1024 * 1024,
  /** Of one report. */
  testCasesMax: 100_000,
  /** The name of a test with those of its suites, in UTF-16 units. */
  testNameMax: 4 * 1024,
  /** The names of all tests of a report, in UTF-16 units. */
  testNamesMax: 32 * 1024 * 1024,
  /** A plan of checks against a server. */
  smokePlanBytesMax: 256 * 1024,
  /** Checks, and unlock steps, of one plan: each kind. */
  smokeChecksMax: 200,
  /** One answer to a check. */
  smokeAnswerBytesMax: 16 * 1024 * 1024,
  /** Commands of one sequence. */
  commandsMax: 100,
  /** Arguments of one command, and reports that it declares: each kind. */
  commandWordsMax: 1_000,
  /** A path of an artifact, in bytes of UTF-8. */
  pathBytesMax: 4 * 1024,
} as const
