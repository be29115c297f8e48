//! A module that tells of each function as it is called.

use std::convert::Infallible;

use wasm_encoder::{
    CodeSection, EntityType, ImportSection, Instruction, TypeSection, ValType,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{FunctionBody, ImportSectionReader, Parser, TypeSectionReader};

use crate::{
    SplitError,
    module::{Module, number},
};

/// The module, in which each function begins by calling `called` of the module `watch`, with its
/// number: the first that is not imported is 0.
pub fn watched(module: &[u8]) -> Result<Vec<u8>, SplitError> {
    let whole = Module::read(module)?;
    let mut made = wasm_encoder::Module::new();
    let mut watched =
        Watched { imported: whole.imported, types: number(whole.types.len()), next: 0 };
    watched.parse_core_module(&mut made, Parser::new(0), module)?;
    Ok(made.finish())
}

struct Watched {
    imported: u32,
    types: u32,
    /// The function that is written next.
    next: u32,
}

type Done = Result<(), Error<Infallible>>;

impl Reencode for Watched {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(if function < self.imported { function } else { function + 1 })
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Done {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([ValType::I32], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Done {
        utils::parse_import_section(self, imports, section)?;
        imports.import("watch", "called", EntityType::Function(self.types));
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Done {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        function.instruction(&Instruction::I32Const(self.next.cast_signed()));
        function.instruction(&Instruction::Call(self.imported));
        self.next += 1;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }
}
