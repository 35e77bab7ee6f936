import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../primitives/Button";
import { Checkbox } from "../primitives/Choice";
import { Icon } from "../primitives/Icon";
import s from "./ColumnsButton.module.css";
import type { GridColumn } from "./columns";
import type { Arranging } from "./useArranging";

interface ColumnsButtonProps<R> {
  all: readonly GridColumn<R>[];
  arranging: Arranging<R>;
}

/** Which columns a list shows and in which order, for keys and for whoever does not drag. */
export function ColumnsButton<R>({ all, arranging }: ColumnsButtonProps<R>) {
  const { t } = useTranslation("grid");
  return (
    <DialogTrigger>
      <AriaButton className={s.button} aria-label={t("columns")}>
        <Icon of={Columns3} size={14} />
      </AriaButton>
      <Popover className={s.popover} placement="bottom end" offset={4}>
        <Dialog aria-label={t("columns")} className={s.dialog}>
          <ul className={s.list}>
            {arranging.choices.map((choice, at) => {
              const column = all.find(({ id }) => id === choice.id);
              return (
                column && (
                  <ColumnRow
                    key={choice.id}
                    column={column}
                    isShown={!choice.is_hidden}
                    before={movable(all, arranging.choices[at - 1]?.id)}
                    after={movable(all, arranging.choices[at + 1]?.id)}
                    arranging={arranging}
                  />
                )
              );
            })}
          </ul>
          <footer className={s.foot}>
            <Button
              size="small"
              disabledReason={arranging.isTouched ? undefined : t("columns_untouched")}
              onPress={arranging.reset}
            >
              {t("columns_reset")}
            </Button>
          </footer>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** A neighbour that can be changed places with. */
function movable<R>(all: readonly GridColumn<R>[], id: string | undefined): string | undefined {
  return all.find((column) => column.id === id)?.isPinned ? undefined : id;
}

interface ColumnRowProps<R> {
  column: GridColumn<R>;
  isShown: boolean;
  before: string | undefined;
  after: string | undefined;
  arranging: Arranging<R>;
}

function ColumnRow<R>({ column, isShown, before, after, arranging }: ColumnRowProps<R>) {
  const { t } = useTranslation("grid");
  const { id, header, isPinned } = column;
  const name = header === "" ? id : header;
  const stays = t("column_stays");
  return (
    <li className={s.row}>
      <Checkbox
        isSelected={isShown}
        isDisabled={isPinned}
        onChange={(next) => arranging.show(id, next)}
      >
        {name}
      </Checkbox>
      <span className={s.end}>
        <IconButton
          size="small"
          icon={ArrowUp}
          label={t("column_earlier", { name })}
          disabledReason={isPinned ? stays : before === undefined ? t("column_first") : undefined}
          onPress={() => before && arranging.move(id, before)}
        />
        <IconButton
          size="small"
          icon={ArrowDown}
          label={t("column_later", { name })}
          disabledReason={isPinned ? stays : after === undefined ? t("column_last") : undefined}
          onPress={() => after && arranging.move(id, after)}
        />
      </span>
    </li>
  );
}
