// Whether Node would ask a proxy of the environment for what is not encrypted, and so show it to that proxy.

/**
 * The name of the variable that leads to a proxy for plain http. What is in doubt does: Node reads `NO_PROXY` more freely than this.
 *
 * @returns nothing where the address itself is asked
 */
export function proxyVariableOf(
  { hostname }: URL,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  options: readonly string[] = process.execArgv,
): string | undefined {
  const told = [...options, environment['NODE_OPTIONS']].join(' ').replaceAll('_', '-')
  const isUsed = environment['NODE_USE_ENV_PROXY'] === '1' || told.includes('--use-env-proxy')
  if (!isUsed) return undefined
  const around = environment['no_proxy'] ?? environment['NO_PROXY'] ?? ''
  // A star means every host only where it stands alone.
  if (around === '*' || around.split(/[\s,]+/).includes(hostname)) return undefined
  return ['http_proxy', 'HTTP_PROXY'].find((name) => (environment[name] ?? '') !== '')
}
