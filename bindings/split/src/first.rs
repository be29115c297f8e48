//! The first part: the whole module without what is in the rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, Instruction, TableSection,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{
    CodeSectionReader, ElementSectionReader, ExportSectionReader, FunctionSectionReader,
    GlobalSectionReader, Parser, TableSectionReader,
};

use crate::{
    SplitError,
    cut::Cut,
    module::{Module, THERE, number},
};

/// Writes the first part.
pub fn first(whole: &Module<'_>, cut: &Cut) -> Result<Vec<u8>, SplitError> {
    let kept: BTreeSet<u32> =
        (0..whole.imported).chain(cut.at_first.iter().chain(cut.stubs.keys()).copied()).collect();
    let mut first = First { whole, cut, numbers: kept.into_iter().zip(0..).collect() };
    let mut made = wasm_encoder::Module::new();
    first.parse_core_module(&mut made, Parser::new(0), whole.bytes)?;
    Ok(made.finish())
}

struct First<'a> {
    whole: &'a Module<'a>,
    cut: &'a Cut,
    /// The numbers that functions have in this part. Behind them comes the one that makes sure that
    /// the rest is there.
    numbers: BTreeMap<u32, u32>,
}

type Done = Result<(), Error<Infallible>>;

impl First<'_> {
    /// The functions that are not imported, in order.
    fn own(&self) -> impl Iterator<Item = u32> + use<> {
        let own: Vec<u32> = self.numbers.range(self.whole.imported..).map(|(f, _)| *f).collect();
        own.into_iter()
    }

    /// The function that makes sure that the rest is there.
    fn ensures(&self) -> u32 {
        number(self.numbers.len())
    }

    /// The global that says whether the rest is there: it comes behind all others.
    fn there(&self) -> u32 {
        number(self.whole.globals.len())
    }

    fn ensuring(&self) -> Function {
        let mut function = Function::new([]);
        function
            .instruction(&Instruction::GlobalGet(self.there()))
            .instruction(&Instruction::I32Eqz)
            .instruction(&Instruction::If(BlockType::Empty))
            .instruction(&Instruction::Call(self.cut.asks))
            .instruction(&Instruction::End)
            .instruction(&Instruction::End);
        function
    }

    fn stub(&self, of: u32, place: u32) -> Function {
        let mut function = Function::new([]);
        function.instruction(&Instruction::Call(self.ensures()));
        for argument in 0..self.whole.arguments(of) {
            function.instruction(&Instruction::LocalGet(argument));
        }
        let (type_index, table_index) = (self.whole.type_of(of), self.whole.table);
        function
            .instruction(&Instruction::I32Const(place.cast_signed()))
            .instruction(&Instruction::CallIndirect { type_index, table_index })
            .instruction(&Instruction::End);
        function
    }
}

impl Reencode for First<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // Whatever is named in this part is in it: `Cut` looked at the same functions.
        Ok(self.numbers.get(&function).copied().unwrap_or(u32::MAX))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Done {
        for function in self.own() {
            functions.function(self.whole.type_of(function));
        }
        functions.function(self.whole.type_of(self.cut.asks));
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Done {
        for (number, table) in (self.whole.imported_tables..).zip(section) {
            let mut table = table?;
            table.ty = self.cut.table_type(self.whole, number, table.ty);
            utils::parse_table(self, tables, table)?;
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Done {
        utils::parse_global_section(self, globals, section)?;
        globals.global(THERE, &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Done {
        utils::parse_export_section(self, exports, section)?;
        for (name, shared) in self.cut.shared.iter().enumerate() {
            let index = match shared.kind {
                ExportKind::Func => self.function_index(shared.index)?,
                _ => shared.index,
            };
            exports.export(&name.to_string(), shared.kind, index);
        }
        exports.export(&self.cut.shared.len().to_string(), ExportKind::Global, self.there());
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Done {
        let (Ok(end), table) = (self.whole.places_in_table(), self.whole.table) else {
            return Ok(());
        };
        utils::parse_element_section(self, elements, section)?;
        let placed = self.cut.placed.iter().map(|function| self.numbers[function]);
        let placed = Elements::Functions(placed.collect::<Vec<_>>().into());
        let begin = ConstExpr::i32_const(end.cast_signed());
        elements.active((table > 0).then_some(table), &begin, placed);
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, _: CodeSectionReader<'_>) -> Done {
        for function in self.own() {
            match (self.cut.stubs.get(&function), self.whole.body(function)) {
                (Some(place), _) => {
                    code.function(&self.stub(function, *place));
                }
                (None, Some(body)) => self.parse_function_body(code, body.clone())?,
                (None, None) => {}
            }
        }
        code.function(&self.ensuring());
        Ok(())
    }
}
