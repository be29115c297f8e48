//! What is declared of a plan, in Swift.

use anyhow::{Context, Result, bail};
use uniffi_bindgen::interface::Type;

use super::{Blank, Checked, Declared, Field, Item, Kind, Project, camel, snake, with_blanks};

impl Project {
    /// The file beside the generated one.
    pub fn swift(&self) -> Result<String> {
        let mut file =
            String::from("// What is declared of a plan, written out by bindings/bindgen.\n\n");
        file += "import Foundation\n";
        file += &edits(&self.aim);
        file += &record(&self.aim);
        file += "
extension Aim {
  /// The edits that write all this says into an empty aim.
  public var edits: [ProjectEdit] { fieldEdits.map { .aim(edit: $0) } }

  /// The aim with what these edits say.
  public func with(_ edits: [AimEdit]) -> Aim { Self.written(self, edits) }
}
";
        for item in &self.items {
            file += &texts(item);
            file += &edits(&item.declared);
            file += &record(&item.declared);
            file += &adding(item);
            file += &items_with(item);
        }
        Ok(file + &whole(self) + &of_edits(self) + &checks(&self.checks) + &copy(self)?)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_swift(&self, code: &str) -> Result<String> {
        self.blanks().iter().try_fold(code.to_owned(), |code, (record, blanks)| {
            let place = code.find(&format!("public struct {record}: "));
            let place = place.with_context(|| format!("nobody writes the struct {record}"))?;
            let (before, rest) = code.split_at(place);
            let head = ("public init(", ") {\n");
            let made = with_blanks(rest, head, |name| blanks.get(name).map(value))?;
            Ok(format!("{before}{made}"))
        })
    }
}

/// The texts of a thing, by name.
fn texts(item: &Item) -> String {
    let Item { noun, declared, .. } = item;
    if declared.texts().next().is_none() {
        return String::new();
    }
    let (what, case) = (snake(noun).replace('_', " "), camel(noun));
    let names =
        declared.texts().map(|Field { key, .. }| format!("  case {} = \"{key}\"\n", camel(key)));
    let edits = declared.texts().map(|Field { key, variant, .. }| {
        let edit = camel(variant);
        format!("    case .{}: .{case}(id: id, edit: .{edit}(text))\n", camel(key))
    });
    format!(
        "
/// The texts of a {what} that people write together.
public enum {noun}Text: String, CaseIterable, Sendable {{
{names}
  /// This text of one of them, as fields that are typed into and authors are asked for it.
  public func of(_ id: ItemId) -> TextOfItem {{
    TextOfItem(noun: .{case}, id: id, field: rawValue)
  }}

  /// The edit that makes it read so.
  public func edit(_ id: ItemId, _ text: String) -> ProjectEdit {{
    switch self {{
{edits}    }}
  }}
}}
",
        names = names.collect::<String>(),
        edits = edits.collect::<String>(),
    )
}

/// The edits that write a record.
fn edits(declared: &Declared) -> String {
    let Declared { record, edit, fields } = declared;
    let lines = fields.iter().map(|Field { key, variant, kind }| {
        let (name, case) = (camel(key), camel(variant));
        match kind {
            Kind::Text | Kind::String | Kind::Ids => {
                format!("    if !{name}.isEmpty {{ edits.append(.{case}({name})) }}\n")
            }
            Kind::Choice { .. } | Kind::Needed => format!("    edits.append(.{case}({name}))\n"),
            Kind::Optional => format!("    if let {name} {{ edits.append(.{case}({name})) }}\n"),
            Kind::Counts => format!(
                "    for (device, value) in {name} {{
      edits.append(.{case}(DeviceCount(device: device, value: value)))
    }}
"
            ),
        }
    });
    let keys = fields
        .iter()
        .map(|field| format!("    case .{}: \"{}\"\n", camel(&field.variant), field.key));
    format!(
        "
extension {record} {{
  fileprivate var fieldEdits: [{edit}] {{
    var edits: [{edit}] = []
{lines}    return edits
  }}
}}

extension {edit} {{
  fileprivate var key: String {{
    switch self {{
{keys}    }}
  }}
}}
",
        lines = lines.collect::<String>(),
        keys = keys.collect::<String>(),
    )
}

/// A record with some edits of its fields.
fn record(declared: &Declared) -> String {
    let Declared { record, edit, fields } = declared;
    let before = fields.iter().map(|Field { key, kind, .. }| {
        let name = camel(key);
        let blank = kind.blank().filter(|blank| !matches!(blank, Blank::Nothing));
        let otherwise = blank.map_or_else(String::new, |blank| format!(" ?? {}", value(&blank)));
        format!("    var {name} = before?.{name}{otherwise}\n")
    });
    let written = fields.iter().map(|Field { key, variant, kind }| {
        let (name, case) = (camel(key), camel(variant));
        match kind {
            Kind::Counts => {
                format!("      case .{case}(let new): {name}[new.device] = new.value\n")
            }
            _ => format!("      case .{case}(let new): {name} = new\n"),
        }
    });
    let needed: Vec<String> = fields
        .iter()
        .filter(|field| matches!(field.kind, Kind::Needed))
        .map(|field| format!("let {}", camel(&field.key)))
        .collect();
    let guard = if needed.is_empty() {
        String::new()
    } else {
        format!("    guard {} else {{ return nil }}\n", needed.join(", "))
    };
    let values = fields.iter().map(|field| {
        let name = camel(&field.key);
        format!("{name}: {name}")
    });
    format!(
        "
extension {record} {{
  fileprivate static func written(_ before: {record}?, _ edits: [{edit}]) -> {record}{perhaps} {{
{before}    for edit in edits {{
      switch edit {{
{written}      }}
    }}
{guard}    return {record}({values})
  }}
}}
",
        perhaps = if declared.is_needing() { "?" } else { "" },
        before = before.collect::<String>(),
        written = written.collect::<String>(),
        values = values.collect::<Vec<_>>().join(", "),
    )
}

fn adding(Item { noun, of, name, declared, .. }: &Item) -> String {
    let (what, case) = (snake(noun).replace('_', " "), camel(noun));
    let texts = declared.fields.iter().filter(|field| field.kind.is_words());
    let texts: Vec<_> = texts.map(|field| camel(&field.key)).collect();
    format!(
        "
extension {record} {{
  /// The edits that add this {what} to a plan, under a fresh id and with all it says.
  public func adding(_ id: ItemId) -> [ProjectEdit] {{
    [.add(noun: .{case}, id: id)] + fieldEdits.map {{ .{case}(id: id, edit: $0) }}
  }}

  fileprivate var words: [String] {{ [{texts}] }}
}}

extension {of}: Identifiable {{
  fileprivate var words: [String] {{ {name}.words }}
}}
",
        record = declared.record,
        texts = texts.join(", "),
        name = camel(name),
    )
}

/// The things of a kind in a plan, with some edits.
fn items_with(Item { noun, key, of, name, declared }: &Item) -> String {
    let (case, list, name) = (camel(noun), camel(key), camel(name));
    let record = &declared.record;
    let written = format!("{record}.written(before[id], written[id] ?? [])");
    let shown = if declared.is_needing() {
        format!("{written}.map {{ {of}(id: id, {name}: $0) }}")
    } else {
        format!("{of}(id: id, {name}: {written})")
    };
    format!(
        "
extension ChangeProject {{
  fileprivate func {list}With(_ edits: [ProjectEdit]) -> [{of}] {{
    let before = Dictionary({list}.map {{ ($0.id, $0.{name}) }}) {{ $1 }}
    var ids = {list}.map(\\.id)
    var written: [ItemId: [{edit}]] = [:]
    for edit in edits {{
      switch edit {{
      case .add(.{case}, let id):
        if !ids.contains(id) {{ ids.append(id) }}
      case .{case}(let id, let edit):
        if !ids.contains(id) {{ ids.append(id) }}
        written[id, default: []].append(edit)
      default: continue
      }}
    }}
    return ids.compactMap {{ id in {shown} }}
  }}
}}
",
        edit = declared.edit,
    )
}

/// What is the same for everything in a plan.
fn whole(project: &Project) -> String {
    let lines = |line: &dyn Fn(&Item) -> String| project.items.iter().map(line).collect::<String>();
    let joined = |line: &dyn Fn(&Item) -> String| {
        project.items.iter().map(line).collect::<Vec<_>>().join(",\n")
    };
    let with = joined(&|Item { key, .. }| {
        let list = camel(key);
        format!("      {list}: {list}With(edits)")
    });
    let without = joined(&|Item { key, .. }| {
        let list = camel(key);
        format!("      {list}: {list}.filter {{ !ids.contains($0.id) }}")
    });
    let texts = lines(&|Item { key, .. }| {
        format!("    for item in {} {{ texts.append((item.id, item.words)) }}\n", camel(key))
    });
    let text = lines(&|Item { noun, key, name, declared, .. }| {
        let fields = declared.texts().map(|field| {
            let name = camel(&field.key);
            format!("      case .{name}: return item.{name}\n")
        });
        let fields: String = fields.collect();
        if fields.is_empty() {
            return String::new();
        }
        format!(
            "    case .{case}:
      guard let item = {list}.first(where: {{ $0.id == text.id }})?.{name} else {{ return nil }}
      switch {noun}Text(rawValue: text.field) {{
{fields}      case nil: return nil
      }}
",
            case = camel(noun),
            list = camel(key),
            name = camel(name),
        )
    });
    format!(
        "
extension ChangeProject {{
  /// The plan as it would be with what these edits say of the things in it. A thing that lacks what
  /// it needs is not in it; what is taken back or put back is for `withoutItems`.
  public func withItems(_ edits: [ProjectEdit]) -> ChangeProject {{
    copy(
{with})
  }}

  /// The plan without the things that have these ids.
  public func withoutItems(_ ids: Set<ItemId>) -> ChangeProject {{
    copy(
{without})
  }}

  /// What was written in words in each thing of the plan, in the order of its parts.
  public var itemTexts: [(id: ItemId, texts: [String])] {{
    var texts: [(id: ItemId, texts: [String])] = []
{texts}    return texts
  }}

  /// What a text of a thing in the plan says; nil if there is no such thing or text.
  public func text(_ text: TextOfItem) -> String? {{
    switch text.noun {{
{text}    default: return nil
    }}
  }}
}}
"
    )
}

/// What is the same for every edit.
fn of_edits(project: &Project) -> String {
    let lines = |line: &dyn Fn(&Item) -> String| project.items.iter().map(line).collect::<String>();
    let edit = lines(&|Item { noun, declared, .. }| {
        if declared.texts().next().is_none() {
            return String::new();
        }
        let case = camel(noun);
        format!("    case .{case}: {noun}Text(rawValue: field)?.edit(id, text)\n")
    });
    let nouns = lines(&|Item { noun, .. }| {
        let case = camel(noun);
        format!("    case .{case}(let id, _): (.{case}, id)\n")
    });
    let paths = lines(&|Item { noun, key, .. }| {
        let case = camel(noun);
        format!("    case .{case}(let id, let edit): \"{key}/\\(id)/\\(edit.key)\"\n")
    });
    let replacing =
        project.replacing().map(|(edit, key)| format!("    case .{}: \"{key}\"\n", camel(edit)));
    let replacing: String = replacing.collect();
    format!(
        "
extension TextOfItem {{
  /// The edit that makes this text read so; nil if a thing of this kind has no such text.
  public func edit(_ text: String) -> ProjectEdit? {{
    switch noun {{
{edit}    default: nil
    }}
  }}
}}

extension ProjectEdit {{
  /// The thing in a plan that this is an edit of, by its kind and id; nil if it is of no such thing.
  public var item: (noun: Noun, id: ItemId)? {{
    switch self {{
    case .add(let noun, let id), .takeBack(let noun, let id, _), .putBack(let noun, let id):
      (noun, id)
{nouns}    default: nil
    }}
  }}

  /// Where it writes, as disagreements and `fieldAuthors` name it: `status`, `aim/to`,
  /// `measures/{{id}}/unit`. Nil where it puts nothing in the place of something else.
  public var path: String? {{
    switch self {{
    case .move: \"status\"
{replacing}    case .aim(let edit): \"aim/\\(edit.key)\"
{paths}    default: nil
    }}
  }}
}}
"
    )
}

/// What the checks of a plan ask for.
fn checks(checks: &[Checked]) -> String {
    let sentences = checks.iter().map(|Checked { check, sentence, .. }| {
        format!("    case .{}: {sentence:?}\n", camel(check))
    });
    let parts = checks.iter().map(|Checked { check, part, .. }| {
        format!("    case .{}: .{}\n", camel(check), camel(part))
    });
    format!(
        "
extension PlanCheckKind {{
  /// What would satisfy this check of a plan.
  public var sentence: String {{
    switch self {{
{}    }}
  }}

  /// Where to go for that.
  public var part: ProjectPart {{
    switch self {{
{}    }}
  }}
}}
",
        sentences.collect::<String>(),
        parts.collect::<String>(),
    )
}

/// What Kotlin has of the language: the plan with something else in the place of some fields.
fn copy(project: &Project) -> Result<String> {
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (field, of) in &project.fields {
        let (name, of) = (camel(field), written(project, field, of)?);
        parameters.push(format!("    {name}: {of}? = nil"));
        values.push(format!("      {name}: {name} ?? self.{name}"));
    }
    Ok(format!(
        "
extension ChangeProject {{
  /// The plan with something else in the place of some fields.
  public func copy(
{}
  ) -> ChangeProject {{
    ChangeProject(
{})
  }}
}}
",
        parameters.join(",\n"),
        values.join(",\n")
    ))
}

/// A type as Swift writes it.
fn written(project: &Project, field: &str, of: &Type) -> Result<String> {
    Ok(match of {
        Type::String => "String".to_owned(),
        Type::Optional { inner_type } => written(project, field, inner_type)? + "?",
        Type::Sequence { inner_type } => format!("[{}]", written(project, field, inner_type)?),
        Type::Record { name, .. } | Type::Enum { name, .. } => name.clone(),
        Type::Custom { name, .. } => match project.item(field) {
            Some(item) => format!("[{}]", item.of),
            None => name.clone(),
        },
        other => bail!("a plan has {field}, of a type without a rule here: {other:?}"),
    })
}

fn value(blank: &Blank) -> String {
    match blank {
        Blank::Text => "\"\"".to_owned(),
        Blank::Nothing => "nil".to_owned(),
        Blank::List => "[]".to_owned(),
        Blank::Map => "[:]".to_owned(),
        Blank::Word { word, .. } => format!(".{}", camel(word)),
        Blank::Record(record) => format!("{record}()"),
    }
}
