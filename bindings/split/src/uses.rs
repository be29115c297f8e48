//! What functions use, by the numbers that the whole module has for it.

use std::{collections::BTreeSet, convert::Infallible};

use wasm_encoder::{
    CodeSection,
    reencode::{Error, Reencode},
};
use wasmparser::FunctionBody;

use crate::SplitError;

/// Everything that some functions use.
#[derive(Default)]
pub struct Uses {
    pub functions: BTreeSet<u32>,
    pub globals: BTreeSet<u32>,
    pub memories: BTreeSet<u32>,
    pub tables: BTreeSet<u32>,
    pub tags: BTreeSet<u32>,
    /// Whether any of them puts data or functions in place that the module keeps for that.
    pub segments: bool,
}

impl Uses {
    /// Adds what this function uses.
    pub fn add(&mut self, body: &FunctionBody<'_>) -> Result<(), SplitError> {
        // Whoever writes a function anew is asked for the new number of each thing in it.
        Ok(self.parse_function_body(&mut CodeSection::new(), body.clone())?)
    }
}

type Number = Result<u32, Error<Infallible>>;

impl Reencode for Uses {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Number {
        self.functions.insert(function);
        Ok(function)
    }

    fn global_index(&mut self, global: u32) -> Number {
        self.globals.insert(global);
        Ok(global)
    }

    fn memory_index(&mut self, memory: u32) -> Number {
        self.memories.insert(memory);
        Ok(memory)
    }

    fn table_index(&mut self, table: u32) -> Number {
        self.tables.insert(table);
        Ok(table)
    }

    fn tag_index(&mut self, tag: u32) -> Number {
        self.tags.insert(tag);
        Ok(tag)
    }

    fn data_index(&mut self, data: u32) -> Number {
        self.segments = true;
        Ok(data)
    }

    fn element_index(&mut self, element: u32) -> Number {
        self.segments = true;
        Ok(element)
    }
}
