import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { usePreferences } from "~/ui/preferences";
import { Button, Dialog, Icon, Note, TextField } from "~/ui/primitives";
import { useOpenSample } from "./api";
import s from "./Start.module.css";

const PASSPHRASE_MIN = 10;

/** The invented school. Where there is no keychain it needs a passphrase too. */
export function JustLooking({ status }: { status: DeskStatus }) {
  const { t } = useTranslation("start");
  const language = usePreferences((p) => p.language);
  const open = useOpenSample();
  const [asking, setAsking] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const byKeychain = status.keychain_available;
  const start = () =>
    open.run({
      protection: byKeychain ? "keychain" : "passphrase",
      passphrase: byKeychain ? null : passphrase,
      language,
    });
  const trouble = open.error && <Note tone="danger">{faultText(faultOf(open.error))}</Note>;
  return (
    <div className={s.looking}>
      <Icon of={GraduationCap} size={20} />
      <div className={s.lookingWords}>
        <b>{t("just_looking")}</b>
        <p className="t2">{t("just_looking_what")}</p>
        {!asking && trouble}
      </div>
      <Button
        size="form"
        isBusy={open.isPending}
        onPress={() => (byKeychain ? start() : setAsking(true))}
      >
        {t("explore")}
      </Button>
      <Dialog
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t("explore")}
        isBusy={open.isPending}
        actions={
          <Button
            variant="primary"
            size="form"
            isBusy={open.isPending}
            isDisabled={passphrase.length < PASSPHRASE_MIN}
            onPress={start}
          >
            {t("explore")}
          </Button>
        }
      >
        <p>{t("sample_passphrase")}</p>
        <TextField
          label={t("passphrase")}
          type="password"
          hint={t("passphrase_hint")}
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
        />
        {trouble}
      </Dialog>
    </div>
  );
}
