#!/usr/bin/env bash
# Installs the programs of others that tests hold ours against: a PKCS#11 token, Python libraries for statements and keys, the schema of
# GitLab CI, a linter for GitHub workflows (ASSAY_TEST_ACTIONLINT, a program), two readers of ledgers (ASSAY_TEST_FSCK and
# ASSAY_TEST_LEDGER_PEER, programs); and real attestations of Python packages (ASSAY_TEST_PYPI, a folder).
# Prints the Python to use. Where something can not be had it says so and goes on: the tests that need it are left out loudly.
set -uo pipefail

if ! command -v softhsm2-util >/dev/null || ! command -v pkcs11-tool >/dev/null; then
  if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq softhsm2 opensc; } >&2 ||
      echo 'outside tools: no softhsm2 and opensc' >&2
  fi
fi

cache="${XDG_CACHE_HOME:-$HOME/.cache}"
venv="$cache/assay-ci-python"
modules='import check_jsonschema, in_toto_attestation.v1.statement, joserfc'
if ! "$venv/bin/python" -c "$modules" 2>/dev/null; then
  { python3 -m venv "$venv" &&
    "$venv/bin/pip" install --quiet check-jsonschema==0.39.0 in-toto-attestation==0.9.3 joserfc==1.8.0; } >&2 ||
    echo 'outside tools: no check-jsonschema, in-toto-attestation and joserfc' >&2
fi

# The version stands in the folder, so that another one is built when it changes.
actionlint=1.7.12
if [[ -z "${ASSAY_TEST_ACTIONLINT:-}" && ! -x "$cache/assay-ci-actionlint-$actionlint/actionlint" ]]; then
  GOBIN="$cache/assay-ci-actionlint-$actionlint" \
    go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint" >&2 ||
    echo 'outside tools: no actionlint' >&2
fi

fsck=1.0.4
if [[ -z "${ASSAY_TEST_FSCK:-}" && ! -x "$cache/assay-ci-fsck-$fsck/fsck" ]]; then
  GOBIN="$cache/assay-ci-fsck-$fsck" go install "github.com/transparency-dev/tessera/cmd/fsck@v$fsck" >&2 ||
    echo 'outside tools: no fsck of tlog-tiles' >&2
fi

# Of sources in this repository: a changed byte of them makes another one.
peer="$(dirname "${BASH_SOURCE[0]}")/../test/ledger/go"
peer_version="$(cat "$peer/go.mod" "$peer/go.sum" "$peer/main.go" | sha256sum | cut -c1-12)"
if [[ -z "${ASSAY_TEST_LEDGER_PEER:-}" && ! -x "$cache/assay-ci-ledger-peer-$peer_version/ledger-peer" ]]; then
  GOFLAGS=-buildvcs=false go -C "$peer" build -o "$cache/assay-ci-ledger-peer-$peer_version/ledger-peer" . >&2 ||
    echo 'outside tools: no peer that reads ledgers' >&2
fi

# They are in an sdist; the trusted root of the Sigstore instance that made some of them is in a wheel.
pypi="${ASSAY_TEST_PYPI:-$cache/assay-ci-pypi}"
if [[ ! -e "$pypi/staging_trusted_root.json" ]]; then
  download="$(mktemp -d)"
  {
    "$venv/bin/pip" download --quiet --no-deps --no-binary pypi-attestations --dest "$download" pypi-attestations==0.0.29 &&
      "$venv/bin/pip" download --quiet --no-deps --only-binary sigstore --dest "$download" sigstore==4.5.1 &&
      "$venv/bin/python" -m zipfile -e "$download"/sigstore-4.5.1-*.whl "$download/wheel" &&
      mkdir -p "$pypi" &&
      tar -xzf "$download/pypi_attestations-0.0.29.tar.gz" -C "$pypi" &&
      cp "$download/wheel/sigstore/_store/https%3A%2F%2Ftuf-repo-cdn.sigstage.dev/trusted_root.json" \
        "$pypi/staging_trusted_root.json"
  } >&2 || echo 'outside tools: no attestations of Python packages' >&2
  rm -rf "$download"
fi

if "$venv/bin/python" -c "$modules" 2>/dev/null; then
  echo "$venv/bin/python"
fi
