/// <reference lib="webworker" />
/** Does the server's sum on a thread of its own: ALTCHA with scrypt in plain JavaScript, which the strict policy allows. */
import { scrypt } from "@noble/hashes/scrypt.js";
import { solveChallenge } from "altcha-lib";
import type { Challenge, DeriveKeyFunction } from "altcha-lib/types";

const scope = self as unknown as DedicatedWorkerGlobalScope;

/** ALTCHA calls scrypt's N its cost, and r its memory. */
const deriveKey: DeriveKeyFunction = async ({ cost, memoryCost = 8, parallelism = 1, keyLength }, salt, password) => ({
  derivedKey: scrypt(password, salt, { N: cost, r: memoryCost, p: parallelism, dkLen: keyLength }),
});

scope.addEventListener("message", async ({ data }: MessageEvent<Challenge>) => {
  scope.postMessage(await solveChallenge({ challenge: data, deriveKey, timeout: 0 }));
});
