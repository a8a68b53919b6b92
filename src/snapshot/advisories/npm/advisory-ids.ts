// The ids of an advisory in a report of npm: its number, and the id of the advisory database in its address.

const GHSA = /\/(GHSA(?:-[0-9a-z]{4}){3})$/

/** The id that its address ends with, and with none, npm's number for it, which changes whenever the advisory does. */
export function advisoryIds(source: number | string, url = ''): readonly string[] {
  const id = GHSA.exec(url)?.[1]
  return [id ?? `npm:${source}`]
}
