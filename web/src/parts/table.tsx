import type { ComponentChildren } from "preact";
import { Apart } from "./of";

export interface Column<T> {
  head: string;
  cell(row: T): ComponentChildren;
  numeric?: boolean;
}

interface TableProps<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey(row: T): string;
  /** What a row is called, where several may be called the same and have something to press. */
  rowName?: (row: T) => string;
}

/** A table whose first column names the row. It scrolls by itself where the page is narrow. */
export function Table<T>({ caption, columns, rows, rowKey, rowName }: TableProps<T>) {
  const numeric = (column: Column<T>, name: string) =>
    column.numeric ? `${name} ${name}--numeric` : name;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="desk-scroll" aria-label={caption} tabIndex={0}>
      <table class="nhsuk-table">
        <caption class="nhsuk-table__caption">{caption}</caption>
        <thead class="nhsuk-table__head">
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" class={numeric(column, "nhsuk-table__header")}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="nhsuk-table__body">
          <Apart items={rows} itemKey={rowKey} itemName={rowName}>
            {(row) => (
              <tr class="nhsuk-table__row">
                {columns.map((column, index) =>
                  index === 0 ? (
                    <th key={column.head} scope="row" class="nhsuk-table__header">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.head} class={numeric(column, "nhsuk-table__cell")}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            )}
          </Apart>
        </tbody>
      </table>
    </section>
  );
}
