/** The backend reads no larger file. */
export const MAX_BYTES = 50 * 1024 * 1024;

export type FileTrouble = "empty" | "too_large" | "spreadsheet" | "unreadable";

export type ReadFile =
  | { ok: true; name: string; content: string }
  | { ok: false; name: string; trouble: FileTrouble };

/** Spreadsheets begin with these: a zip archive (xlsx, ods) or an OLE file (xls). */
const SPREADSHEETS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

export function isSpreadsheet(start: Uint8Array): boolean {
  return SPREADSHEETS.some((sign) => sign.every((byte, at) => start[at] === byte));
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}

/** Reads a chosen file, or tells why it is not worth sending. */
export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file;
  if (file.size === 0) return { ok: false, name, trouble: "empty" };
  if (file.size > MAX_BYTES) return { ok: false, name, trouble: "too_large" };
  try {
    const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    if (isSpreadsheet(start)) return { ok: false, name, trouble: "spreadsheet" };
    return { ok: true, name, content: await base64Of(file) };
  } catch {
    // Taken away, locked by another program, or a folder: all the same to the person.
    return { ok: false, name, trouble: "unreadable" };
  }
}
