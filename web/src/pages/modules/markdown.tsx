import { lexer, type Token, type Tokens } from "marked";
import type { ComponentChildren } from "preact";

/**
 * The text of a page of the programme, which is Markdown. It is made of elements one by one: markup
 * in it is text, and nothing in it runs.
 */
export function Markdown({ text }: { text: string }) {
  return <>{blocks(lexer(text))}</>;
}

function blocks(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.map((token, index) => <Block key={index} token={token} />);
}

/** A page's own heading is the window's; its parts stand a level below. */
const headings = ["h2", "h2", "h3", "h4", "h5", "h6"] as const;

function Block({ token }: { token: Token }) {
  switch (token.type) {
    case "heading": {
      const { depth, tokens = [] } = token as Tokens.Heading;
      const Heading = headings[depth - 1] ?? "h6";
      return <Heading>{inline(tokens)}</Heading>;
    }
    case "paragraph":
      return <p>{inline(token.tokens ?? [])}</p>;
    case "text":
      return <>{token.tokens ? inline(token.tokens) : (token as Tokens.Text).text}</>;
    case "list":
      return <List list={token as Tokens.List} />;
    case "table":
      return <Grid table={token as Tokens.Table} />;
    case "blockquote":
      return <blockquote>{blocks(token.tokens ?? [])}</blockquote>;
    case "code":
      return <pre>{(token as Tokens.Code).text}</pre>;
    case "hr":
      return <hr />;
    case "space":
      return null;
    default:
      return <p>{token.raw}</p>;
  }
}

function List({ list }: { list: Tokens.List }) {
  const Tag = list.ordered ? "ol" : "ul";
  return (
    <Tag>
      {list.items.map((item) => (
        <li key={item.raw}>{blocks(item.tokens)}</li>
      ))}
    </Tag>
  );
}

function Grid({ table }: { table: Tokens.Table }) {
  return (
    <div class="desk-scroll">
      <table class="nhsuk-table">
        <thead>
          <tr>
            {table.header.map((cell) => (
              <th key={cell.text} scope="col">
                {inline(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.map(({ text }) => text).join("|")}>
              {row.map((cell, index) => (
                <td key={`${index} ${cell.text}`}>{inline(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.map((token, index) => <Inline key={index} token={token} />);
}

function Inline({ token }: { token: Token }) {
  const within = "tokens" in token && token.tokens ? inline(token.tokens) : null;
  switch (token.type) {
    case "strong":
      return <strong>{within}</strong>;
    case "em":
      return <em>{within}</em>;
    case "del":
      return <del>{within}</del>;
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "br":
      return <br />;
    case "link":
      return <Away href={(token as Tokens.Link).href}>{within}</Away>;
    case "text":
    case "escape":
      return <>{within ?? (token as Tokens.Text).text}</>;
    default:
      return <>{token.raw}</>;
  }
}

/** A link that leads out of the desk. Anything but the web is shown as its words alone. */
export function Away({ href, children }: { href: string; children: ComponentChildren }) {
  if (!/^https?:\/\//.test(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children} (opens in another tab)
    </a>
  );
}
