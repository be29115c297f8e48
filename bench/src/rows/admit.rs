//! Changes pass the gate into a plan whose catalogue is in memory, beside the engine's own batch
//! apply. No document is needed for the one; the other has it loaded.

use anyhow::{Result, ensure};
use enhance_documents::{AdmissionRules, Catalogue, Ruling};
use enhance_model::{DeviceId, DocumentKind, Limits, PersonId};

use crate::{
    bench::Bench,
    fixtures::plan::{Plan, apply},
    frame::{case::Case, cost::Processor, goal::Goal},
};

const WRITER: DeviceId = DeviceId::from_bytes([1; 16]);
const OWNER: PersonId = PersonId::from_bytes([2; 16]);
/// Characters of a change.
const EACH: usize = 12;
const MANY: usize = 1_000;

pub fn run(bench: &mut Bench) -> Result<()> {
    let sizes: &[usize] = bench.either(&[100, 2_000], &[100, 500, 2_000, 10_000, 50_000, 100_000]);
    for size in sizes {
        at_size(bench, *size)?;
    }
    Ok(())
}

fn at_size(bench: &mut Bench, size: usize) -> Result<()> {
    bench.say(&format!("a plan of {size} changes"));
    let mut plan = Plan::typed(OWNER, WRITER, size, EACH)?;
    let mut catalogue = Catalogue::of(DocumentKind::ChangeProject, OWNER, &plan.bytes())
        .map_err(|code| anyhow::anyhow!("{code}"))?;
    let mut document = plan.bare()?;
    let of = "changes there";
    let mut one = Case::new("admit 1 change").at(size as u64, of).goal(Goal::AtMost(0.1));
    for _ in 0..bench.either(11, 51) {
        let change = plan.type_many(1, EACH)?;
        one.beside("apply of 1", Processor::Thread.cost(|| apply(&mut document, &change))?.1);
        let (admitted, cost) = Processor::Thread.cost(|| admit(&mut catalogue, &change))?;
        ensure!(admitted == 1, "the gate refused a change that was made as it should be");
        one.ours(cost);
    }
    let goal = Goal::TimesOrAtMost(1.5, 60.0);
    let mut many = Case::new("admit 1,000 changes").at(size as u64, of).goal(goal);
    let changes = plan.type_many(MANY, EACH)?;
    for _ in 0..bench.either(3, 7) {
        let (mut copy, mut copied) = (document.clone(), catalogue.clone());
        many.beside("one batch apply", Processor::Thread.cost(|| apply(&mut copy, &changes))?.1);
        let (admitted, cost) = Processor::Thread.cost(|| admit(&mut copied, &changes))?;
        ensure!(admitted == MANY, "the gate refused changes that were made as they should be");
        many.ours(cost);
    }
    bench.report(&one);
    bench.report(&many);
    Ok(())
}

fn admit(catalogue: &mut Catalogue, changes: &[Vec<u8>]) -> usize {
    let limits = Limits {
        document_changes: u64::MAX,
        document_bytes: u64::MAX,
        text_chars: u64::MAX,
        ..Limits::default()
    };
    let admission = catalogue.admit(changes, &AdmissionRules::from_device(WRITER, &limits, 0));
    admission.findings.iter().filter(|finding| finding.ruling == Ruling::Admitted).count()
}
