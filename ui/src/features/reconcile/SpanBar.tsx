import { ChevronLeft, ChevronRight, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import {
  BarRule,
  Button,
  cx,
  DateField,
  Day,
  IconButton,
  Moment,
  Segmented,
  Select,
  Toolbar,
} from "~/ui/primitives";
import s from "./Reconcile.module.css";
import { SPANS } from "./span";
import type { ReconcileWork } from "./useReconcileWork";

/** Which connection and which days, and when the other side was read. */
export function SpanBar({ work }: { work: ReconcileWork }) {
  const { t } = useTranslation("reconcile");
  const { today } = useDesk();
  const { connections, connection, span, view, change, step, systemName } = work;
  const end = view?.read_at && (
    <>
      <span className={cx("t2 nowrap", s.readAt)}>
        {t("read_at", { system: work.system })} <Moment of={view.read_at} />
      </span>
      <Button icon={RefreshCw} isBusy={work.isReading} onPress={work.read}>
        {t("read_again")}
      </Button>
    </>
  );
  return (
    <Toolbar label={t("choose")} end={end}>
      {connections.length > 1 && (
        <Select
          label={t("connection")}
          hideLabel
          value={connection?.id ?? ""}
          options={connections.map(({ id, system, company }) => ({
            id,
            name: `${systemName(system)} · ${company}`,
          }))}
          onChange={(id) => change({ connection: id, open: undefined })}
        />
      )}
      <Segmented
        label={t("span")}
        value={span.name}
        options={SPANS.map((id) => ({ id, name: t(`span_${id}`) }))}
        onChange={(id) => change({ span: id, open: undefined })}
      />
      <BarRule />
      <IconButton icon={ChevronLeft} label={t("before")} onPress={() => step(-1)} />
      <div className={s.day}>
        <DateField
          label={t("day")}
          hideLabel
          value={span.day}
          today={today}
          onChange={(day) => day && change({ day, open: undefined })}
        />
      </div>
      <IconButton icon={ChevronRight} label={t("after")} onPress={() => step(1)} />
      <span className="num t2 nowrap">
        <Day of={span.from} />
        {span.from !== span.to && (
          <>
            {" – "}
            <Day of={span.to} />
          </>
        )}
      </span>
    </Toolbar>
  );
}
