/** Where a document of the list stands: a draft is worked on, the others are read. */
export function documentPath(kind: string, id: string): string {
  if (kind === "draft") return `/invoices/drafts/${id}`;
  if (kind === "credit_note") return `/invoices/credit-notes/${id}`;
  return `/invoices/${id}`;
}

/** The payment form with the student and, where there is one, the invoice filled in. */
export function paymentPath(student: string, invoice?: string): string {
  const about = new URLSearchParams({ student, ...(invoice ? { invoice } : {}) });
  return `/payments/new?${about}`;
}

/** For commands, which stand outside the router. */
export function goTo(path: string): void {
  location.hash = `#${path}`;
}
