import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "~/ipc/errors";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import { toast } from "~/ui/primitives";
import { useImport } from "./api";
import { type ReadFile, readFile } from "./file";
import { type ImportKind, importRoute } from "./routes";
import { refusedFile } from "./why";

interface Chosen {
  file: ReadFile;
  report: ImportReport | null;
}

/** A file from being chosen, over being looked at, to being in the book. */
export function useFileImport() {
  const { t } = useTranslation("import");
  const navigate = useNavigate();
  const kind: ImportKind = importRoute.useSearch().kind ?? "students";
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const look = useImport(kind);
  const record = useImport(kind);

  async function choose(file: File) {
    look.reset();
    record.reset();
    const read = await readFile(file);
    setChosen({ file: read, report: null });
    if (!read.ok) return;
    look.mutate(
      { kind, content: read.content, file_name: read.name, dry_run: true, skip_refused: false },
      { onSuccess: (report) => setChosen({ file: read, report }) },
    );
  }
  function changeKind(next: ImportKind) {
    setChosen(null);
    look.reset();
    record.reset();
    void navigate({ to: "/import", search: { kind: next }, replace: true });
  }
  function bring(report: ImportReport) {
    if (!chosen?.file.ok) return;
    const { name, content } = chosen.file;
    record.mutate(
      { kind, content, file_name: name, dry_run: false, skip_refused: report.refused > 0 },
      {
        onSuccess: (done) => {
          setChosen({ file: chosen.file, report: done });
          if (done.recorded) toast({ text: t(`brought_${kind}`, { count: done.accepted }) });
        },
      },
    );
  }
  const fault = record.error ?? look.error;
  const trouble = chosen && !chosen.file.ok ? chosen.file.trouble : undefined;
  return {
    kind,
    changeKind,
    name: chosen?.file.name,
    report: chosen?.report ?? null,
    /** Why the whole file was refused, in words. */
    refusal: trouble ? t(`trouble_${trouble}`) : fault ? refusedFile(faultOf(fault)) : undefined,
    choose,
    forget: () => setChosen(null),
    isLooking: look.isPending,
    bring,
    isBringing: record.isPending,
  };
}
