import { FileSpreadsheet, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatDate, formatInstant } from "~/domain/dates";
import { faultOf, faultText } from "~/ipc/errors";
import { usePreferences } from "~/ui/preferences";
import { BarRule, Button, DateField, Segmented, Select, Toolbar, toast } from "~/ui/primitives";
import { useFile } from "./api";
import { isOfDays } from "./routes";
import s from "./TheirReports.module.css";
import type { TheirReports } from "./useTheirReports";

/** Which system, which report, which days, and which of those that were read. */
export function Bar({ work }: { work: TheirReports }) {
  const { t } = useTranslation("theirreports");
  const { connections, connection, systemName, kinds, kind, change } = work;
  return (
    <Toolbar label={t("choose")} end={<Verbs work={work} />}>
      {connections.length > 1 && (
        <Select
          label={t("connection")}
          hideLabel
          value={connection?.id ?? ""}
          options={connections.map(({ id, system, company }) => ({
            id,
            name: `${systemName(system)} · ${company}`,
          }))}
          onChange={(id) => change({ connection: id, kind: undefined, read: undefined })}
        />
      )}
      {kind && (
        <Segmented
          label={t("kind")}
          value={kind}
          options={kinds.map((id) => ({ id, name: t(`kind_${id}`) }))}
          onChange={(id) => change({ kind: id, read: undefined })}
        />
      )}
      <BarRule />
      <DayFields work={work} />
      <Earlier work={work} />
    </Toolbar>
  );
}

function DayFields({ work: { kind, days, setDays, today } }: { work: TheirReports }) {
  const { t } = useTranslation("theirreports");
  const field = (of: "from" | "to", label: string) => (
    <div className={s.day}>
      <DateField
        label={label}
        hideLabel
        value={days[of]}
        today={today}
        onChange={(day) => day && setDays({ ...days, [of]: day })}
      />
    </div>
  );
  return (
    <>
      {isOfDays(kind) && field("from", t("from"))}
      {field("to", isOfDays(kind) ? t("to") : t("as_of_day"))}
    </>
  );
}

/** Those that were read, each with its days and when it was read. */
function Earlier({ work: { read, chosen, change } }: { work: TheirReports }) {
  const { t } = useTranslation("theirreports");
  const { language } = usePreferences();
  if (!chosen) return null;
  const day = (of: string) => formatDate(of, "row", language);
  return (
    <Select
      label={t("read_before")}
      hideLabel
      value={chosen.id}
      options={read.map(({ id, kind, from, to, read_at }) => ({
        id,
        name: isOfDays(kind) ? `${day(from)} – ${day(to)}` : day(to),
        meta: t("read_at", { time: formatInstant(read_at, language) }),
      }))}
      onChange={(id) => change({ read: id })}
    />
  );
}

function Verbs({ work }: { work: TheirReports }) {
  const { t } = useTranslation("theirreports");
  const file = useFile();
  const save = (id: string) =>
    file.mutate(
      { id, wish: { inline: false, folder: null } },
      {
        onSuccess: ({ path }) => toast({ text: t("saved", { path }) }),
        onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
      },
    );
  const { chosen } = work;
  if (!chosen) return null;
  return (
    <>
      <Button icon={FileSpreadsheet} isBusy={file.isPending} onPress={() => save(chosen.id)}>
        {t("save")}
      </Button>
      <Button icon={RefreshCw} isBusy={work.isReading} onPress={work.readNow}>
        {t("read_again")}
      </Button>
    </>
  );
}
