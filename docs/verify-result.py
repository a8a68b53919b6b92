#!/usr/bin/env python3
"""Checks a signed result of Assay with published keys, and with nothing of Assay.

    python3 verify-result.py https://release.example/.well-known/jwks.json result.json

Needs joserfc. Prints the verdict and exits with 0 only for `continue`. docs/predicates/signed-result.md says what each step is.
"""
import base64, datetime, hashlib, json, sys, urllib.request
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

def decode(text):
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text: refuse("base64url")
    return data
def time(text): return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
def refuse(reason): sys.exit(f"refused: {reason}")

url, path = sys.argv[1:]
published = json.load(urllib.request.urlopen(url))
result = json.load(open(path, encoding="utf-8"))
payload = decode(result["payload"])
signed = json.loads(payload)
windows = {key["kid"]: key for key in published["keys"]}

if result["schema"] != "assay/signed-result/v1" or signed["type"] != "urn:assay:signed-result:v1": refuse("schema")
for name in ("commitment_id", "kid", "sig_alg", "verdict"):
    if result[name] != signed[name]: refuse(name)
if signed["kid"] not in windows: refuse("unknown key")
window, at = windows[signed["kid"]], time(signed["signed_at"])
if window["alg"] != signed["sig_alg"]: refuse("algorithm")
if "assay_notBefore" in window and at < time(window["assay_notBefore"]): refuse("key not valid yet")
if "assay_notAfter" in window and at > time(window["assay_notAfter"]): refuse("key expired")
if "assay_revokedAt" in window and at >= time(window["assay_revokedAt"]): refuse("key retired")
key = KeySet.import_key_set(published).get_by_kid(signed["kid"])
if not JWSRegistry.algorithms[signed["sig_alg"]].verify(payload, decode(result["signature"]), key): refuse("signature")
if hashlib.sha256(signed["preimage"].encode()).hexdigest() != signed["commitment_id"]: refuse("commitment")
print(signed["verdict"])
sys.exit(0 if signed["verdict"] == "continue" else 1)
