import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formName, rowLabel } from "~/i18n/mappingWords";
import { faultOf, faultText } from "~/ipc/errors";
import type { MappingVersion } from "~/ipc/gen/MappingVersion";
import type { MappingVersionChange } from "~/ipc/gen/MappingVersionChange";
import {
  Button,
  Dialog,
  EmptyState,
  Moment,
  Pill,
  Skeleton,
  toast,
  UnreadBanner,
} from "~/ui/primitives";
import { useRollBack, useVersions } from "./api";
import s from "./Versions.module.css";

export interface VersionsDialogProps {
  connectionId: string;
  /** Changes of the page that are not saved: they would be lost on the way back. */
  unsaved: number;
  onClose: () => void;
}

/** What each save changed, and the way back to one of them. */
export function VersionsDialog({ connectionId, unsaved, onClose }: VersionsDialogProps) {
  const { t } = useTranslation("mapping");
  const { data, error, refetch } = useVersions(connectionId);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title={t("versions_title")}
      actions={
        <Button size="form" onPress={onClose} autoFocus>
          {t("close")}
        </Button>
      }
    >
      <p className={s.lead}>{t(unsaved > 0 ? "versions_unsaved" : "versions_body")}</p>
      {error && (
        <UnreadBanner
          title={t("versions_failed")}
          fault={faultText(error.fault)}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && !error && <Skeleton width={320} />}
      {data?.versions.length === 0 && (
        <EmptyState kind="first_use" icon={History} title={t("versions_none")} />
      )}
      {data && data.versions.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
        <section className={s.list} tabIndex={0} aria-label={t("versions_title")}>
          <ol className={s.versions}>
            {data.versions.map((version) => (
              <Version
                key={version.id}
                version={version}
                connectionId={connectionId}
                isBlocked={unsaved > 0}
                onDone={onClose}
              />
            ))}
          </ol>
        </section>
      )}
    </Dialog>
  );
}

interface VersionProps {
  version: MappingVersion;
  connectionId: string;
  isBlocked: boolean;
  onDone: () => void;
}

function Version({ version, connectionId, isBlocked, onDone }: VersionProps) {
  const { t } = useTranslation("mapping");
  const rollBack = useRollBack();
  const { number } = version;
  async function goBack() {
    if (rollBack.isPending) return;
    try {
      const back = await rollBack.mutateAsync({
        connection_id: connectionId,
        version_id: version.id,
      });
      const left = back.left.map((one) => one.label).join(", ");
      toast({
        text: left === "" ? t("rolled_back", { number }) : t("rolled_back_but", { number, left }),
        tone: left === "" ? undefined : "warning",
      });
      onDone();
    } catch (thrown) {
      toast({ text: faultText(faultOf(thrown)), tone: "danger" });
    }
  }
  return (
    <li className={s.version}>
      <div className={s.head}>
        <h3 className={s.name}>{t("version", { number })}</h3>
        <span className="small t3">
          <Moment of={version.at} /> · {version.by}
        </span>
        <span className={s.verb}>
          {version.is_current ? (
            <Pill tone="success" shape="check">
              {t("version_current")}
            </Pill>
          ) : (
            <Button
              size="small"
              isBusy={rollBack.isPending}
              isDisabled={isBlocked}
              onPress={() => void goBack()}
            >
              {t("roll_back", { number })}
            </Button>
          )}
        </span>
      </div>
      <ul className={s.changes}>
        {version.changes.map((change) => (
          <Change
            key={`${change.kind} ${change.department} ${change.label} ${change.before}`}
            change={change}
          />
        ))}
      </ul>
    </li>
  );
}

/** What was changed, by its name. */
const whatOf = ({ kind, label }: MappingVersionChange): string =>
  kind === "customer" || kind === "custom_field"
    ? rowLabel({ local_key: label, label, code: "" })
    : label;

function Change({ change }: { change: MappingVersionChange }) {
  const { t } = useTranslation("mapping");
  const none = t(change.kind === "customer" ? "customer_each" : "not_mapped");
  const shown = (of: string | null) =>
    of === null ? none : change.kind === "customer" ? formName(of) : of;
  return (
    <li className={s.change}>
      <span className={s.what}>
        {whatOf(change)}
        {change.department && <span className="t3"> · {change.department}</span>}
      </span>
      <span className="num">
        <span className="t3">{shown(change.before)}</span>
        <span aria-hidden="true"> → </span>
        <span className="sr">{t("becomes")}</span>
        {shown(change.after)}
        {change.before === change.after && ` · ${t("version_reworked")}`}
      </span>
    </li>
  );
}
