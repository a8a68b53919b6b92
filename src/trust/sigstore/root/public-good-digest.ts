// Written by .ci/refresh-public-good.ts: the roots of the public Sigstore instance that were ever built in.

/** SHA-256 of the canonical form of each `trusted_root.json`, with the day on which it was published to us. */
export const PUBLIC_GOOD_ROOTS: ReadonlyMap<string, string> = new Map<string, string>([
  ['2d3d1c0f3bef09777ec628921a56847ddb6a1660bd832240433d5ea98488203d', '2026-11-05'],
])
