import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "~/ipc/errors";
import type { FileLook } from "~/ipc/gen/FileLook";
import type { FileReading } from "~/ipc/gen/FileReading";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import { toast } from "~/ui/primitives";
import { saveRefused, useImport, useLook } from "./api";
import { isReady } from "./ColumnsStep";
import { mappingOf } from "./columns";
import { type FileTrouble, readFile } from "./file";
import { type ImportKind, importRoute, isImportKind } from "./routes";
import type { Step } from "./Steps";
import { type FileBytes, importRequest, lookRequest, type Said, saidOf } from "./said";
import { reasonsOf, refusedFile } from "./why";

/** A file on its way: as chosen, as looked at, and what would become of its rows. */
interface Work {
  name: string;
  trouble?: FileTrouble;
  file?: FileBytes;
  kind: ImportKind | null;
  look?: FileLook;
  said?: Said;
  report?: ImportReport;
  /** Nothing was left to ask: the dry run follows by itself. */
  goesOn?: boolean;
}

/** The file at hand, and the three questions that are asked about it. */
function useWork(wanted: ImportKind | undefined) {
  const { t } = useTranslation("import");
  const [work, setWork] = useState<Work | null>(null);
  const [asked, setAsked] = useState(wanted);
  // Another address asks for another kind of file: the one at hand is let go.
  if (asked !== wanted) {
    setAsked(wanted);
    setWork(null);
  }
  const kind = work?.kind ?? wanted ?? null;
  const look = useLook();
  const dry = useImport();
  const record = useImport();

  function forgetFaults() {
    for (const question of [look, dry, record]) question.reset();
  }
  /** Looks at the file; what leaves no question goes on to the dry run where that is wished. */
  function lookAt(file: FileBytes, asked: ImportKind | null, more: Looking) {
    forgetFaults();
    look.mutate(lookRequest(file, asked, more.reading), {
      onSuccess: (found) => {
        const known = isImportKind(found.kind) ? found.kind : null;
        const said = saidOf(found, more.before);
        const goesOn = more.goesOn && isReady(found, known, mappingOf(found));
        setWork({ name: file.name, file, kind: known, look: found, said, goesOn });
        if (known && goesOn) tryOut(file, known, said);
      },
    });
  }
  function tryOut(file: FileBytes, as: ImportKind, said: Said) {
    dry.mutate(importRequest(file, as, said, { dry_run: true, skip_refused: false }), {
      onSuccess: (report) => setWork((before) => before && { ...before, report, goesOn: false }),
      onError: () => setWork((before) => before && { ...before, goesOn: false }),
    });
  }
  function bring() {
    if (!work?.file || !work.kind || !work.said || !work.report) return;
    const as = work.kind;
    const wish = { dry_run: false, skip_refused: work.report.refused > 0 };
    record.mutate(importRequest(work.file, as, work.said, wish), {
      onSuccess: (done) => {
        setWork({ ...work, report: done });
        if (done.recorded) toast({ text: t(`brought_${as}`, { count: done.accepted }) });
      },
    });
  }
  return {
    work,
    setWork,
    kind,
    lookAt,
    tryOut,
    bring,
    forgetFaults,
    fault: work && (record.error ?? dry.error ?? look.error),
    isLooking: look.isPending || dry.isPending,
    isBringing: record.isPending,
  };
}

/** A file from being chosen, over its columns and a dry run, to being in the book. */
export function useFileImport() {
  const { t } = useTranslation("import");
  const navigate = useNavigate();
  const wanted: ImportKind | undefined = importRoute.useSearch().kind;
  const { work, setWork, kind, fault, ...asked } = useWork(wanted);

  async function choose(chosen: File) {
    asked.forgetFaults();
    const read = await readFile(chosen);
    const as = wanted ?? null;
    if (!read.ok) return setWork({ name: read.name, trouble: read.trouble, kind: as });
    const file = { name: read.name, content: read.content };
    setWork({ name: file.name, file, kind: as });
    asked.lookAt(file, as, { reading: null, goesOn: true });
  }
  function say(next: Partial<Said>) {
    if (!work?.said || !work.file) return;
    const said = { ...work.said, ...next };
    // Another cut of the file has other columns: it is looked at anew.
    if (next.reading && recuts(work.said.reading, next.reading)) {
      const more = { reading: next.reading, before: said, goesOn: false };
      asked.lookAt(work.file, work.kind, more);
    } else setWork({ ...work, said });
  }
  function changeKind(next: ImportKind) {
    if (work?.file) {
      asked.lookAt(work.file, next, { reading: null, before: work.said, goesOn: false });
      return;
    }
    setWork(null);
    asked.forgetFaults();
    void navigate({ to: "/import", search: { kind: next }, replace: true });
  }
  const rows = work?.file && work.kind && work.said && work.report?.rows;
  return {
    work,
    kind,
    step: stepOf(work),
    name: work?.name,
    /** Why the whole file was refused, in words. */
    refusal: work?.trouble
      ? t(`trouble_${work.trouble}`)
      : fault
        ? refusedFile(faultOf(fault))
        : undefined,
    isLooking: asked.isLooking,
    isBringing: asked.isBringing,
    choose,
    say,
    bring: asked.bring,
    changeKind,
    tryOut: () => {
      asked.forgetFaults();
      if (work?.file && work.kind && work.said) asked.tryOut(work.file, work.kind, work.said);
    },
    backToColumns: () => setWork((before) => before && { ...before, report: undefined }),
    forget: () => {
      asked.forgetFaults();
      setWork(null);
    },
    saveRefused: () => {
      if (!rows || !work.file || !work.kind || !work.said) return;
      const wish = { dry_run: true, skip_refused: false };
      void saveRefused(importRequest(work.file, work.kind, work.said, wish), reasonsOf(rows));
    },
  };
}

interface Looking {
  reading: FileReading | null;
  before?: Said;
  goesOn: boolean;
}

function stepOf(work: Work | null): Step {
  if (!work?.look || work.goesOn) return "file";
  if (!work.report) return "columns";
  return work.report.recorded ? "done" : "dry_run";
}

const recuts = (before: FileReading, next: FileReading) =>
  before.encoding !== next.encoding || before.delimiter !== next.delimiter;
