//! What is declared of a thing in a plan or a personal record, in Kotlin.

use super::{
    super::{
        Declared, Field, Item, Kind,
        blanks::Blank,
        names::{camel, snake},
    },
    written::{Names, value, words},
};

/// The texts of a thing, by name.
pub(super) fn texts(item: &Item) -> String {
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
pub(super) fn edits(declared: &Declared) -> String {
    let Declared { record, edit, fields } = declared;
    let lines = fields.iter().map(|Field { key, variant, kind }| {
        let (name, edit) = (camel(key), format!("{edit}.{variant}"));
        match kind {
            Kind::Text | Kind::String { .. } | Kind::Ids => {
                format!("    if ({name}.isNotEmpty()) add({edit}({name}))\n")
            }
            Kind::Choice { .. } | Kind::Needed => format!("    add({edit}({name}))\n"),
            Kind::Optional => format!("    {name}?.let {{ add({edit}(it)) }}\n"),
            Kind::Flag { list, word, otherwise, .. } => {
                let [word, otherwise] = [word, otherwise].map(|word| snake(word).to_uppercase());
                format!("    add({edit}(if ({name}) {list}.{word} else {list}.{otherwise}))\n")
            }
            Kind::Counts => format!(
                "    {name}.forEach {{ (device, value) -> add({edit}(DeviceCount(device, value))) }}\n"
            ),
        }
    });
    let keys = fields
        .iter()
        .map(|field| format!("        is {edit}.{} -> \"{}\"\n", field.variant, field.path()));
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

/// What an edit of a record writes in words.
pub(super) fn words_written(declared: &Declared) -> String {
    let edit = &declared.edit;
    let (words, short) = (declared.variants(Kind::is_words), declared.variants(Kind::is_short));
    let words = words.into_iter().map(|variant| format!("        is {edit}.{variant} -> v1\n"));
    let short = short.into_iter().map(|variant| format!("        is {edit}.{variant} -> true\n"));
    format!(
        "
private val {edit}.written: String?
    get() = when (this) {{
{words}        else -> null
    }}

private val {edit}.isShort: Boolean
    get() = when (this) {{
{short}        else -> false
    }}
",
        words = words.collect::<String>(),
        short = short.collect::<String>(),
    )
}

/// A record with some edits of its fields.
pub(super) fn record(declared: &Declared) -> String {
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
            Kind::Flag { list, word, .. } => {
                format!("edit.v1 == {list}.{}", snake(word).to_uppercase())
            }
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

/// The edits that add a thing, and its words.
pub(super) fn adding(Item { noun, declared, .. }: &Item, of: &Names) -> String {
    let Names { edit, said, .. } = of;
    let (what, upper) = (words(noun), snake(noun).to_uppercase());
    let texts = declared.fields.iter().filter(|field| field.kind.is_words());
    let texts: Vec<_> = texts.map(|field| camel(&field.key)).collect();
    format!(
        "
/** The edits that add this {what} to a {said}, under a fresh id and with all it says. */
public fun {record}.adding(id: ItemId): List<{edit}> =
    listOf({edit}.Add(Noun.{upper}, id)) + fieldEdits().map {{ {edit}.{noun}(id, it) }}

private fun {record}.words(): List<String> = listOf({texts})
",
        record = declared.record,
        texts = texts.join(", "),
    )
}

/// The things of a kind in a document, with some edits.
pub(super) fn items_with(item: &Item, document: &Names) -> String {
    let Item { noun, list, of, name, declared, .. } = item;
    let Names { record, edit, .. } = document;
    let (upper, list) = (snake(noun).to_uppercase(), camel(list));
    let shown = if declared.is_needing() {
        format!("written(before[id], written[id].orEmpty())?.let {{ {of}(id, it) }}")
    } else {
        format!("{of}(id, written(before[id], written[id].orEmpty()))")
    };
    format!(
        "
private fun {record}.{list}With(edits: List<{edit}>): List<{of}> {{
    val before = {list}.associate {{ it.id to it.{name} }}
    val added = edits.filterIsInstance<{edit}.Add>().filter {{ it.noun == Noun.{upper} }}
    val written = edits.filterIsInstance<{edit}.{noun}>().groupBy({{ it.id }}, {{ it.edit }})
    return (before.keys + added.map {{ it.id }} + written.keys).mapNotNull {{ id -> {shown} }}
}}
",
        name = camel(name),
    )
}
