import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { MailSettings } from "~/ipc/gen/MailSettings";
import { Button, Note, NumberField, Select, TextArea, TextField, toast } from "~/ui/primitives";
import { useCheckMail, useSaveMailSettings } from "./api";
import s from "./Settings.module.css";

const SECURITIES = ["starttls", "tls", "none"] as const;
const FIELDS = [
  "host",
  "port",
  "security",
  "username",
  "from_name",
  "from_address",
  "authority",
] as const;

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
      <Authority form={form} error={faults.at.authority} />
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

interface AuthorityProps {
  form: ReturnType<typeof useMailForm>;
  error?: string;
}

/** Who vouches for a server of the school's own. */
function Authority({ form, error }: AuthorityProps) {
  const { t } = useTranslation("settings");
  const { account, setAccount } = form;
  const [isOpen, setOpen] = useState(account.authority !== "");
  return (
    <details
      className={s.earlier}
      open={isOpen || error !== undefined}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t("mail_own_server")}</summary>
      <TextArea
        label={t("mail_authority")}
        name="authority"
        value={account.authority}
        onChange={(authority) => setAccount({ ...account, authority })}
        hint={t("mail_authority_hint")}
        error={error}
      />
    </details>
  );
}
