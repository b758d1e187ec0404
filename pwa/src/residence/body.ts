/** What a filled form says of a person (0 the phone's own), as docs/api.md defines it; undefined when nothing was ticked. */
export function residenceOf(form: FormData, person: number): Record<string, unknown> | undefined {
  const [sector, age, ties] = [form.get("sector"), form.get("age"), form.getAll("ties")];
  if (!sector && !age && ties.length === 0) return undefined;
  return { v: 1, ...(sector ? { sector } : {}), ...(ties.length > 0 ? { ties } : {}), ...(age ? { age } : {}), ...(person ? { person } : {}) };
}
