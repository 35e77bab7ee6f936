import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { MailSettings } from "~/ipc/gen/MailSettings";
import { Button, Note, NumberField, Select, TextField, toast } from "~/ui/primitives";
import { useCheckMail, useSaveMailSettings } from "./api";
import s from "./Settings.module.css";

const SECURITIES = ["starttls", "tls", "none"] as const;
const FIELDS = ["host", "port", "security", "username", "from_name", "from_address"] as const;

/** The account e-mails leave through. The password is written, never read. */
function useMailForm(mail: MailSettings) {
  const { t } = useTranslation("settings");
  const { has_password: _, ...kept } = mail;
  const [account, setAccount] = useState(kept);
  const [password, setPassword] = useState("");
  const save = useSaveMailSettings();
  const check = useCheckMail();
  const submit = () => {
    check.reset();
    save.mutate(
      { ...account, password: password === "" ? null : password },
      {
        onSuccess: () => {
          setPassword("");
          toast({ text: t("saved_mail") });
        },
      },
    );
  };
  const tryIt = () => check.mutate({}, { onSuccess: () => toast({ text: t("mail_works") }) });
  const text = (name: "host" | "username" | "from_name" | "from_address") => ({
    label: t(`mail_${name}`),
    name,
    value: account[name],
    onChange: (value: string) => setAccount({ ...account, [name]: value }),
    error: fieldFaults(save.error, FIELDS).at[name],
  });
  return { account, setAccount, password, setPassword, save, check, submit, tryIt, text };
}

export function MailForm({ mail }: { mail: MailSettings }) {
  const { t } = useTranslation("settings");
  const form = useMailForm(mail);
  const { account, setAccount, save, check } = form;
  const faults = fieldFaults(save.error ?? check.error, FIELDS);
  return (
    <div className={s.form}>
      {faults.elsewhere && <Note tone="danger" title={faults.elsewhere} />}
      <div className={s.pair}>
        <TextField {...form.text("from_name")} />
        <TextField {...form.text("from_address")} />
        <TextField {...form.text("host")} />
        <NumberField
          label={t("mail_port")}
          name="port"
          value={String(account.port)}
          onChange={(port) => setAccount({ ...account, port: Number.parseInt(port ?? "0", 10) })}
          error={faults.at.port}
        />
        <Select
          label={t("mail_security")}
          name="security"
          value={account.security}
          onChange={(security) => setAccount({ ...account, security })}
          options={SECURITIES.map((id) => ({ id, name: t(`security_${id}`) }))}
          error={faults.at.security}
        />
        <TextField {...form.text("username")} />
        <TextField
          label={t("mail_password")}
          name="password"
          type="password"
          value={form.password}
          onChange={form.setPassword}
          hint={mail.has_password ? t("password_kept") : undefined}
        />
      </div>
      <div className="row">
        <Button variant="primary" isBusy={save.isPending} onPress={form.submit}>
          {t("save")}
        </Button>
        <Button
          isBusy={check.isPending}
          disabledReason={mail.host === "" ? t("mail_need_host") : undefined}
          onPress={form.tryIt}
        >
          {t("check_mail")}
        </Button>
      </div>
    </div>
  );
}
