// The keys of `keys.example/`: everybody has their private halves, so whoever trusts one trusts everybody.

/** RFC 7638 thumbprints. */
export const EXAMPLE_KEY_IDS: ReadonlySet<string> = new Set([
  // unsafe-example
  'wrsSmzoi6ILOLqDtlFfRvqUjpYxFsa8EwuluM8kLYFM',
  // unsafe-example-approver
  'eTs2NHIECEJXv-pHwGrcvWS2QipdEi84e9WwdFuLQDc',
])

/** True for a published key: a verification that trusts it says so, and needs `--unsafe-example-keys`. */
export function isExampleKey(keyId: string): boolean {
  return EXAMPLE_KEY_IDS.has(keyId)
}
