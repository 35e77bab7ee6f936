import { GlobalWorkerOptions, getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import worker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

// The build for older engines: the webview of a Linux desk is often two years old.
GlobalWorkerOptions.workerSrc = worker;

/** Twice the size of the screen's pixels at most: sharp, and a page stays a few megabytes. */
const MOST_PIXELS_WIDE = 1400;

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Draws every page into `into`, replacing what was there once all of them are ready. */
export async function drawPages(
  base64: string,
  into: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const task = getDocument({ data: bytesOf(base64), isEvalSupported: false, useWasm: false });
  try {
    const file = await task.promise;
    const drawn: HTMLCanvasElement[] = [];
    for (let n = 1; n <= file.numPages && !signal.aborted; n += 1) {
      const page = await file.getPage(n);
      const natural = page.getViewport({ scale: 1 });
      const wanted = Math.max(into.clientWidth, 320) * (globalThis.devicePixelRatio || 1);
      const viewport = page.getViewport({
        scale: Math.min(wanted, MOST_PIXELS_WIDE) / natural.width,
      });
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
      drawn.push(canvas);
    }
    if (!signal.aborted) into.replaceChildren(...drawn);
  } finally {
    await task.destroy();
  }
}
