// The page in a pack that says how to check it without Assay.

import { encodeUtf8 } from '../../core/index.ts'
import type { Phase } from '../../policy/index.ts'
import type { TrustDocument } from '../../trust/index.ts'

/** What the page is about. */
export interface CheckedPack {
  readonly release: string
  readonly phase: Phase
  readonly trust: TrustDocument
  /** Whether the list of the files of the release is there. */
  readonly hasSet: boolean
}

/** The page. */
export function checkPage({ release, phase, trust, hasSet }: CheckedPack): Uint8Array {
  const parts = [
    HEAD.replace('RELEASE', release).replace('PHASE', phase),
    FILES,
    TRUST.replace('DIGEST', trust.digest),
    ...(trust.keys.length > 0 ? [SIGNATURES] : []),
    ABOUT,
    ...(hasSet && trust.keys.length > 0 ? [COSIGN] : []),
    ...(trust.roots.length > 0 ? [CERTIFICATES] : []),
    REST,
  ]
  return encodeUtf8(parts.join('\n'))
}

const HEAD = `# How to check this pack

The evidence of the release \`RELEASE\`, up to the phase \`PHASE\`. With Assay, all that is said here and more is one command, which needs
no other file and no network:

    assay audit PACK.tar --trust trust.json

where \`trust.json\` comes from a place that whoever sent the pack can not change. Without Assay, run the blocks below in this folder, with a
POSIX shell, coreutils, grep, sed and OpenSSL 3.
`

const FILES = `## 1. The files

\`manifest.json\` lists every other file with its digest. All must be as listed, and there must be no other.

\`\`\`sh
grep -o '"path":"[^"]*","sha256":"[0-9a-f]*"' manifest.json | sed 's/"path":"\\(.*\\)","sha256":"\\(.*\\)"/\\2  \\1/' > /tmp/$$.sums
sha256sum --check --strict --quiet /tmp/$$.sums && echo "all files are as listed"
find . -type f ! -path ./manifest.json | sed 's,^\\./,,' | LC_ALL=C sort > /tmp/$$.found
sed 's/^[0-9a-f]*  //' /tmp/$$.sums | LC_ALL=C sort | diff - /tmp/$$.found && echo "and there is no other"
rm -f /tmp/$$.sums /tmp/$$.found
\`\`\`
`

const TRUST = `## 2. Whom you believe

\`trust.json\` here is what whoever packed this believes. Compare it with what you know: this must print the digest of the trust document
that you have from elsewhere (\`assay trust show\` prints it). It was DIGEST.

\`\`\`sh
sha256sum trust.json
\`\`\`

The files in \`keys/\` are the keys of that document. If you do not know its digest, compare them one by one with keys that you do know.
`

const SIGNATURES = `## 3. Who signed

Each record is a DSSE envelope in a Sigstore bundle: in \`records/\` those of the release, in \`referred/\`, if it is there, those of
other releases that they refer to. Signed is the pre-authentication encoding: \`DSSEv1\`, then the length and the text of the
type, then the length and the bytes of the payload. The bundle names its key, and \`keys/\` has it.

\`\`\`sh
member() { grep -o "\\"$1\\" *: *\\"[^\\"]*\\"" "$2" | head -n 1 | cut -d '"' -f 4; }
verify() {
  key=keys/$(member hint "$1").pem
  test -f "$key" || { echo "not by a key: $1"; return; }
  type=$(member payloadType "$1")
  member payload "$1" | base64 -d > /tmp/$$.payload
  member sig "$1" | base64 -d > /tmp/$$.signature
  { printf 'DSSEv1 %d %s %d ' \${#type} "$type" $(stat -c %s /tmp/$$.payload); cat /tmp/$$.payload; } > /tmp/$$.signed
  case $(openssl pkey -pubin -in "$key" -noout -text | head -n 3 | tr -d '\\n') in
    *ED25519*) openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in /tmp/$$.signed -sigfile /tmp/$$.signature > /dev/null ;;
    *384\\ bit*) openssl dgst -sha384 -verify "$key" -signature /tmp/$$.signature /tmp/$$.signed > /dev/null ;;
    *521\\ bit*) openssl dgst -sha512 -verify "$key" -signature /tmp/$$.signature /tmp/$$.signed > /dev/null ;;
    *) openssl dgst -sha256 -verify "$key" -signature /tmp/$$.signature /tmp/$$.signed > /dev/null ;;
  esac && echo "signed by $key: $1" || echo "WRONG SIGNATURE: $1"
}
for record in records/*.json referred/*.json; do test ! -f "$record" || verify "$record"; done
rm -f /tmp/$$.payload /tmp/$$.signature /tmp/$$.signed
\`\`\`
`

const ABOUT = `## 4. What was said, and about what

The payload is an in-toto statement. Its first subject is the release, by the digest of its \`SHA256SUMS\`, or the commit that it was built from.

\`\`\`sh
for record in records/*.json; do
  grep -o '"payload" *: *"[^"]*"' "$record" | head -n 1 | cut -d '"' -f 4 | base64 -d | grep -o '"predicateType" *: *"[^"]*"' | head -n 1
done
test ! -f SHA256SUMS || sha256sum SHA256SUMS
sha256sum inner-manifest.json
\`\`\`

The last lines are digests that records name: that of the set, and that of the inner manifest.
`

const COSIGN = `## 5. The same with cosign

[cosign](https://docs.sigstore.dev/cosign/) 3 checks signature, type and subject at once, for the records that are about the set:

\`\`\`sh cosign
for record in records/*.json; do
  key=keys/$(grep -o '"hint" *: *"[^"]*"' "$record" | cut -d '"' -f 4).pem
  type=$(grep -o '"payload" *: *"[^"]*"' "$record" | head -n 1 | cut -d '"' -f 4 | base64 -d | grep -o '"predicateType" *: *"[^"]*"' | head -n 1 | cut -d '"' -f 4)
  cosign verify-blob-attestation --bundle "$record" --key "$key" --insecure-ignore-tlog --type "$type" SHA256SUMS && echo "$record"
done
\`\`\`
`

const CERTIFICATES = `## Records that are signed by an identity

They have a certificate and no key. The roots are in \`roots/\`; say whom you expect, exactly:

    cosign verify-blob-attestation --bundle records/….sigstore.json --trusted-root roots/….json \\
      --certificate-identity IDENTITY --certificate-oidc-issuer ISSUER --type TYPE SHA256SUMS
`

const REST = `## What this does not show

- That these are all records of the release: a pack can leave some out. The ledger shows it, held against a head that somebody kept.
- What the records come to: every status is computed, and \`assay audit\` computes it.
- That the files of the release are those of \`SHA256SUMS\`: \`sha256sum --check\` shows it where they are.
`
