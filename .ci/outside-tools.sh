#!/usr/bin/env bash
# Installs the programs of others that tests hold ours against: a PKCS#11 token, and Python libraries for statements and keys.
# Prints the Python to use. Where something can not be had it says so and goes on: the tests that need it are left out loudly.
set -uo pipefail

if ! command -v softhsm2-util >/dev/null || ! command -v pkcs11-tool >/dev/null; then
  if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq softhsm2 opensc; } >&2 ||
      echo 'outside tools: no softhsm2 and opensc' >&2
  fi
fi

venv="${XDG_CACHE_HOME:-$HOME/.cache}/assay-ci-python"
modules='import in_toto_attestation.v1.statement, joserfc'
if ! "$venv/bin/python" -c "$modules" 2>/dev/null; then
  { python3 -m venv "$venv" &&
    "$venv/bin/pip" install --quiet in-toto-attestation==0.9.3 joserfc==1.8.0; } >&2 ||
    echo 'outside tools: no in-toto-attestation and joserfc' >&2
fi
if "$venv/bin/python" -c "$modules" 2>/dev/null; then
  echo "$venv/bin/python"
fi
