//! What the generator has no setting for, done to the text it wrote.
//!
//! Each passage that is looked for has to be there: a generator that writes something else stops the
//! build instead of leaving the work undone.

use anyhow::{Result, ensure};
use uniffi_bindgen::{ComponentInterface, interface::Object};

/// What stands in the Kotlin that is generated for the hand-written part of the library, and not for
/// apps: the machinery of the generator, second names of plain types, and what `LearningCore`, its
/// `Flow`s and `Typing` are the door to.
const INSIDE_KOTLIN: [&str; 22] = [
    "public interface FfiConverter",
    "open class RustBuffer ",
    "class InternalException(",
    "interface UniffiRustCallStatusErrorHandler<",
    "object UniffiNullRustCallStatusErrorHandler:",
    "public fun uniffiEnsureInitialized(",
    "interface Disposable ",
    "inline fun <T : Disposable?, R> T.use(",
    "object UniffiWithHandle\n",
    "object NoHandle",
    "interface UniffiCleaner ",
    "public typealias ",
    "public interface Observer ",
    "public interface ProgressListener ",
    "data class TypingPauses ",
    "data class TypingState ",
    "sealed class TypingEvent ",
    "fun `salvage`(",
    "fun `setAside`(",
    "fun `usualPauses`(",
    "suspend fun `openTicket`(",
    "companion object ErrorHandler ",
];

/// The same in Swift. Second names of plain types stay public: public types are written with them.
const INSIDE_SWIFT: [&str; 10] = [
    "func uniffiEnsureEnhanceFfiInitialized(",
    "protocol Observer:",
    "protocol ProgressListener:",
    "struct TypingPauses:",
    "struct TypingState:",
    "enum TypingEvent:",
    "func salvage(",
    "func setAside(",
    "func usualPauses(",
    "func openTicket(",
];

/// Kotlin: any text can be handed in, errors say their reason, and what is for the library alone is
/// seen by the library alone.
pub fn kotlin(code: &str, interface: &ComponentInterface) -> Result<String> {
    // Half a surrogate pair would be an exception of Java's; as anywhere else it becomes U+FFFD.
    let mut code = replaced(
        code,
        "onMalformedInput(CodingErrorAction.REPORT)",
        "onMalformedInput(CodingErrorAction.REPLACE)\n            replaceWith(\"\\uFFFD\".toByteArray())",
    )?;
    code = replaced(&code, "public object FfiConverter", "internal object FfiConverter")?;
    // Within an enum or an error a type is looked for among its cases first, and where it is looked
    // for by its whole name, that is not of this package.
    code = replaced(&code, "`unsent`: Unsent", "`unsent`: org.enhance.core.Unsent")?;
    code = replaced(&code, "org.enhance.core.Duration", "kotlin.time.Duration")?;
    for declaration in INSIDE_KOTLIN {
        let bare = declaration.strip_prefix("public ").unwrap_or(declaration);
        code = replaced(&code, declaration, &format!("internal {bare}"))?;
    }
    for object in interface.object_definitions() {
        let class = format!("open class {}:", implementation(object));
        code = replaced(&code, &class, &format!("internal {class}"))?;
        if !object.has_callback_interface() {
            let described = format!("interface {}Interface", object.name());
            let (public, internal) =
                (format!("public {described}"), format!("internal {described}"));
            code = replaced(&code, &public, &internal)?;
        }
    }
    Ok(with_reasons(&code))
}

/// Swift: cases of errors are written as cases are, and what is for the library alone is seen by the
/// library alone.
pub fn swift(code: &str, interface: &ComponentInterface) -> Result<String> {
    let mut code = replaced(code, "public struct FfiConverter", "struct FfiConverter")?;
    code = replaced(&code, "public func FfiConverter", "func FfiConverter")?;
    for declaration in INSIDE_SWIFT {
        code =
            replaced(&code, &format!("public {declaration}"), &format!("package {declaration}"))?;
    }
    for object in interface.object_definitions() {
        let class = format!("class {}:", implementation(object));
        code = replaced(&code, &format!("open {class}"), &format!("package {class}"))?;
        if !object.has_callback_interface() {
            let described = format!("protocol {}Protocol:", object.name());
            let (public, package) = (format!("public {described}"), format!("package {described}"));
            code = replaced(&code, &public, &package)?;
        }
    }
    let errors = interface.enum_definitions().iter();
    for error in errors.filter(|choice| interface.is_name_used_as_error(choice.name())) {
        for variant in error.variants() {
            let (case, lower) = (variant.name(), lower_first(variant.name()));
            code = replaced(&code, &format!("    case {case}("), &format!("    case {lower}("))?;
            code = replaced(&code, &format!(" .{case}("), &format!(" .{lower}("))?;
        }
    }
    Ok(code)
}

/// The class that stands for an object of Rust's. Of an interface of the host it is one that the
/// generator needs and nothing else does.
fn implementation(object: &Object) -> String {
    let suffix = if object.has_callback_interface() { "Impl" } else { "" };
    format!("{}{suffix}", object.name())
}

/// The message of an exception lists its fields; ours is the sentence that is one of them.
fn with_reasons(code: &str) -> String {
    let line = |line: &str| {
        let listing = line.trim_start().starts_with("get() = \"") && line.contains("reason=${");
        if listing { "            get() = reason\n".to_owned() } else { line.to_owned() + "\n" }
    };
    code.lines().map(line).collect()
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn replaced(code: &str, from: &str, to: &str) -> Result<String> {
    ensure!(code.contains(from), "the generator no longer writes {from:?}");
    Ok(code.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_generator_no_longer_writes_stops_the_build() {
        assert_eq!(replaced("public a", "public", "internal").unwrap(), "internal a");
        assert!(replaced("open a", "public", "internal").is_err());
    }

    #[test]
    fn an_exception_says_its_reason() {
        let code = "        override val message\n            get() = \"code=${ code }, reason=${ reason }\"\n";
        assert!(with_reasons(code).ends_with("message\n            get() = reason\n"));
        assert_eq!(
            with_reasons("            get() = \"v1=${ v1 }\"\n"),
            "            get() = \"v1=${ v1 }\"\n"
        );
    }

    #[test]
    fn cases_begin_with_a_small_letter() {
        assert_eq!(lower_first("KeyUnavailable"), "keyUnavailable");
    }
}
