/** Begins the sum that is owed, in the background: nobody waits for it, and nothing is said of it. */
import { owesSum } from "@/offline/owed";

export async function doSum(process: string): Promise<void> {
  if (await owesSum(process)) await begin(process);
}

/** The same for a phone that can keep nothing. */
export async function begin(process: string): Promise<void> {
  await (await import("@/voters/puzzle")).solve(process);
}
