import type { FileLook } from "~/ipc/gen/FileLook";
import type { FileReading } from "~/ipc/gen/FileReading";
import type { ImportCsv } from "~/ipc/gen/ImportCsv";
import type { LookAtFile } from "~/ipc/gen/LookAtFile";
import { type Mapping, mappingOf } from "./columns";
import type { ImportKind } from "./routes";

/** What a person says about a file, beginning with what was found out. */
export interface Said {
  reading: FileReading;
  mapping: Mapping;
  keepAs: string;
  method: string;
  vat: string;
}

export const saidOf = (look: FileLook, before?: Said): Said => ({
  reading: look.reading,
  mapping: mappingOf(look),
  keepAs: before?.keepAs ?? look.recalled,
  method: before?.method ?? "",
  vat: before?.vat ?? "",
});

export interface FileBytes {
  name: string;
  content: string;
}

export const lookRequest = (
  file: FileBytes,
  kind: ImportKind | null,
  reading: FileReading | null,
): LookAtFile => ({ content: file.content, file_name: file.name, kind, reading, mapping: null });

export const importRequest = (
  file: FileBytes,
  kind: ImportKind,
  said: Said,
  wish: { dry_run: boolean; skip_refused: boolean },
): ImportCsv & { kind: ImportKind } => ({
  kind,
  content: file.content,
  file_name: file.name,
  ...wish,
  reading: said.reading,
  mapping: said.mapping,
  keep_as: said.keepAs || null,
  method: kind === "payments" && said.method ? said.method : null,
  vat: kind === "services" && said.vat ? said.vat : null,
});
