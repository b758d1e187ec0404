/** Makes a photo light before it leaves: drawn anew, so that neither its size nor where it was taken travels. */

/** Longest side in pixels; the server keeps 1600 of them (server/devanture/photos/rules.py). */
const SIDE = 2048;
const THUMB_SIDE = 240;
const MOST_BYTES = 12_000_000;
/** What the server can read where this browser cannot. */
const UNDRAWN = /^image\/hei[cf]|\.hei[cf]$/i;

export interface Prepared {
  picture: Blob;
  /** Small, to be shown on this phone; none where this browser cannot draw the photo. */
  thumb?: Blob;
}

export type Fault = "unreadable" | "too-large";

/** The photo as it will be sent, or why it cannot be. */
export async function prepare(file: File): Promise<Prepared | Fault> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return asItIs(file);
  try {
    return { picture: await draw(bitmap, SIDE, 0.85), thumb: await draw(bitmap, THUMB_SIDE, 0.7) };
  } catch {
    return asItIs(file);
  } finally {
    bitmap.close();
  }
}

/** An iPhone's HEIC on a browser that cannot draw it; the server takes out of it what must not stay. */
function asItIs(file: File): Prepared | Fault {
  if (!UNDRAWN.test(file.type) && !UNDRAWN.test(file.name)) return "unreadable";
  return file.size > MOST_BYTES ? "too-large" : { picture: file };
}

async function draw(bitmap: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const { width, height } = fit(bitmap.width, bitmap.height, side);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) throw new Error("the canvas gave nothing");
  return blob;
}

/** The same shape with its longest side at most `side`; never larger than it was. */
export function fit(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
