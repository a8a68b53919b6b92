// The page in a pack that says how to check it without Assay.

import { encodeUtf8 } from '../../core/index.ts'

/** What the page is about. */
interface CheckedPack {
  readonly release: string
  readonly phase: string
  /** SHA-256 of the trust document. */
  readonly trust: string
  readonly hasKeys: boolean
  readonly hasRoots: boolean
  /** Whether the list of the files of the release is there. */
  readonly hasSet: boolean
}

/** The page; `docs/check-pack.md` is that of a pack which has everything. */
export function checkPage(pack: CheckedPack): Uint8Array {
  const { release, phase, trust, hasKeys, hasRoots, hasSet } = pack
  const parts = [
    HEAD.replace('RELEASE', release).replace('PHASE', phase),
    FILES,
    TRUST.replace('DIGEST', trust),
    ...(hasKeys ? [KEYS] : []),
    ...(hasRoots ? [ROOTS] : []),
    ...(hasKeys ? [SIGNATURES] : []),
    ABOUT,
    ...(hasSet && hasKeys ? [COSIGN] : []),
    ...(hasRoots ? [CERTIFICATES] : []),
    REST,
  ]
  return encodeUtf8(parts.join('\n'))
}

const HEAD = `# How to check this pack

The evidence of the release \`RELEASE\`, up to the phase \`PHASE\`, and what speaks against the release from any phase. With Assay,
all that is said here and more is one command, which needs no other file and no network:

    assay audit PACK.tar --trust trust.json --log-key ledger.vkey

where \`trust.json\` comes from a place that whoever sent the pack can not change. The pack of the ledger of one run needs \`--run\`.

Without Assay, run the blocks below in this folder, with a POSIX shell, GNU coreutils, grep, sed and OpenSSL 3. Each must say what the text
over it says, and none \`WRONG\` or \`FAILED\`. This page came with the pack, so whoever changes packs may have changed it: the page to
go by is \`docs/check-pack.md\` in the source of Assay, which has the same blocks.
`

const FILES = `## 1. The files

\`manifest.json\` lists every other file with its digest. All must be as listed, and there must be no other. Records and documents have
their own digest as their name.

\`\`\`sh
grep -o '"path":"[^"]*","sha256":"[0-9a-f]*"' manifest.json | sed 's/"path":"\\(.*\\)","sha256":"\\(.*\\)"/\\2  \\1/' > /tmp/$$.sums
sha256sum --check --strict --quiet /tmp/$$.sums && echo "all files are as listed"
find . ! -type d ! -path ./manifest.json | sed 's,^\\./,,' | LC_ALL=C sort > /tmp/$$.found
sed 's/^[0-9a-f]*  //' /tmp/$$.sums | LC_ALL=C sort | diff - /tmp/$$.found && echo "and there is no other"
rm -f /tmp/$$.sums /tmp/$$.found
for file in records/* referred/* documents/*; do
  name=\${file##*/}
  test ! -e "$file" || echo "\${name%.sigstore.json}  $file"
done | sha256sum --check --strict --quiet && echo "records and documents have the digests of their names"
\`\`\`
`

const TRUST = `## 2. Whom you believe

\`trust.json\` here is what whoever packed this believes. Compare it with what you know: this must print the digest of the trust document
that you have from elsewhere (\`assay trust show\` prints it). It was DIGEST.

\`\`\`sh
sha256sum trust.json
\`\`\`

If you do not know its digest, look at every key and root in it: each of them has to be one that you know from elsewhere.
`

const KEYS = `## 3. Whose keys

The files in \`keys/\` are the keys of \`trust.json\`, for OpenSSL. The name of each is the thumbprint of its key (RFC 7638): the digest of the
members that make the key as a JWK, which are the curve and its point, or modulus and exponent of RSA. Each thumbprint must be the name
of the file, and each key one that \`trust.json\` holds, in these very words.

\`\`\`sh
base64url() { base64 -w 0 | tr '+/' '-_' | tr -d '='; }
hex() { case $((\${#1} % 2)) in 0) echo "$1" ;; *) echo "0$1" ;; esac | tr a-f A-F | basenc --base16 -d | base64url; }
part() { openssl pkey -pubin -in "$1" -outform DER | tail -c "$2" | head -c "$3" | base64url; }
point() { printf '{"crv":"%s","kty":"EC","x":"%s","y":"%s"}' "$2" "$(part "$1" $((2 * $3)) "$3")" "$(part "$1" "$3" "$3")"; }
rsa() {
  n=$(openssl rsa -pubin -in "$1" -noout -modulus | sed 's/^Modulus=//')
  e=$(openssl pkey -pubin -in "$1" -noout -text | sed -n 's/^Exponent: .*(0x\\([0-9a-f]*\\))$/\\1/p')
  printf '{"e":"%s","kty":"RSA","n":"%s"}' "$(hex "$e")" "$(hex "$n")"
}
jwk() {
  case $(openssl pkey -pubin -in "$1" -noout -text | tr '\\n' ' ') in
    ED25519*) printf '{"crv":"Ed25519","kty":"OKP","x":"%s"}' "$(part "$1" 32 32)" ;;
    *'ASN1 OID: prime256v1 '*) point "$1" P-256 32 ;;
    *'ASN1 OID: secp384r1 '*) point "$1" P-384 48 ;;
    *'ASN1 OID: secp521r1 '*) point "$1" P-521 66 ;;
    *Modulus:*) rsa "$1" ;;
  esac
}
for key in keys/*; do
  jwk=$(jwk "$key")
  name=$(printf %s "$jwk" | openssl dgst -sha256 -binary | base64url)
  if test "$key" != "keys/$name.pem"; then echo "WRONG NAME: $key is the key $name"
  elif grep -qF "\\"publicKey\\":$jwk,\\"r" trust.json; then echo "a key of trust.json: $key"
  else echo "WRONG KEY, which trust.json does not hold: $key"; fi
done
\`\`\`

What the key may sign, and whether it was revoked, stands beside it in \`trust.json\`.
`

const ROOTS = `## Whose roots

The files in \`roots/\` are the trusted roots of \`trust.json\`, for cosign, and have their digests as their names.

\`\`\`sh
for root in roots/*; do
  { printf '"trustedRoot":'; cat "$root"; printf '}'; } > /tmp/$$.root
  name=$(sha256sum < "$root" | cut -c 1-64)
  if test "$root" = "roots/$name.json" && test "$(wc -l < "$root")" -eq 0 && grep -qFf /tmp/$$.root trust.json
  then echo "a root of trust.json: $root"
  else echo "WRONG ROOT: $root"; fi
done
rm -f /tmp/$$.root
\`\`\`
`

const SIGNATURES = `## 4. Who signed

Each record is a DSSE envelope in a Sigstore bundle: in \`records/\` those of the release, in \`referred/\`, if it is there, those of
other releases that they refer to. Signed is the pre-authentication encoding: \`DSSEv1\`, then the length and the text of the
type, then the length and the bytes of the payload. The bundle names its key by its thumbprint, and \`keys/\` has it. This shows something
only where all files, the digest of \`trust.json\` and all keys were right.

\`\`\`sh
member() { grep -o "\\"$1\\" *: *\\"[^\\"]*\\"" "$2" | head -n 1 | cut -d '"' -f 4; }
verify() {
  hint=$(member hint "$1")
  case $hint in '') echo "not by a key: $1"; return ;; *[!A-Za-z0-9_-]*) echo "WRONG NAME OF A KEY: $1"; return ;; esac
  key=keys/$hint.pem
  test -f "$key" || { echo "WRONG KEY, which is not in keys/: $1"; return; }
  type=$(member payloadType "$1")
  member payload "$1" | base64 -d > /tmp/$$.payload
  member sig "$1" | base64 -d > /tmp/$$.signature
  { printf 'DSSEv1 %d %s %d ' \${#type} "$type" $(stat -c %s /tmp/$$.payload); cat /tmp/$$.payload; } > /tmp/$$.signed
  case $(openssl pkey -pubin -in "$key" -noout -text | tr '\\n' ' ') in
    ED25519*) openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in /tmp/$$.signed -sigfile /tmp/$$.signature > /dev/null ;;
    *'ASN1 OID: secp384r1 '*) openssl dgst -sha384 -verify "$key" -signature /tmp/$$.signature /tmp/$$.signed > /dev/null ;;
    *'ASN1 OID: secp521r1 '*) openssl dgst -sha512 -verify "$key" -signature /tmp/$$.signature /tmp/$$.signed > /dev/null ;;
    *) openssl dgst -sha256 -verify "$key" -signature /tmp/$$.signature /tmp/$$.signed > /dev/null ;;
  esac && echo "signed by $key: $1" || echo "WRONG SIGNATURE: $1"
}
for record in records/*.json referred/*.json; do test ! -f "$record" || verify "$record"; done
rm -f /tmp/$$.payload /tmp/$$.signature /tmp/$$.signed
\`\`\`
`

const ABOUT = `## 5. What was said, and about what

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

const COSIGN = `## 6. The same with cosign

[cosign](https://docs.sigstore.dev/cosign/) 3 checks signature, type and subject at once, for the records that are about the set:

\`\`\`sh cosign
for record in records/*.json; do
  key=keys/$(grep -o '"hint" *: *"[A-Za-z0-9_-]*"' "$record" | cut -d '"' -f 4).pem
  type=$(grep -o '"payload" *: *"[^"]*"' "$record" | head -n 1 | cut -d '"' -f 4 | base64 -d | grep -o '"predicateType" *: *"[^"]*"' | head -n 1 | cut -d '"' -f 4)
  cosign verify-blob-attestation --bundle "$record" --key "$key" --insecure-ignore-tlog --type "$type" SHA256SUMS && echo "$record"
done
\`\`\`
`

const CERTIFICATES = `## Records that are signed by an identity

They have a certificate and no key. Say whom you expect, exactly:

    cosign verify-blob-attestation --bundle records/….sigstore.json --trusted-root roots/….json \\
      --certificate-identity IDENTITY --certificate-oidc-issuer ISSUER --type TYPE SHA256SUMS
`

const REST = `## What this does not show

- That these are all records of the release: a pack can leave some out. The ledger shows it, held against a head that somebody kept.
- What the records come to: every status is computed, and \`assay audit\` computes it.
- That the files of the release are those of \`SHA256SUMS\`: \`sha256sum --check\` shows it where they are.
`
