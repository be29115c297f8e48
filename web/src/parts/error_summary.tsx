import { useEffect, useRef } from "preact/hooks";

export interface FieldError {
  /** The id of the field that it is about. */
  field: string;
  text: string;
}

/** What has to be put right before a form is taken. It takes the focus when it appears. */
export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) {
      element.current?.focus();
    }
  }, [errors]);
  if (errors.length === 0) {
    return null;
  }
  const lead = (event: Event, field: string) => {
    event.preventDefault();
    document.getElementById(field)?.focus();
  };
  return (
    <div class="nhsuk-error-summary" ref={element} tabIndex={-1} role="alert">
      <h2 class="nhsuk-error-summary__title">There is a problem</h2>
      <ul class="nhsuk-list nhsuk-error-summary__list">
        {errors.map(({ field, text }) => (
          <li key={field}>
            <a href={`#${field}`} onClick={(event) => lead(event, field)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
