//! What is declared of a plan, in Kotlin.

use anyhow::Result;

use super::{Blank, Checked, Declared, Field, Item, Kind, Project, camel, snake, with_blanks};

impl Project {
    /// The file beside the generated one.
    pub fn kotlin(&self) -> String {
        let mut file = String::from(
            "// What is declared of a plan, written out by bindings/bindgen.\n\npackage org.enhance.core\n",
        );
        file += &edits(&self.aim);
        file += &record(&self.aim);
        file += "
/** The edits that write all this says into an empty aim. */
public fun Aim.edits(): List<ProjectEdit> = fieldEdits().map { ProjectEdit.Aim(it) }

/** The aim with what these edits say. */
public fun Aim.with(edits: List<AimEdit>): Aim = written(this, edits)
";
        for item in &self.items {
            file += &texts(item);
            file += &edits(&item.declared);
            file += &record(&item.declared);
            file += &adding(item);
            file += &items_with(item);
        }
        file + &whole(self) + &of_edits(self) + &checks(&self.checks)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_kotlin(&self, code: &str) -> Result<String> {
        self.blanks().iter().try_fold(code.to_owned(), |code, (record, blanks)| {
            let head = format!("data class {record} (");
            with_blanks(&code, (&head, "\n)"), |name| blanks.get(name).map(value))
        })
    }
}

/// The texts of a thing, by name.
fn texts(item: &Item) -> String {
    let Item { noun, declared, .. } = item;
    if declared.texts().next().is_none() {
        return String::new();
    }
    let (what, upper) = (words(noun), snake(noun).to_uppercase());
    let names = declared
        .texts()
        .map(|Field { key, .. }| format!("    {}(\"{key}\"),\n", key.to_uppercase()));
    let edits = declared.texts().map(|Field { key, variant, .. }| {
        let edit = format!("{}.{variant}(text)", declared.edit);
        format!("        {} -> ProjectEdit.{noun}(id, {edit})\n", key.to_uppercase())
    });
    format!(
        "
/** The texts of a {what} that people write together. */
public enum class {noun}Text(private val field: String) {{
{names}    ;

    /** This text of one of them, as fields that are typed into and authors are asked for it. */
    public fun of(id: ItemId): TextOfItem = TextOfItem(Noun.{upper}, id, field)

    /** The edit that makes it read so. */
    public fun edit(id: ItemId, text: String): ProjectEdit = when (this) {{
{edits}    }}

    internal companion object {{
        fun of(field: String): {noun}Text? = entries.find {{ it.field == field }}
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
        let (name, edit) = (camel(key), format!("{edit}.{variant}"));
        match kind {
            Kind::Text | Kind::String | Kind::Ids => {
                format!("    if ({name}.isNotEmpty()) add({edit}({name}))\n")
            }
            Kind::Choice { .. } | Kind::Needed => format!("    add({edit}({name}))\n"),
            Kind::Optional => format!("    {name}?.let {{ add({edit}(it)) }}\n"),
            Kind::Counts => format!(
                "    {name}.forEach {{ (device, value) -> add({edit}(DeviceCount(device, value))) }}\n"
            ),
        }
    });
    let keys = fields
        .iter()
        .map(|field| format!("        is {edit}.{} -> \"{}\"\n", field.variant, field.key));
    format!(
        "
private fun {record}.fieldEdits(): List<{edit}> = buildList {{
{lines}}}

private val {edit}.key: String
    get() = when (this) {{
{keys}    }}
",
        lines = lines.collect::<String>(),
        keys = keys.collect::<String>(),
    )
}

/// A record with some edits of its fields.
fn record(declared: &Declared) -> String {
    let Declared { record, edit, fields } = declared;
    let before = fields.iter().map(|Field { key, kind, .. }| {
        let (name, blank) = (camel(key), kind.blank());
        let blank = blank.filter(|blank| !matches!(blank, Blank::Nothing));
        let otherwise = blank.map_or_else(String::new, |blank| format!(" ?: {}", value(&blank)));
        format!("    var {name} = before?.{name}{otherwise}\n")
    });
    let written = fields.iter().map(|Field { key, variant, kind }| {
        let name = camel(key);
        let value = match kind {
            Kind::Counts => format!("{name} + (edit.v1.device to edit.v1.value)"),
            _ => "edit.v1".to_owned(),
        };
        format!("            is {edit}.{variant} -> {name} = {value}\n")
    });
    let values = fields.iter().map(|Field { key, kind, .. }| match kind {
        Kind::Needed => format!("{} ?: return null", camel(key)),
        _ => camel(key),
    });
    format!(
        "
private fun written(before: {record}?, edits: List<{edit}>): {record}{perhaps} {{
{before}    for (edit in edits) {{
        when (edit) {{
{written}        }}
    }}
    return {record}({values})
}}
",
        perhaps = if declared.is_needing() { "?" } else { "" },
        before = before.collect::<String>(),
        written = written.collect::<String>(),
        values = values.collect::<Vec<_>>().join(", "),
    )
}

fn adding(Item { noun, declared, .. }: &Item) -> String {
    let (what, upper) = (words(noun), snake(noun).to_uppercase());
    let texts = declared.fields.iter().filter(|field| field.kind.is_words());
    let texts: Vec<_> = texts.map(|field| camel(&field.key)).collect();
    format!(
        "
/** The edits that add this {what} to a plan, under a fresh id and with all it says. */
public fun {record}.adding(id: ItemId): List<ProjectEdit> =
    listOf(ProjectEdit.Add(Noun.{upper}, id)) + fieldEdits().map {{ ProjectEdit.{noun}(id, it) }}

private fun {record}.words(): List<String> = listOf({texts})
",
        record = declared.record,
        texts = texts.join(", "),
    )
}

/// The things of a kind in a plan, with some edits.
fn items_with(Item { noun, key, of, name, declared }: &Item) -> String {
    let (upper, list) = (snake(noun).to_uppercase(), camel(key));
    let shown = if declared.is_needing() {
        format!("written(before[id], written[id].orEmpty())?.let {{ {of}(id, it) }}")
    } else {
        format!("{of}(id, written(before[id], written[id].orEmpty()))")
    };
    format!(
        "
private fun ChangeProject.{list}With(edits: List<ProjectEdit>): List<{of}> {{
    val before = {list}.associate {{ it.id to it.{name} }}
    val added = edits.filterIsInstance<ProjectEdit.Add>().filter {{ it.noun == Noun.{upper} }}
    val written = edits.filterIsInstance<ProjectEdit.{noun}>().groupBy({{ it.id }}, {{ it.edit }})
    return (before.keys + added.map {{ it.id }} + written.keys).mapNotNull {{ id -> {shown} }}
}}
",
        name = camel(name),
    )
}

/// What is the same for everything in a plan.
fn whole(project: &Project) -> String {
    let lines = |line: &dyn Fn(&Item) -> String| project.items.iter().map(line).collect::<String>();
    let with = lines(&|Item { key, .. }| {
        let list = camel(key);
        format!("    {list} = {list}With(edits),\n")
    });
    let without = lines(&|Item { key, .. }| {
        let list = camel(key);
        format!("    {list} = {list}.filter {{ it.id !in ids }},\n")
    });
    let texts = lines(&|Item { key, name, .. }| {
        format!("    {}.forEach {{ put(it.id, it.{}.words()) }}\n", camel(key), camel(name))
    });
    let text = lines(&|Item { noun, key, name, declared, .. }| {
        let upper = snake(noun).to_uppercase();
        let fields = declared.texts().map(|field| {
            let name = field.key.to_uppercase();
            format!("            {noun}Text.{name} -> it.{}\n", camel(&field.key))
        });
        let fields: String = fields.collect();
        if fields.is_empty() {
            return String::new();
        }
        format!(
            "    Noun.{upper} -> {list}.find {{ it.id == of.id }}?.{name}?.let {{
        when ({noun}Text.of(of.field)) {{
{fields}            null -> null
        }}
    }}
",
            list = camel(key),
            name = camel(name),
        )
    });
    format!(
        "
/**
 * The plan as it would be with what these edits say of the things in it. A thing that lacks what it
 * needs is not in it; what is taken back or put back is for [withoutItems].
 */
public fun ChangeProject.withItems(edits: List<ProjectEdit>): ChangeProject = copy(
{with})

/** The plan without the things that have these ids. */
public fun ChangeProject.withoutItems(ids: Set<ItemId>): ChangeProject = copy(
{without})

/** What was written in words in each thing of the plan, in the order of its parts. */
public fun ChangeProject.itemTexts(): Map<ItemId, List<String>> = buildMap {{
{texts}}}

/** What a text of a thing in the plan says; null if there is no such thing or text. */
public fun ChangeProject.text(of: TextOfItem): String? = when (of.noun) {{
{text}    else -> null
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
        let upper = snake(noun).to_uppercase();
        format!("    Noun.{upper} -> {noun}Text.of(field)?.edit(id, text)\n")
    });
    let nouns = lines(&|Item { noun, .. }| {
        let upper = snake(noun).to_uppercase();
        format!("        is ProjectEdit.{noun} -> Noun.{upper} to id\n")
    });
    let paths = lines(&|Item { noun, key, .. }| {
        format!("        is ProjectEdit.{noun} -> \"{key}/$id/${{edit.key}}\"\n")
    });
    let replacing = project
        .replacing()
        .map(|(edit, key)| format!("        is ProjectEdit.{edit} -> \"{key}\"\n"));
    let replacing: String = replacing.collect();
    format!(
        "
/** The edit that makes this text read so; null if a thing of this kind has no such text. */
public fun TextOfItem.edit(text: String): ProjectEdit? = when (noun) {{
{edit}    else -> null
}}

/** The thing in a plan that this is an edit of, by its kind and id; null if it is of no such thing. */
public val ProjectEdit.item: Pair<Noun, ItemId>?
    get() = when (this) {{
        is ProjectEdit.Add -> noun to id
        is ProjectEdit.TakeBack -> noun to id
        is ProjectEdit.PutBack -> noun to id
{nouns}        else -> null
    }}

/**
 * Where it writes, as disagreements and [LearningCoreApi.fieldAuthors] name it: `status`, `aim/to`,
 * `measures/{{id}}/unit`. Null where it puts nothing in the place of something else.
 */
public val ProjectEdit.path: String?
    get() = when (this) {{
        is ProjectEdit.Move -> \"status\"
{replacing}        is ProjectEdit.Aim -> \"aim/${{edit.key}}\"
{paths}        else -> null
    }}
"
    )
}

/// What the checks of a plan ask for.
fn checks(checks: &[Checked]) -> String {
    let sentences = checks.iter().map(|Checked { check, sentence, .. }| {
        let upper = snake(check).to_uppercase();
        format!("        PlanCheckKind.{upper} -> {sentence:?}\n")
    });
    let parts = checks.iter().map(|Checked { check, part, .. }| {
        let (check, part) = (snake(check).to_uppercase(), snake(part).to_uppercase());
        format!("        PlanCheckKind.{check} -> ProjectPart.{part}\n")
    });
    format!(
        "
/** What would satisfy this check of a plan. */
public val PlanCheckKind.sentence: String
    get() = when (this) {{
{}    }}

/** Where to go for that. */
public val PlanCheckKind.part: ProjectPart
    get() = when (this) {{
{}    }}
",
        sentences.collect::<String>(),
        parts.collect::<String>(),
    )
}

fn value(blank: &Blank) -> String {
    match blank {
        Blank::Text => "\"\"".to_owned(),
        Blank::Nothing => "null".to_owned(),
        Blank::List => "emptyList()".to_owned(),
        Blank::Map => "emptyMap()".to_owned(),
        Blank::Word { list, word } => format!("{list}.{}", snake(word).to_uppercase()),
        Blank::Record(record) => format!("{record}()"),
    }
}

/// `ChangeIdea` as a person says it.
fn words(noun: &str) -> String {
    snake(noun).replace('_', " ")
}
