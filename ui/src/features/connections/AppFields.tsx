import { useTranslation } from "react-i18next";
import type { Fault } from "~/ipc/errors";
import { faultText } from "~/ipc/errors";
import type { SystemView } from "~/ipc/gen/SystemView";
import { TextField } from "~/ui/primitives";
import s from "./Connections.module.css";

/** The school's own app at a system, as it is typed. */
export interface App {
  client_id: string;
  secret: string;
  redirect: string;
}

export const appFields = ["client_id", "secret", "redirect"] as const;
export type AppField = (typeof appFields)[number];

/** What of the app must be given. */
export const appFieldsOf = ({ needs_secret }: SystemView): readonly AppField[] =>
  needs_secret ? appFields : ["client_id"];

export interface AppFieldsProps {
  system: SystemView;
  app: App;
  onChange: (app: App) => void;
  /** Fields left empty are told so. */
  wasTried: boolean;
  fault: Fault | undefined;
}

/** Asks for the app that the school registered with the maker of a system. */
export function AppFields({ system, app, onChange, wasTried, fault }: AppFieldsProps) {
  const { t } = useTranslation("connections");
  const { key } = system;
  const props = (field: AppField) => ({
    name: field,
    value: app[field],
    onChange: (value: string) => onChange({ ...app, [field]: value }),
    error:
      wasTried && app[field].trim() === ""
        ? t(`${field}_missing`)
        : fault?.field === field
          ? faultText(fault)
          : undefined,
  });
  const hintOf = (field: AppField) =>
    t(`${field}_hint_${key}` as "client_id_hint", { defaultValue: t(`${field}_hint`) });
  return (
    <>
      {system.needs_secret && <How system={system} />}
      <TextField
        label={t("client_id")}
        isNumeric
        hint={hintOf("client_id")}
        {...props("client_id")}
      />
      {system.needs_secret && (
        <>
          <TextField
            label={t("secret")}
            type="password"
            hint={t("secret_hint")}
            {...props("secret")}
          />
          <TextField
            label={t("redirect")}
            type="url"
            hint={hintOf("redirect")}
            {...props("redirect")}
          />
        </>
      )}
    </>
  );
}

/** Where the school gets its app, in three steps. */
function How({ system }: { system: SystemView }) {
  const { t } = useTranslation("connections");
  const steps = ["app_register", "app_redirect", "app_copy"] as const;
  const word = (step: (typeof steps)[number]) =>
    t(`${step}_${system.key}` as "app_register", { defaultValue: t(step) });
  return (
    <div className={s.how}>
      <p>{t("app_why", { system: system.name })}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{word(step)}</li>
        ))}
      </ol>
    </div>
  );
}
