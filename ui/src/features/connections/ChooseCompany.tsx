import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { CompanyView } from "~/ipc/gen/CompanyView";
import { Button, DateField, Note, RadioGroup } from "~/ui/primitives";
import { useCancelSignIn, useChooseCompany } from "./api";
import s from "./Connections.module.css";
import { type RunningSignIn, setSignIn } from "./signIn";

interface ChooseCompanyProps {
  running: RunningSignIn;
  companies: readonly CompanyView[];
}

/** Every document, or those from a day on; null while the day is not given. */
type From = "all" | string | null;

/** Which company the documents go to, and from which day on. */
export function ChooseCompany({ running, companies }: ChooseCompanyProps) {
  const { t } = useTranslation("connections");
  const client = useQueryClient();
  const choose = useChooseCompany();
  const cancel = useCancelSignIn();
  const { sign_in_id } = running.started;
  const [companyId, setCompanyId] = useState<string | null>(companies[0]?.id ?? null);
  const [from, setFrom] = useState<From>("all");
  const company = companies.find((c) => c.id === companyId);
  const isNew = running.connectionId === null;
  const fault = choose.error?.fault;
  const isIncomplete = !company || from === null;

  function connect() {
    if (!company || isIncomplete || choose.isPending) return;
    choose.mutate(
      { sign_in_id, company_id: company.id, export_from: from === "all" ? null : from },
      {
        onSuccess: (view) => client.setQueryData(["sign_in_status", sign_in_id], view),
      },
    );
  }
  return (
    <div className={s.form}>
      <h2>{t("choose_title")}</h2>
      {companies.length === 0 ? (
        <Note tone="warning">{t("no_company", { system: running.systemName })}</Note>
      ) : (
        <RadioGroup
          label={t("choose_company", { system: running.systemName })}
          value={companyId}
          onChange={setCompanyId}
          options={companies.map(({ id, name }) => ({ id, name }))}
        />
      )}
      {isNew && (
        <FromWhen
          value={from}
          onChange={setFrom}
          error={fault?.field === "export_from" ? faultText(fault) : undefined}
        />
      )}
      {fault && fault.field !== "export_from" && <Note tone="danger">{faultText(fault)}</Note>}
      <div className={s.sheetFoot}>
        <Button
          variant="primary"
          isBusy={choose.isPending}
          isDisabled={isIncomplete}
          onPress={connect}
        >
          {company ? t("connect_company", { company: company.name }) : t("connect_verb")}
        </Button>
        <Button
          variant="quiet"
          onPress={() => cancel.mutate({ sign_in_id }, { onSettled: () => setSignIn(null) })}
        >
          {t("cancel_sign_in")}
        </Button>
      </div>
    </div>
  );
}

interface FromWhenProps {
  value: From;
  onChange: (from: From) => void;
  error: string | undefined;
}

/** All documents, or those from a day on. */
function FromWhen({ value, onChange, error }: FromWhenProps) {
  const { t } = useTranslation("connections");
  return (
    <>
      <RadioGroup
        label={t("from")}
        look="row"
        value={value === "all" ? "all" : "from"}
        onChange={(id) => onChange(id === "all" ? id : null)}
        options={[
          { id: "all", name: t("from_all") },
          { id: "from", name: t("from_date") },
        ]}
      />
      {value !== "all" && (
        <div className={s.day}>
          <DateField
            label={t("from_day")}
            name="export_from"
            value={value}
            onChange={onChange}
            hint={t("from_hint")}
            error={error}
          />
        </div>
      )}
    </>
  );
}
