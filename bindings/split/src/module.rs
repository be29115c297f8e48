//! What a module consists of, as far as it matters for cutting it.

use std::{collections::BTreeMap, ops::Range};

use wasm_encoder::ValType;
use wasmparser::{
    Element, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, GlobalType, Import,
    MemoryType, Operator, Parser, Payload, TableType, TagType, TypeRef,
};

use crate::SplitError;

/// The global that says whether the rest is there.
pub const THERE: wasm_encoder::GlobalType =
    wasm_encoder::GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// A module. Functions and all else have the numbers that it gives them, imports before its own.
#[derive(Default)]
pub struct Module<'a> {
    pub bytes: &'a [u8],
    /// Each type that a function can have.
    pub types: Vec<FuncType>,
    /// The type of each function.
    functions: Vec<u32>,
    /// The functions that it does not import, in order.
    bodies: Vec<FunctionBody<'a>>,
    /// How many functions it imports.
    pub imported: u32,
    /// What those are called.
    pub imports: Vec<&'a str>,
    tables: Vec<TableType>,
    /// How many tables it imports.
    pub imported_tables: u32,
    memories: Vec<MemoryType>,
    pub globals: Vec<GlobalType>,
    tags: Vec<TagType>,
    /// Functions that it exports, or runs at its start.
    pub outward: Vec<u32>,
    /// The table through which it calls functions.
    pub table: u32,
    /// The function in each place of that table.
    pub places: BTreeMap<u32, u32>,
}

impl<'a> Module<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, SplitError> {
        let mut module = Self { bytes, ..Self::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            module.section(payload?)?;
        }
        Ok(module)
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<(), SplitError> {
        match payload {
            Payload::TypeSection(types) => {
                for ty in types.into_iter_err_on_gc_types() {
                    self.types.push(ty?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.import(&import?)?;
                }
            }
            Payload::FunctionSection(functions) => {
                for ty in functions {
                    self.functions.push(ty?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memories.push(memory?);
                }
            }
            Payload::TagSection(tags) => {
                for tag in tags {
                    self.tags.push(tag?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    let is_function = export.kind == ExternalKind::Func;
                    self.outward.extend(is_function.then_some(export.index));
                }
            }
            Payload::StartSection { func, .. } => self.outward.push(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.element(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            _ => {}
        }
        Ok(())
    }

    fn import(&mut self, import: &Import<'a>) -> Result<(), SplitError> {
        match import.ty {
            TypeRef::Func(ty) => {
                self.functions.push(ty);
                self.imports.push(import.name);
                self.imported += 1;
            }
            TypeRef::Table(ty) => {
                self.tables.push(ty);
                self.imported_tables += 1;
            }
            TypeRef::Memory(ty) => self.memories.push(ty),
            TypeRef::Global(ty) => self.globals.push(ty),
            TypeRef::Tag(ty) => self.tags.push(ty),
            TypeRef::FuncExact(_) => {
                return Err(SplitError::Unforeseen("an import of an exact type"));
            }
        }
        Ok(())
    }

    fn element(&mut self, element: Element<'a>) -> Result<(), SplitError> {
        let ElementKind::Active { table_index, offset_expr } = element.kind else {
            return Err(SplitError::Unforeseen("functions that are put into a table by hand"));
        };
        let ElementItems::Functions(functions) = element.items else {
            return Err(SplitError::Unforeseen("a table of something else than functions"));
        };
        let table = table_index.unwrap_or_default();
        if !self.places.is_empty() && table != self.table {
            return Err(SplitError::Unforeseen("functions in several tables"));
        }
        self.table = table;
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err(SplitError::Unforeseen("a place in a table that is reckoned"));
        };
        for (place, function) in (value.cast_unsigned()..).zip(functions) {
            self.places.insert(place, function?);
        }
        Ok(())
    }

    /// The functions that it does not import.
    pub fn own(&self) -> Range<u32> {
        self.imported..number(self.functions.len())
    }

    /// The body of a function, unless it is imported.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(usize::try_from(function.checked_sub(self.imported)?).ok()?)
    }

    /// The type of a function, by its number.
    pub fn type_of(&self, function: u32) -> u32 {
        at(&self.functions, function).copied().unwrap_or(u32::MAX)
    }

    /// How many arguments a function has.
    pub fn arguments(&self, function: u32) -> u32 {
        at(&self.types, self.type_of(function)).map_or(0, |ty| number(ty.params().len()))
    }

    /// The places that its table has.
    pub fn places_in_table(&self) -> Result<u32, SplitError> {
        let table = at(&self.tables, self.table);
        let places = table.and_then(|table| u32::try_from(table.initial).ok());
        places.ok_or(SplitError::Unforeseen("no table of functions"))
    }

    pub fn table_type(&self, table: u32) -> Result<TableType, SplitError> {
        at(&self.tables, table).copied().ok_or(SplitError::Unforeseen("a table without a type"))
    }

    pub fn memory_type(&self, memory: u32) -> Result<MemoryType, SplitError> {
        at(&self.memories, memory).copied().ok_or(SplitError::Unforeseen("a memory without a type"))
    }

    pub fn global_type(&self, global: u32) -> Result<GlobalType, SplitError> {
        at(&self.globals, global).copied().ok_or(SplitError::Unforeseen("a global without a type"))
    }

    pub fn tag_type(&self, tag: u32) -> Result<TagType, SplitError> {
        at(&self.tags, tag).copied().ok_or(SplitError::Unforeseen("a tag without a type"))
    }
}

/// A count, as a module writes it.
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn at<T>(all: &[T], number: u32) -> Option<&T> {
    all.get(usize::try_from(number).ok()?)
}
