import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { SmsSettings } from "~/ipc/gen/SmsSettings";
import { Button, Note, Select, Switch, TextArea, TextField, toast } from "~/ui/primitives";
import { useSaveSmsSettings, useTrySms } from "./api";
import s from "./Settings.module.css";

const VERBS = ["post", "put", "get"] as const;
const FORMATS = ["json", "form"] as const;
const FIELDS = [
  "url",
  "verb",
  "format",
  "template",
  "secret_header",
  "key_header",
  "sender",
  "secret",
] as const;

/** The gateway text messages leave through. The secret is written, never read. */
function useSmsForm(sms: SmsSettings) {
  const { t } = useTranslation("settings");
  const { has_secret: _, ...kept } = sms;
  const [gateway, setGateway] = useState(kept);
  const [secret, setSecret] = useState("");
  const save = useSaveSmsSettings();
  const faults = fieldFaults(save.error, FIELDS);
  const submit = () =>
    save.mutate(
      { ...gateway, secret: secret === "" ? null : secret },
      {
        onSuccess: () => {
          setSecret("");
          toast({ text: t("saved_sms") });
        },
      },
    );
  const text = (name: "url" | "sender" | "secret_header" | "key_header") => ({
    label: t(`sms_${name}`),
    name,
    value: gateway[name],
    onChange: (value: string) => setGateway({ ...gateway, [name]: value }),
    error: faults.at[name],
  });
  return { gateway, setGateway, secret, setSecret, save, faults, submit, text };
}

type Form = ReturnType<typeof useSmsForm>;

export function SmsForm({ sms }: { sms: SmsSettings }) {
  const { t } = useTranslation("settings");
  const form = useSmsForm(sms);
  const { gateway, setGateway, faults } = form;
  return (
    <div className={s.form}>
      {faults.elsewhere && <Note tone="danger" title={faults.elsewhere} />}
      <TextField {...form.text("url")} type="url" hint={t("sms_url_hint")} />
      <Request form={form} />
      <div className={s.pair}>
        <TextField {...form.text("sender")} hint={t("sms_sender_hint")} />
        <TextField {...form.text("key_header")} hint={t("sms_key_hint")} />
        <TextField {...form.text("secret_header")} />
        <TextField
          label={t("sms_secret")}
          name="secret"
          type="password"
          value={form.secret}
          onChange={form.setSecret}
          hint={sms.has_secret ? t("secret_kept") : t("sms_secret_hint")}
          error={faults.at.secret}
        />
      </div>
      <Switch
        isSelected={gateway.knows_keys}
        onChange={(knows_keys) => setGateway({ ...gateway, knows_keys })}
      >
        {t("sms_knows_keys")}
      </Switch>
      <p className="t2">{t("sms_knows_keys_about")}</p>
      <div className="row">
        <Button variant="primary" isBusy={form.save.isPending} onPress={form.submit}>
          {t("sms_save")}
        </Button>
      </div>
      <TrySms isReady={sms.url !== ""} />
    </div>
  );
}

/** What is sent, and how. */
function Request({ form }: { form: Form }) {
  const { t } = useTranslation("settings");
  const { gateway, setGateway, faults } = form;
  return (
    <>
      <div className={s.pair}>
        <Select
          label={t("sms_verb")}
          name="verb"
          value={gateway.verb}
          onChange={(verb) => setGateway({ ...gateway, verb })}
          options={VERBS.map((id) => ({ id, name: id.toUpperCase() }))}
          error={faults.at.verb}
        />
        <Select
          label={t("sms_format")}
          name="format"
          value={gateway.format}
          onChange={(format) => setGateway({ ...gateway, format })}
          options={FORMATS.map((id) => ({ id, name: t(`sms_format_${id}`) }))}
          error={faults.at.format}
        />
      </div>
      <TextArea
        label={t("sms_template")}
        name="template"
        rows={6}
        value={gateway.template}
        onChange={(template) => setGateway({ ...gateway, template })}
        hint={t("sms_template_hint")}
        error={faults.at.template}
      />
    </>
  );
}

/** One short message to a number of one's own. */
function TrySms({ isReady }: { isReady: boolean }) {
  const { t } = useTranslation("settings");
  const [id, setId] = useState(() => crypto.randomUUID());
  const [to, setTo] = useState("");
  const sending = useTrySms();
  const faults = fieldFaults(sending.error, ["to"]);
  const submit = () =>
    sending.mutate(
      { id, to },
      {
        onSuccess: (tried) => {
          setId(crypto.randomUUID());
          toast({ text: t("sms_tried", { to: tried.to }) });
        },
      },
    );
  return (
    <>
      {faults.elsewhere && <Note tone="danger" title={faults.elsewhere} />}
      <div className={s.tryIt}>
        <TextField
          label={t("sms_try_to")}
          name="to"
          type="tel"
          value={to}
          onChange={setTo}
          error={faults.at.to}
        />
        <Button
          isBusy={sending.isPending}
          disabledReason={isReady ? undefined : t("sms_need_url")}
          onPress={submit}
        >
          {t("sms_try")}
        </Button>
      </div>
    </>
  );
}

/** What is asked of a gateway, for whoever sets it up. */
export function SmsContract() {
  const { t } = useTranslation("settings");
  return (
    <details className={s.earlier}>
      <summary>{t("sms_contract")}</summary>
      <ul>
        <li>{t("sms_contract_each")}</li>
        <li>{t("sms_contract_taken")}</li>
        <li>{t("sms_contract_later")}</li>
        <li>{t("sms_contract_account")}</li>
        <li>{t("sms_contract_refused")}</li>
        <li>{t("sms_contract_lost")}</li>
      </ul>
    </details>
  );
}
