#!/usr/bin/env python3
"""Checks a signed result of Assay with published keys, and with nothing of Assay.

    python3 verify-result.py https://release.example/.well-known/jwks.json result.json GATE ABOUT SINCE

ABOUT is a release, the SHA-256 of a set or a commit; SINCE the instant from which on it has to be judged. Needs joserfc. Prints the
verdict, with the exceptions that it rests on, and exits with 0 only for `continue`. docs/predicates/signed-result.md says the steps.
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

url, path, gate, about, since = sys.argv[1:]
published = json.load(urllib.request.urlopen(url))
result = json.load(open(path, encoding="utf-8"))
payload = decode(result["payload"])
signed = json.loads(payload)
windows = {key["kid"]: key for key in published["keys"]}

if result["schema"] != "assay/signed-result/v1" or signed["type"] != "urn:assay:signed-result:v1": refuse("schema")
for name in ("commitment_id", "kid", "sig_alg", "verdict"):
    if result[name] != signed[name]: refuse(name)
window, at = windows.get(signed["kid"]) or refuse("unknown key"), time(signed["signed_at"])
if window["alg"] != signed["sig_alg"]: refuse("algorithm")
if "assay_notBefore" in window and at < time(window["assay_notBefore"]): refuse("key not valid yet")
if "assay_notAfter" in window and at > time(window["assay_notAfter"]): refuse("key expired")
if "assay_revokedAt" in window and at >= time(window["assay_revokedAt"]): refuse("key retired")
key = KeySet.import_key_set(published).get_by_kid(signed["kid"])
if not JWSRegistry.algorithms[signed["sig_alg"]].verify(payload, decode(result["signature"]), key): refuse("signature")
if hashlib.sha256(signed["preimage"].encode()).hexdigest() != signed["commitment_id"]: refuse("commitment")
stated, now = json.loads(signed["preimage"]), datetime.datetime.now(datetime.timezone.utc)
if json.dumps(stated, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != signed["preimage"]: refuse("preimage")
names = {stated.get("commit"), *stated.get("set", {}).values()}
exceptions = signed.get("exceptions", [])
if exceptions and ("strict" in stated or signed["verdict"] != "continue"): refuse("exceptions where there are none")
if any(time(each["expires"]) < now for each in exceptions): refuse("an exception has ended")
if stated["gate"] != gate or about not in names or "scope" in stated: refuse("not of this, or of one run alone")
if not time(since) <= time(stated["at"]) <= at: refuse("too old, or of a time to come")
print(signed["verdict"], *(f"by exception {each['check']}" for each in exceptions))
sys.exit(0 if signed["verdict"] == "continue" else 1)
