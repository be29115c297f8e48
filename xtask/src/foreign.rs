//! What a module of WebAssembly exports, without what is for others than its page: the library for
//! Kotlin and Swift brings its own exports along, and whatever is exported stays in the module.

use crate::steps::Outcome;

/// How the exports for Kotlin and Swift begin.
const FOREIGN: [&str; 3] = ["uniffi_", "ffi_enhance_ffi_", "UNIFFI_META_"];

/// Bytes with which every module begins: what it is, and in which version.
const HEAD: usize = 8;
/// The number of the section that lists what is exported.
const EXPORTS: u8 = 7;

/// The module without what it exports for others. What only that needs goes when it is made smaller.
pub fn left_out(module: &[u8]) -> Outcome<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(HEAD).ok_or("it has no beginning")?;
    let mut made = head.to_vec();
    while let Some((&number, after)) = rest.split_first() {
        let mut bytes = after;
        let length = whole(&mut bytes)?;
        let (section, next) = bytes.split_at_checked(length).ok_or("a section is cut off")?;
        if number == EXPORTS {
            let section = ours(section)?;
            made.push(number);
            write(section.len(), &mut made);
            made.extend(section);
        } else {
            made.extend(&rest[..rest.len() - next.len()]);
        }
        rest = next;
    }
    Ok(made)
}

/// The section of exports, with those alone that are a page's.
fn ours(mut section: &[u8]) -> Outcome<Vec<u8>> {
    let (mut kept, mut made) = (0, Vec::<u8>::new());
    for _ in 0..whole(&mut section)? {
        let before = section;
        let length = whole(&mut section)?;
        let (name, after) = section.split_at_checked(length).ok_or("a name is cut off")?;
        let (_kind, mut after) = after.split_first().ok_or("an export is cut off")?;
        whole(&mut after)?;
        section = after;
        if !FOREIGN.iter().any(|foreign| name.starts_with(foreign.as_bytes())) {
            kept += 1;
            made.extend(&before[..before.len() - after.len()]);
        }
    }
    let mut section = Vec::new();
    write(kept, &mut section);
    section.extend(made);
    Ok(section)
}

/// A number as modules write it: seven bits in each byte, the lowest first.
fn whole(bytes: &mut &[u8]) -> Outcome<usize> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or("a number is cut off")?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err("a number is too large".to_owned())
}

fn write(mut number: usize, into: &mut Vec<u8>) {
    loop {
        let seven = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        into.push(if number == 0 { seven } else { seven | 0x80 });
        if number == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(number: u8, content: &[u8]) -> Vec<u8> {
        let mut section = vec![number];
        write(content.len(), &mut section);
        section.extend(content);
        section
    }

    fn export(name: &str) -> Vec<u8> {
        let mut export = Vec::new();
        write(name.len(), &mut export);
        export.extend(name.as_bytes());
        export.extend([0, 0xac, 0x02]);
        export
    }

    fn module(names: &[&str]) -> Vec<u8> {
        let mut exports = Vec::new();
        write(names.len(), &mut exports);
        exports.extend(names.iter().flat_map(|name| export(name)));
        let before = section(1, &[7; 300]);
        [b"\0asm\x01\0\0\0".to_vec(), before, section(EXPORTS, &exports), section(10, &[9])]
            .concat()
    }

    #[test]
    fn what_is_exported_for_kotlin_and_swift_is_left_out_and_all_else_stays() {
        let all = module(&["memory", "uniffi_enhance_ffi_fn_free_x", "open", "ffi_enhance_ffi_y"]);
        assert_eq!(left_out(&all).unwrap(), module(&["memory", "open"]));
    }

    #[test]
    fn a_module_that_is_cut_off_is_an_error() {
        let whole = module(&["memory", "open"]);
        let ends_of_sections = [8, 8 + 303, whole.len() - 3];
        for cut in 0..whole.len() {
            assert_eq!(left_out(&whole[..cut]).is_ok(), ends_of_sections.contains(&cut), "{cut}");
        }
    }
}
