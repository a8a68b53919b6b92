// The texts of `assay help TOPIC`. The first line of each is its summary.

/** By topic, in alphabetical order. */
export const HELP_TOPICS: ReadonlyMap<string, string> = new Map([
  [
    'artifact-set',
    `A release is a closed set of files, known by the digest of its manifest

SHA256SUMS lists every file of the set, sorted by the bytes of its path, as sha256sum
prints it. The SHA-256 of that manifest is the set digest; it equals the in-toto dirHash
(Go's "h1:"), so anyone with coreutils can compute it:

  sha256sum SHA256SUMS

Verification is closed-world: each file is a match, changed, missing, extra or renamed,
and anything but a match refuses the set. Nothing is skipped in silence: files that begin
with a dot count, links are refused unless --symlinks list records them, and what --exclude
or --ignore leaves out is listed in the result.
`,
  ],
  [
    'exit-codes',
    `0 accepted, 1 not accepted, 2 cannot judge, 3 the world failed, 70 a bug

  0   every check that was asked for ran, and was accepted
  1   something was checked and is not right: rejected, missing, stale or unverified
  2   it could not be judged: wrong usage, unreadable or malformed input
  3   the world failed, such as a full disk; trying again may help
  70  Assay failed on its own; please report it

No other code means success. A run in which anything could not be judged ends with 2 even
when something else was rejected.
`,
  ],
  [
    'formats',
    `What is read and written: standard formats, and JSON results with a schema

Statements are in-toto Statement v1 in a DSSE envelope, kept as a Sigstore bundle v0.3
(0.1 to 0.3 are read). Snapshots are our own JSON or CycloneDX 1.6. Manifests are what
sha256sum prints.

--format json prints one document with a "schema" such as "assay/verification/v1", on failure
too ("assay/problems/v1"). Their JSON Schemas ship with the package under dist/schemas.
Standard output carries the result alone; words for people go to standard error.
`,
  ],
  [
    'keyless',
    `Signing as an identity: with a certificate of minutes, and a key that is thrown away

  assay attest provenance --set dist --out release.sigstore.json --sigstore \\
    --signing-config signing_config.json --trusted-root public-good

A certificate authority (Fulcio) writes into a certificate for whom an identity token is: a
CI workflow, a person, a service. The token comes from SIGSTORE_ID_TOKEN, from GitHub
Actions or from --identity-token-file, never from an argument. A log (Rekor) and a timestamp
authority say when the key signed. Name, run and digest become public, for good; that is told
before anything is sent. What was signed is verified with --trusted-root before it is written.

  npm run rehearse -- bash     in a checkout: the same services on this machine, for practice

Whoever verifies needs a root and an identity in the trust document: assay help sigstore.
`,
  ],
  [
    'keys',
    `Local keys: generated here, encrypted at rest, known by their RFC 7638 thumbprint

  assay key generate --out release            writes release.key.pem and release.pub.pem
  assay key public release.key.pem            prints the public key
  assay key jwks release.pub.pem              prints a JSON Web Key Set (with trust.json)

The passphrase comes from a prompt, from ASSAY_KEY_PASSPHRASE or from --passphrase-file,
never from an argument. Keys of other tools are read too: PKCS#8, SEC1 and PKCS#1 PEM,
JWK, cosign and OpenSSH.

A key in a KMS or an HSM signs through a program of yours, --signer-command PATH: it gets one
JSON document on standard input, with the action public-key or sign, and prints one. Their
schemas ship with the package: dist/schemas/signer-request.json and signer-response.json.
`,
  ],
  [
    'provenance',
    `Provenance says how the set was made; it is signed testimony of the builder

  assay snapshot . --out snapshot.json
  assay attest provenance --set dist --snapshot snapshot.json --key release.key.pem \\
    --out release.sigstore.json

It names the source commit, the lockfiles, base images and pinned actions by digest, the
builder and its parameters. A dirty work tree is recorded. Verifying it means comparing it
with what was expected: --source-uri, --source-tag, --builder-id and the like. A signature
without an expectation proves only who said it. A CI workflow signs without a key as well:
assay help keyless.
`,
  ],
  [
    'sigstore',
    `Verifying what an identity signed: by a root, an exact name and its claims, offline

  assay trust add-root public-good --name public-good --live
  assay trust add-identity --name release --issuer https://token.actions.githubusercontent.com \\
    --san 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v*' --glob-ref --ci
  assay verify release.sigstore.json --set dist --trust trust.json

A root lists authorities and logs, each with its window. That of the public Sigstore is built
in; assay trust update asks for a newer one, and nothing else does. A root is marked live or
rehearsal: practice never passes for a release. An identity is an issuer and a name, compared
exactly; --claim pins what else a certificate must say, such as the number of a repository.
A certificate, its log entries and its timestamps are all judged, and any defect refuses.

Read are bundles 0.1 to 0.3, what older cosign wrote, attestations of npm (--npm, with
assay trust add-npm-keys), of PyPI and of GitHub. assay inspect says of each for whom it is.
`,
  ],
  [
    'trust',
    `The trust document says who may sign what; it is never implied

  assay trust init --out trust.json
  assay trust add-key release.pub.pem --name release-2026 --role release
  assay trust add-root public-good --name public-good --live
  assay trust add-identity --name ci --issuer URL --san NAME --ci
  assay trust add-npm-keys keys.json
  assay trust show

A key has a name, roles, and a window in which its signatures count. The role "release" is
built in and may sign every predicate type for every target; others are declared with
add-role, with predicate types, targets and a threshold. A key that was compromised loses
every signature that no independent time places before; a retired one keeps the old ones.

An identity has a name in certificates instead of a key, and counts only below a root (assay
help sigstore). Keys and identities with one --principal count once. The keys of a registry
say what was published to it, and nothing more. assay trust update fetches a newer public
root; assay doctor --trust says what has ended, and how old the roots are.
`,
  ],
])
