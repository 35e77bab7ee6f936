import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CloseAction, Dialog, Kbd } from "~/ui/primitives";
import { openLayer, useLayer } from "./layers";
import { availableCommands, type CommandGroup, useRegistry } from "./registry";
import s from "./ShortcutSheet.module.css";

const GROUPS: readonly CommandGroup[] = ["screen", "list", "do", "go", "window"];

/** Every key that works on this screen, read from the one registry. */
export function ShortcutSheet() {
  const { t } = useTranslation("commands");
  const isOpen = useLayer((l) => l.open === "shortcuts");
  const close = () => openLayer(null);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t("shortcuts_title")}
      width="wide"
      actions={<CloseAction onPress={close} />}
    >
      <Keys />
      <p className="small t3">{t("shortcuts_note")}</p>
    </Dialog>
  );
}

/** Drawn only while the sheet is open: commands change with every screen. */
function Keys() {
  const { t } = useTranslation("commands");
  const layers = useRegistry((r) => r.layers);
  const commands = useMemo(() => availableCommands(layers).filter((c) => c.keys), [layers]);
  return (
    <div className={s.columns}>
      {GROUPS.filter((g) => commands.some((c) => c.group === g)).map((group) => (
        <section key={group} className={s.group}>
          <h3 className={s.head}>{t(group)}</h3>
          <dl className={s.list}>
            {commands
              .filter((c) => c.group === group)
              .map((c) => (
                <Fragment key={c.id}>
                  <dt>{c.title()}</dt>
                  <dd>
                    <Kbd keys={c.keys ?? ""} />
                    <span className="sr">{c.keys}</span>
                  </dd>
                </Fragment>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
