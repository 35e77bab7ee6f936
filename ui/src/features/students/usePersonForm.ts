import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { Person } from "~/ipc/gen/Person";
import { PERSON_FIELDS, problemsOf } from "./form";

/** A person being written, with what is wrong at which field once it was tried. */
export function usePersonForm(start: Person, refusal: unknown) {
  const { t } = useTranslation("students");
  const [person, setPerson] = useState(start);
  const [number, setNumber] = useState("");
  const [wasTried, setTried] = useState(false);
  const problems = problemsOf(person, number);
  const refused = fieldFaults(refusal, PERSON_FIELDS);
  const errorAt = (field: string) => {
    const problem = wasTried ? problems[field] : undefined;
    return problem ? t(problem) : refused.at[field];
  };
  return {
    person,
    setPerson,
    number,
    setNumber,
    errorAt,
    elsewhere: refused.elsewhere,
    /** True when it may be sent; from then on what is wrong is shown. */
    attempt() {
      setTried(true);
      return Object.keys(problems).length === 0;
    },
  };
}
