//! The rest: a module that imports what it uses of the first part, and puts its functions into the
//! table.

use std::{
    collections::{BTreeMap, HashMap},
    convert::Infallible,
};

use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, Function,
    FunctionSection, ImportSection, Instruction, StartSection, TypeSection,
    reencode::{Error, Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

use crate::{
    SplitError,
    cut::{Cut, Shared},
    module::{Module, THERE, number},
};

/// Writes the rest, as a module that is of use beside the first part alone.
pub fn rest(whole: &Module<'_>, cut: &Cut) -> Result<Vec<u8>, SplitError> {
    let mut rest = RestOfModule::of(cut);
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for function in &cut.later {
        functions.function(whole.type_of(*function));
        if let Some(body) = whole.body(*function) {
            rest.parse_function_body(&mut code, body.clone())?;
        }
    }
    // What runs last of all says that everything is there.
    functions.function(whole.type_of(cut.asks));
    code.function(&saying_so(rest.count(ExportKind::Global)));
    let function_index = rest.count(ExportKind::Func);
    let mut made = wasm_encoder::Module::new();
    made.section(&types(whole)?)
        .section(&imports(whole, cut)?)
        .section(&functions)
        .section(&StartSection { function_index })
        .section(&rest.placed(whole, cut)?)
        .section(&code);
    Ok(made.finish())
}

/// The numbers that things have in this part.
struct RestOfModule {
    numbers: HashMap<Shared, u32>,
    counts: HashMap<ExportKind, u32>,
}

type Number = Result<u32, Error<Infallible>>;

impl RestOfModule {
    /// What is shared is imported, in this order; its own functions come behind.
    fn of(cut: &Cut) -> Self {
        let own = cut.later.iter().map(|index| Shared { kind: ExportKind::Func, index: *index });
        let mut rest = Self { numbers: HashMap::new(), counts: HashMap::new() };
        for thing in cut.shared.iter().copied().chain(own) {
            let count = rest.counts.entry(thing.kind).or_default();
            rest.numbers.insert(thing, *count);
            *count += 1;
        }
        rest
    }

    fn count(&self, kind: ExportKind) -> u32 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    fn number(&self, kind: ExportKind, index: u32) -> u32 {
        // Whatever is named in this part is in it: `Cut` looked at the same functions.
        self.numbers.get(&Shared { kind, index }).copied().unwrap_or(u32::MAX)
    }

    /// Its functions, each at its place in the table.
    fn placed(&mut self, whole: &Module<'_>, cut: &Cut) -> Result<ElementSection, SplitError> {
        let own = whole.places.iter().filter(|(_, function)| cut.later.contains(function));
        let stubs = cut.stubs.iter().map(|(function, place)| (*place, *function));
        let all: BTreeMap<u32, u32> = own.map(|(p, f)| (*p, *f)).chain(stubs).collect();
        let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
        for (place, function) in all {
            let own = self.function_index(function)?;
            match runs.last_mut() {
                Some((begin, run)) if *begin + number(run.len()) == place => run.push(own),
                _ => runs.push((place, vec![own])),
            }
        }
        let table = self.table_index(whole.table)?;
        let mut elements = ElementSection::new();
        for (begin, run) in runs {
            let begin = ConstExpr::i32_const(begin.cast_signed());
            elements.active((table > 0).then_some(table), &begin, Elements::Functions(run.into()));
        }
        Ok(elements)
    }
}

impl Reencode for RestOfModule {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Number {
        Ok(self.number(ExportKind::Func, function))
    }

    fn global_index(&mut self, global: u32) -> Number {
        Ok(self.number(ExportKind::Global, global))
    }

    fn memory_index(&mut self, memory: u32) -> Number {
        Ok(self.number(ExportKind::Memory, memory))
    }

    fn table_index(&mut self, table: u32) -> Number {
        Ok(self.number(ExportKind::Table, table))
    }

    fn tag_index(&mut self, tag: u32) -> Number {
        Ok(self.number(ExportKind::Tag, tag))
    }
}

fn types(whole: &Module<'_>) -> Result<TypeSection, SplitError> {
    let mut types = TypeSection::new();
    for payload in Parser::new(0).parse_all(whole.bytes) {
        if let Payload::TypeSection(section) = payload? {
            RoundtripReencoder.parse_type_section(&mut types, section)?;
        }
    }
    Ok(types)
}

fn imports(whole: &Module<'_>, cut: &Cut) -> Result<ImportSection, SplitError> {
    let mut imports = ImportSection::new();
    for (name, shared) in cut.shared.iter().enumerate() {
        let same = &mut RoundtripReencoder;
        let ty = match shared.kind {
            ExportKind::Table => {
                let before = whole.table_type(shared.index)?;
                let ty = cut.table_type(whole, shared.index, before);
                EntityType::Table(same.table_type(ty)?)
            }
            ExportKind::Memory => {
                EntityType::Memory(same.memory_type(whole.memory_type(shared.index)?)?)
            }
            ExportKind::Tag => EntityType::Tag(same.tag_type(whole.tag_type(shared.index)?)?),
            ExportKind::Global => {
                EntityType::Global(same.global_type(whole.global_type(shared.index)?)?)
            }
            ExportKind::Func => EntityType::Function(whole.type_of(shared.index)),
        };
        imports.import("", &name.to_string(), ty);
    }
    imports.import("", &cut.shared.len().to_string(), EntityType::Global(THERE));
    Ok(imports)
}

/// A function that says that the rest is there.
fn saying_so(there: u32) -> Function {
    let mut function = Function::new([]);
    function
        .instruction(&Instruction::I32Const(1))
        .instruction(&Instruction::GlobalSet(there))
        .instruction(&Instruction::End);
    function
}
