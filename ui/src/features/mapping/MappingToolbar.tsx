import { RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import type { MappingDepartment } from "~/ipc/gen/MappingDepartment";
import { Button, Checkbox, Moment, Segmented, Select, Toolbar, toast } from "~/ui/primitives";
import { useRefresh } from "./api";
import s from "./Mapping.module.css";
import type { MappingSearch } from "./routes";

/** The school's own mapping, among those of its departments. */
const SCHOOL = "school";

export interface MappingToolbarProps {
  connections: readonly ConnectionView[];
  connectionId: string | undefined;
  departments: readonly MappingDepartment[];
  /** When accounts and tax rates were last read. */
  fetchedAt: string | null;
  /** They are being read without being asked for. */
  isReading: boolean;
  search: MappingSearch;
  onChange: (next: Partial<MappingSearch>) => void;
}

export function MappingToolbar(props: MappingToolbarProps) {
  const { connections, connectionId, fetchedAt, isReading, search, onChange } = props;
  const { t } = useTranslation("mapping");
  const refresh = useRefresh();
  return (
    <Toolbar
      label={t("filters")}
      end={
        <>
          <span className="small t3 nowrap">
            {fetchedAt ? (
              <>
                {t("read_at")} <Moment of={fetchedAt} />
              </>
            ) : (
              t("never_read")
            )}
          </span>
          <Button
            size="small"
            variant="quiet"
            icon={RefreshCw}
            isBusy={refresh.isPending || isReading}
            isDisabled={connectionId === undefined}
            onPress={() =>
              refresh.mutate(
                { id: connectionId ?? "" },
                {
                  onSuccess: () => toast({ text: t("refreshed") }),
                  onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
                },
              )
            }
          >
            {t("refresh")}
          </Button>
        </>
      }
    >
      {connections.length > 1 && connectionId !== undefined && (
        <Segmented
          label={t("connection")}
          value={connectionId}
          onChange={(connection) => onChange({ connection, department: undefined })}
          options={connections.map((c) => ({ id: c.id, name: `${c.system_name} · ${c.company}` }))}
        />
      )}
      {props.departments.length > 0 && (
        <span className={s.level}>
          <Select
            hideLabel
            label={t("level")}
            value={search.department ?? SCHOOL}
            onChange={(id) =>
              onChange({
                department: id === SCHOOL ? undefined : id,
                kind: search.kind === "rule" ? "rule" : undefined,
              })
            }
            options={[
              { id: SCHOOL, name: t("level_school") },
              ...props.departments.map((it) => ({
                id: it.id,
                name: it.name,
                meta: it.own > 0 ? t("level_own", { count: it.own }) : undefined,
              })),
            ]}
          />
        </span>
      )}
      {search.kind !== "rule" && (
        <span className={s.filter}>
          <Checkbox
            isSelected={search.missing === true}
            onChange={(isOn) => onChange({ missing: isOn || undefined })}
          >
            {t("only_missing")}
          </Checkbox>
        </span>
      )}
    </Toolbar>
  );
}
