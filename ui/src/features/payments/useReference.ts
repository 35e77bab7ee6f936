import { useEffect, useState } from "react";
import { isZero } from "~/domain/money";
import type { ReferenceHit } from "~/ipc/gen/ReferenceHit";
import type { ComboOption } from "~/ui/primitives";
import { useReferenceHits } from "./api";

/** Nobody types so much at once: it was pasted. */
const PASTED = 4;

interface Wanted {
  reference: string;
  student: ComboOption | null;
  onStudent: (student: ComboOption) => void;
  onReference: (reference: string) => void;
}

const payerOf = ({ student_id, student, student_number }: ReferenceHit): ComboOption => ({
  id: student_id,
  name: student,
  code: student_number,
});

/**
 * What the reference finds, as soon as it is pasted or left: half a number that is being typed may be
 * the number of somebody else. Of a whole line of a bank's statement only the references stay.
 */
export function useReference({ reference, student, onStudent, onReference }: Wanted) {
  const [asked, setAsked] = useState("");
  const hits = useReferenceHits(asked).data?.hits ?? [];
  const found = asked === reference.trim() ? hits : [];
  const key = found.map(({ invoice_id }) => invoice_id).join(" ");
  const [only, ...others] = [...new Set(found.map(({ student_id }) => student_id))];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was found is taken up
  useEffect(() => {
    const [first] = found;
    if (!first) return;
    const text = [...new Set(found.map((hit) => hit.reference))].join(" ");
    if (text !== reference.trim()) {
      onReference(text);
      setAsked(text);
    }
    if (student === null && others.length === 0) onStudent(payerOf(first));
  }, [key]);
  const own = found.filter(({ student_id }) => student_id === student?.id);
  const foreign = only && own.length === 0 ? found[0] : undefined;
  return {
    change(next: string) {
      onReference(next);
      setAsked(Math.abs(next.length - reference.length) >= PASTED ? next.trim() : "");
    },
    leave: () => setAsked(reference.trim()),
    /** The student's invoices that it names; those that are settled already stand apart. */
    open: own.filter((hit) => !isZero(hit.open)),
    settled: own.filter((hit) => isZero(hit.open)),
    /** It names an invoice of somebody else than is chosen. */
    foreign,
    chooseForeign: () => foreign && onStudent(payerOf(foreign)),
  };
}

export type Reference = ReturnType<typeof useReference>;
